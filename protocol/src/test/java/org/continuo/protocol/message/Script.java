package org.continuo.protocol.message;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.protocol.time.TransportSnapshot;

/** Makes the calls that a golden file's first line names: the other way round of {@link Transcript}. */
final class Script {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    private Script() {}

    /** @param calls such as {@code ping 2; set "style" "folk"} */
    static void run(String calls, Object sink) {
        for (String call : calls.split("; ")) {
            List<Object> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(call);
            while (matcher.find()) {
                words.add(matcher.group(1) != null ? new StringBuilder(matcher.group(1)) : matcher.group());
            }
            call(String.valueOf(words.get(0)), words.subList(1, words.size()), sink);
        }
    }

    private static void call(String name, List<Object> words, Object sink) {
        if (name.equals("transport")) {
            ((ToEngine) sink).transport(snapshot(words));
            return;
        }
        if (name.equals("heardTransport")) {
            ((FromEngine) sink).heardTransport(snapshot(words));
            return;
        }
        for (Class<?> side : List.of(ToEngine.class, FromEngine.class)) {
            for (Method method : side.getMethods()) {
                if (side.isInstance(sink) && method.getName().equals(name)) {
                    Object[] arguments = arguments(method.getParameterTypes(), words);
                    if (arguments != null) {
                        invoke(method, sink, arguments);
                        return;
                    }
                }
            }
        }
        throw new IllegalArgumentException("no such call: " + name + " " + words);
    }

    private static void invoke(Method method, Object sink, Object[] arguments) {
        try {
            method.invoke(sink, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Object[] arguments(Class<?>[] types, List<Object> words) {
        if (types.length != words.size()) {
            return null;
        }
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Object word = words.get(i);
            boolean isText = word instanceof StringBuilder;
            if (isText != (types[i] == CharSequence.class)) {
                return null;
            }
            if (isText) {
                arguments[i] = word;
            } else if (types[i] == int.class) {
                arguments[i] = Integer.parseInt((String) word);
            } else if (types[i] == long.class) {
                arguments[i] = Long.parseLong((String) word);
            } else {
                arguments[i] = Double.parseDouble((String) word);
            }
        }
        return arguments;
    }

    private static TransportSnapshot snapshot(List<Object> words) {
        TransportSnapshot t = new TransportSnapshot();
        double[] figures =
                words.stream().mapToDouble(w -> Double.parseDouble((String) w)).toArray();
        t.flags = (int) figures[0];
        t.epoch = (int) figures[1];
        t.performance = figures[2];
        t.beat = figures[3];
        t.tempo = figures[4];
        t.numerator = (int) figures[5];
        t.denominator = (int) figures[6];
        t.barStart = figures[7];
        t.loopStart = figures[8];
        t.loopEnd = figures[9];
        return t;
    }
}
