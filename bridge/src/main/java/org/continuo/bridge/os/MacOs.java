package org.continuo.bridge.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;

/** Mach's time constraint policy: so much computing in so much time. See thread_policy_set in mach/thread_policy.h. */
final class MacOs implements OperatingSystem {
    private static final int THREAD_TIME_CONSTRAINT_POLICY = 2;
    private static final int MCL_CURRENT = 1;
    /** Work that takes a while and shows how far it is. See pthread/qos.h. */
    private static final int QOS_CLASS_UTILITY = 0x11;

    /** The thread wakes for a note or for a stretch of plan, and computes one step of the model. */
    private static final long PERIOD_NANOS = 20_000_000;

    private static final long COMPUTATION_NANOS = 4_000_000;
    private static final long CONSTRAINT_NANOS = 10_000_000;

    /** mach_timebase_info_data_t. */
    @Structure.FieldOrder({"numerator", "denominator"})
    public static final class Timebase extends Structure {
        public int numerator;
        public int denominator;
    }

    /** thread_time_constraint_policy_data_t; times in Mach's ticks. */
    @Structure.FieldOrder({"period", "computation", "constraint", "preemptible"})
    public static final class TimeConstraint extends Structure {
        public int period;
        public int computation;
        public int constraint;
        public int preemptible;
    }

    interface LibSystem extends Library {
        int mach_thread_self();

        int mach_timebase_info(Timebase timebase);

        int thread_policy_set(int thread, int flavor, TimeConstraint policy, int count);

        int pthread_set_qos_class_self_np(int quality, int relativePriority);

        int mlockall(int flags) throws LastErrorException;

        String strerror(int error);
    }

    private static LibSystem system() {
        return Native.load("System", LibSystem.class);
    }

    @Override
    public Grant hurryThisThread() {
        try {
            LibSystem system = system();
            Timebase base = new Timebase();
            system.mach_timebase_info(base);
            TimeConstraint policy = new TimeConstraint();
            policy.period = ticks(PERIOD_NANOS, base);
            policy.computation = ticks(COMPUTATION_NANOS, base);
            policy.constraint = ticks(CONSTRAINT_NANOS, base);
            policy.preemptible = 1;
            int result = system.thread_policy_set(
                    system.mach_thread_self(), THREAD_TIME_CONSTRAINT_POLICY, policy, policy.size() / Integer.BYTES);
            return result == 0
                    ? Grant.of("time constraint policy")
                    : Grant.refused("no time constraint policy (kernel return " + result + ")");
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    @Override
    public Grant leaveToOthers() {
        try {
            int error = system().pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
            return error == 0
                    ? Grant.of("quality of service: utility")
                    : Grant.refused("no quality of service (" + system().strerror(error) + ")");
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    private static int ticks(long nanos, Timebase base) {
        return (int) (nanos * base.denominator / Math.max(1, base.numerator));
    }

    @Override
    public Grant keepMemory() {
        try {
            LibSystem system = system();
            try {
                system.mlockall(MCL_CURRENT);
                return Grant.of("memory locked");
            } catch (LastErrorException e) {
                return Grant.refused("memory not locked (" + system.strerror(e.getErrorCode()) + ")");
            }
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }
}
