package org.continuo.bridge.os;

import java.util.Locale;

/** The requests that each system answers in its own way. */
public interface OperatingSystem {
    /**
     * Asks for priority for the calling thread, so that it runs when its work is due beside a busy machine; below the host's
     * audio thread, which must never wait for us. Holds until the thread ends. Where it can, the same for the thread of the Java
     * machine that all others wait for in a pause. Blocks for a millisecond at most.
     */
    Grant hurryThisThread();

    /**
     * Asks that the calling thread, whose work has time, runs on what the others leave over. Holds until the thread ends. Blocks
     * for microseconds.
     */
    Grant leaveToOthers();

    /** Asks that this process's memory is not paged out. Holds until the process ends. Blocks for some milliseconds. */
    Grant keepMemory();

    /** The one we run on. Never fails: a system that is not known grants nothing. */
    static OperatingSystem current() {
        return named(System.getProperty("os.name"));
    }

    /** @param name as in the property {@code os.name} */
    static OperatingSystem named(String name) {
        String system = name.toLowerCase(Locale.ROOT);
        if (system.startsWith("linux")) {
            return new Linux();
        }
        if (system.startsWith("windows")) {
            return new Windows();
        }
        if (system.startsWith("mac")) {
            return new MacOs();
        }
        return new Unknown(name);
    }

    /** Grants nothing. */
    record Unknown(String name) implements OperatingSystem {
        @Override
        public Grant hurryThisThread() {
            return Grant.refused("not known how on " + name);
        }

        @Override
        public Grant leaveToOthers() {
            return Grant.refused("not known how on " + name);
        }

        @Override
        public Grant keepMemory() {
            return Grant.refused("not known how on " + name);
        }
    }
}
