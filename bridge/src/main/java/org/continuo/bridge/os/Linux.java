package org.continuo.bridge.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Round-robin real-time scheduling, else a better nice value; mlockall where the limit allows. See sched(7), mlockall(2). */
final class Linux implements OperatingSystem {
    /** Below what JACK and PipeWire give their audio threads. */
    private static final int PRIORITY = 5;

    private static final int NICE = -10;
    /** Beside a thread of the usual nice value it gets a tenth of a core. */
    private static final int NICE_FOR_OTHERS = 10;

    /** What HotSpot calls the thread that brings the others to a safepoint, and that collects garbage where one does. */
    private static final String STOPS_ALL_THREADS = "VM Thread";

    private static final int SCHED_RR = 2;
    private static final int PRIO_PROCESS = 0;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    /** Lock pages as they are touched: what is only reserved stays free. */
    private static final int MCL_ONFAULT = 4;

    private static final int RLIMIT_MEMLOCK = 8;
    private static final long NO_LIMIT = -1;
    private static final int CAP_IPC_LOCK = 14;

    /** sched_param of sched.h. */
    @Structure.FieldOrder("priority")
    public static final class SchedulingParameter extends Structure {
        public int priority;
    }

    /** rlimit of sys/resource.h. */
    @Structure.FieldOrder({"current", "most"})
    public static final class Limit extends Structure {
        public NativeLong current = new NativeLong();
        public NativeLong most = new NativeLong();
    }

    /** What is called of the C library; a thread, where 0 is given, is the caller. */
    interface LibC extends Library {
        int sched_setscheduler(int thread, int policy, SchedulingParameter parameter) throws LastErrorException;

        int setpriority(int which, int who, int value) throws LastErrorException;

        int mlockall(int flags) throws LastErrorException;

        int getrlimit(int resource, Limit limit) throws LastErrorException;

        String strerror(int error);
    }

    private static LibC libC() {
        return Native.load("c", LibC.class);
    }

    @Override
    public Grant hurryThisThread() {
        try {
            return hurry(libC());
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    private static Grant hurry(LibC c) {
        Grant grant = hurry(c, 0);
        if (grant.granted()) {
            // In a pause, for garbage above all, every thread waits for this one, however much it hurries itself.
            threads(STOPS_ALL_THREADS).forEach(thread -> hurry(c, thread));
        }
        return grant;
    }

    private static Grant hurry(LibC c, int thread) {
        SchedulingParameter parameter = new SchedulingParameter();
        parameter.priority = PRIORITY;
        String refusal;
        try {
            c.sched_setscheduler(thread, SCHED_RR, parameter);
            return Grant.of("real-time priority " + PRIORITY);
        } catch (LastErrorException e) {
            refusal = c.strerror(e.getErrorCode());
        }
        try {
            // On Linux a thread has a nice value of its own.
            c.setpriority(PRIO_PROCESS, thread, NICE);
            return Grant.of("nice " + NICE + "; no real-time priority (" + refusal + ")");
        } catch (LastErrorException e) {
            return Grant.refused("no real-time priority (" + refusal + "; see rtprio in limits.conf(5))");
        }
    }

    /** The threads of this process with a name. */
    private static List<Integer> threads(String name) {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                    found.add(Integer.parseInt(thread.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            // One that ends meanwhile, or no /proc: it goes without.
        }
        return found;
    }

    @Override
    public Grant leaveToOthers() {
        try {
            LibC c = libC();
            try {
                c.setpriority(PRIO_PROCESS, 0, NICE_FOR_OTHERS);
                return Grant.of("nice " + NICE_FOR_OTHERS);
            } catch (LastErrorException e) {
                return Grant.refused("no nice value (" + c.strerror(e.getErrorCode()) + ")");
            }
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    @Override
    public Grant keepMemory() {
        try {
            return keep(libC());
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    /** Whether the process has CAP_IPC_LOCK, for which there is no limit. */
    private static boolean mayLockAnything() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .anyMatch(capabilities -> (capabilities >>> CAP_IPC_LOCK & 1) == 1);
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return false;
        }
    }

    private static Grant keep(LibC c) {
        Limit limit = new Limit();
        try {
            c.getrlimit(RLIMIT_MEMLOCK, limit);
            if (limit.current.longValue() != NO_LIMIT && !mayLockAnything()) {
                // Under a limit, locking what is to come would make a later allocation fail, and that ends the process.
                return Grant.refused(
                        "memory not locked (limit " + Long.toUnsignedString(limit.current.longValue() >>> 10)
                                + " KiB; see memlock in limits.conf(5))");
            }
            c.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
            return Grant.of("memory locked");
        } catch (LastErrorException e) {
            return Grant.refused("memory not locked (" + c.strerror(e.getErrorCode()) + ")");
        }
    }
}
