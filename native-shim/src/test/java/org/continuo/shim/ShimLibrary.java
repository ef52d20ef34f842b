package org.continuo.shim;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The functions of {@code shim.h}; what each does and on which thread is said there. */
final class ShimLibrary {
    static {
        Native.register(ShimLibrary.class, "continuo_shim");
    }

    private ShimLibrary() {}

    static native Pointer continuo_shim_create();

    static native void continuo_shim_destroy(Pointer shim);

    static native int continuo_shim_activate(Pointer shim, double sampleRate, int maxFrames);

    static native void continuo_shim_deactivate(Pointer shim);

    static native int continuo_shim_process(
            Pointer shim, Pointer transport, Pointer in, int n, int frames, Pointer out, int capacity);

    static native void continuo_shim_connected(Pointer shim);

    static native void continuo_shim_disconnected(Pointer shim);

    static native int continuo_shim_take_packet(Pointer shim, Pointer packet, int size);

    static native int continuo_shim_give_packet(Pointer shim, Pointer packet, int size);

    static native double continuo_shim_performance(Pointer shim);

    static native int continuo_shim_epoch(Pointer shim);

    static native int continuo_shim_held(Pointer shim);

    static native String continuo_shim_counter_name(int index);

    static native long continuo_shim_counter(Pointer shim, int index);
}
