package org.continuo.bridge.live;

import java.util.Arrays;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Tells the members that watch what the band does, each in its own time. The band's thread only; allocates nothing, and costs
 * nothing where nobody watches.
 */
final class Watchers {
    private final Member[] members;
    /** The first {@link #count} of them watch. */
    private final Member[] watching;

    private final TransportSnapshot told = new TransportSnapshot();
    private int count;

    /** @param members by index, with gaps; read anew when somebody comes or goes */
    Watchers(Member[] members) {
        this.members = members;
        this.watching = new Member[members.length];
    }

    /** Somebody has begun to watch, or has gone. */
    void gather() {
        Arrays.fill(watching, null);
        count = 0;
        for (Member member : members) {
            if (member != null && member.watches) {
                watching[count++] = member;
            }
        }
    }

    /** A musician struck a key, at a moment in the band's time. */
    void struck(double at, int channel, int pitch, int velocity) {
        for (int i = 0; i < count; i++) {
            watching[i].writer.heardOn(watching[i].fromBand(at), channel, pitch, velocity);
        }
    }

    /** A musician let a key go. */
    void released(double at, int channel, int pitch) {
        for (int i = 0; i < count; i++) {
            watching[i].writer.heardOff(watching[i].fromBand(at), channel, pitch);
        }
    }

    /** A planned note began to sound. */
    void sounded(int note, double at) {
        for (int i = 0; i < count; i++) {
            watching[i].writer.heardSounded(note, watching[i].fromBand(at));
        }
    }

    /** A planned note was not played. */
    void missed(int note) {
        for (int i = 0; i < count; i++) {
            watching[i].writer.heardMissed(note);
        }
    }

    /** The band's host stands here. */
    void transport(TransportSnapshot band) {
        for (int i = 0; i < count; i++) {
            transport(watching[i], band);
        }
    }

    /** The same to one of them. */
    void transport(Member member, TransportSnapshot band) {
        told.copyFrom(band);
        told.epoch = member.epoch(band.epoch);
        told.performance = member.fromBand(band.performance);
        member.writer.heardTransport(told);
    }
}
