package org.continuo.bridge.live;

import org.continuo.bridge.net.Peer;
import org.continuo.protocol.message.FromEngineWriter;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * A session as its band sees it: where it stands in time, which channels are its own, which keys it holds. The band's thread
 * only, but for {@link #leftAfter} and {@link #asked}.
 *
 * <p>Every session counts performance time from its own beginning; {@link #offset} leads to the band's.
 */
final class Member {
    private static final int PITCHES = 128;

    final Peer peer;

    /** Tells plans; the session has another writer for what it says on its own thread. */
    final FromEngineWriter writer;

    /** The session is over as soon as so many events of the inbox are taken in; never, while it is here. */
    volatile long leftAfter = Long.MAX_VALUE;

    /** It has asked for a part, whether it got it or another plays it; before that it hears all. */
    volatile boolean asked;

    /** A bit for each channel whose part it has. */
    int channels;
    /** It is told what the others do, and the plans of all channels. */
    boolean watches;
    /** Band's performance time less the member's. */
    double offset;
    /** It has said where its host stands; else it lives in the band's time. */
    boolean placed;

    final TransportSnapshot last = new TransportSnapshot();
    /**
     * When to tell it, or tell it again, what is planned, unless its host has been heard of and a new revision that keeps nothing of
     * it comes first; 0 for never.
     */
    long repeatAt;

    /** A bit for each channel of which it was told a note. */
    private int told;

    /** A bit for each channel whose sustain pedal it holds down. */
    int pedals;

    private final long[] held = new long[Limits.PARTS * PITCHES / Long.SIZE];

    /** @param peer who is told the plans */
    Member(Peer peer) {
        this.peer = peer;
        this.writer = new FromEngineWriter(peer::send);
    }

    /** The band's time of a moment in the member's. */
    double toBand(double at) {
        return at + offset;
    }

    /** The member's time of a moment in the band's, inside the limits of the wire. */
    double fromBand(double at) {
        return Math.max(0, Math.min(at - offset, Limits.LAST_MOMENT));
    }

    /** The epoch that its plans must carry. */
    int epoch(int bandEpoch) {
        return placed ? last.epoch : bandEpoch;
    }

    boolean hears(int channel) {
        return watches || !asked || (channels >>> channel & 1) == 1;
    }

    /** It has said who plays a channel: whether the part is its own. */
    void part(int channel, boolean own) {
        asked = true;
        channels = own ? channels | 1 << channel : channels & ~(1 << channel);
    }

    /** It is told a note of a channel, and from then on the ends of notes there, whatever parts it has by then. */
    void tell(int channel) {
        told |= 1 << channel;
    }

    /** Whether it may have a note of a channel sounding. */
    boolean wasTold(int channel) {
        return (told >>> channel & 1) == 1;
    }

    void pedal(int channel, boolean down) {
        pedals = down ? pedals | 1 << channel : pedals & ~(1 << channel);
    }

    void hold(int channel, int pitch, boolean down) {
        int key = channel * PITCHES + pitch;
        if (down) {
            held[key >>> 6] |= 1L << key;
        } else {
            held[key >>> 6] &= ~(1L << key);
        }
    }

    boolean holds(int channel, int pitch) {
        int key = channel * PITCHES + pitch;
        return (held[key >>> 6] >>> key & 1) == 1;
    }
}
