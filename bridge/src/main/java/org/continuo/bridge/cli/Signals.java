package org.continuo.bridge.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handlers for the system's signals. Java offers none but shutdown hooks, and those run all at once: none of them can hold
 * ONNX Runtime's back. {@code sun.misc.Signal} is there in every JDK (module jdk.unsupported, JEP 260); it is called by
 * reflection, as naming it is a warning that no compiler option silences.
 */
final class Signals {
    private Signals() {}

    /**
     * Has a signal handled on a thread of its own, in place of ending the process. A signal that the process was started
     * to ignore, as under nohup, stays ignored.
     *
     * @param name without SIG: INT, TERM, HUP
     * @param handler told the signal's number
     * @return whether it will; false where the system has no such signal or keeps it for itself
     */
    static boolean handle(String name, IntConsumer handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            int number = (int) signalType.getMethod("getNumber").invoke(signal);
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept(number);
                        }
                        return null;
                    });
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, proxy);
            return true;
        } catch (InvocationTargetException e) {
            // An unknown signal, or one that the Java machine uses itself.
            return false;
        } catch (ReflectiveOperationException e) {
            // A runtime image without jdk.unsupported.
            return false;
        }
    }
}
