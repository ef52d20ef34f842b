package org.continuo.bridge.live;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * Tells the members that watch what the band does, each in its own time. The band's thread only; allocates nothing, and costs
 * nothing where nobody watches.
 */
final class Watchers {
    private final Member[] members;
    private final TransportSnapshot told = new TransportSnapshot();
    private int count;

    /** @param members by index, with gaps; read anew each time */
    Watchers(Member[] members) {
        this.members = members;
    }

    /** Somebody has begun to watch, or has gone. */
    void count() {
        count = 0;
        for (Member member : members) {
            if (member != null && member.watches) {
                count++;
            }
        }
    }

    /** A musician struck a key, at a moment in the band's time. */
    void struck(double at, int channel, int pitch, int velocity) {
        for (int i = 0, left = count; left > 0; i++) {
            Member member = members[i];
            if (member != null && member.watches) {
                left--;
                member.writer.heardOn(member.fromBand(at), channel, pitch, velocity);
            }
        }
    }

    /** A musician let a key go. */
    void released(double at, int channel, int pitch) {
        for (int i = 0, left = count; left > 0; i++) {
            Member member = members[i];
            if (member != null && member.watches) {
                left--;
                member.writer.heardOff(member.fromBand(at), channel, pitch);
            }
        }
    }

    /** A planned note began to sound. */
    void sounded(int note, double at) {
        for (int i = 0, left = count; left > 0; i++) {
            Member member = members[i];
            if (member != null && member.watches) {
                left--;
                member.writer.heardSounded(note, member.fromBand(at));
            }
        }
    }

    /** A planned note was not played. */
    void missed(int note) {
        for (int i = 0, left = count; left > 0; i++) {
            Member member = members[i];
            if (member != null && member.watches) {
                left--;
                member.writer.heardMissed(note);
            }
        }
    }

    /** The band's host stands here. */
    void transport(TransportSnapshot band) {
        for (int i = 0, left = count; left > 0; i++) {
            Member member = members[i];
            if (member != null && member.watches) {
                left--;
                transport(member, band);
            }
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
