package org.continuo.bridge.os;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;

/** The multimedia scheduler's class for audio, else a higher thread priority; a working set that is kept. */
final class Windows implements OperatingSystem {
    private static final int THREAD_PRIORITY_HIGHEST = 2;
    private static final int THREAD_PRIORITY_BELOW_NORMAL = -1;
    private static final int QUOTA_LIMITS_HARDWS_MIN_ENABLE = 1;
    private static final int QUOTA_LIMITS_HARDWS_MAX_DISABLE = 8;
    /** What the process keeps at least: code, heap, weights and caches of the shipped model. */
    private static final long KEPT_BYTES = 256L << 20;

    private static final long MOST_BYTES = 2048L << 20;

    /** avrt.dll. */
    interface MultimediaScheduler extends Library {
        Pointer AvSetMmThreadCharacteristicsW(WString task, IntByReference index);
    }

    /** kernel32.dll. */
    interface Kernel extends Library {
        Pointer GetCurrentThread();

        boolean SetThreadPriority(Pointer thread, int priority);

        Pointer GetCurrentProcess();

        boolean SetProcessWorkingSetSizeEx(Pointer process, long least, long most, int flags);
    }

    @Override
    public Grant hurryThisThread() {
        try {
            Pointer registered = Native.load("avrt", MultimediaScheduler.class)
                    .AvSetMmThreadCharacteristicsW(new WString("Audio"), new IntByReference());
            if (registered != null) {
                return Grant.of("multimedia class Audio");
            }
        } catch (LinkageError e) {
            // Some editions come without it; the plain priority is there always.
        }
        try {
            Kernel kernel = Native.load("kernel32", Kernel.class);
            return kernel.SetThreadPriority(kernel.GetCurrentThread(), THREAD_PRIORITY_HIGHEST)
                    ? Grant.of("highest thread priority; no multimedia class")
                    : Grant.refused("no thread priority (error " + Native.getLastError() + ")");
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    @Override
    public Grant leaveToOthers() {
        try {
            Kernel kernel = Native.load("kernel32", Kernel.class);
            return kernel.SetThreadPriority(kernel.GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL)
                    ? Grant.of("thread priority below normal")
                    : Grant.refused("no thread priority (error " + Native.getLastError() + ")");
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }

    @Override
    public Grant keepMemory() {
        try {
            Kernel kernel = Native.load("kernel32", Kernel.class);
            return kernel.SetProcessWorkingSetSizeEx(
                            kernel.GetCurrentProcess(),
                            KEPT_BYTES,
                            MOST_BYTES,
                            QUOTA_LIMITS_HARDWS_MIN_ENABLE | QUOTA_LIMITS_HARDWS_MAX_DISABLE)
                    ? Grant.of((KEPT_BYTES >> 20) + " MiB of memory kept")
                    : Grant.refused("memory not kept (error " + Native.getLastError() + ")");
        } catch (LinkageError e) {
            return Grant.unreachable(e);
        }
    }
}
