package org.continuo.bridge.live;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * The time that a band shares. The first member that tells its transport is the band's clock; where it goes, or stands or is
 * silent while another's host plays, that one is. Every member counts performance time from its own beginning, so each is
 * brought to the band's by an offset: found where both hosts show the same beat (two plugins in one project do), else by the
 * moment its word arrived.
 *
 * <p>A member's break that is not the clock's break moves that member only. The band's thread only; allocates nothing.
 */
final class BandTime {
    /** What a transport was to the band. */
    enum Said {
        /** The clock's timeline broke, or there is a new clock with another timeline. */
        BREAK,
        /** A new clock's that played before, beside one that stands or is silent: the band breaks, but no host has started. */
        TAKES_OVER,
        /** The clock's, without a break; or a new clock's in the same host. */
        GOES_ON,
        /** Another member's. */
        ASIDE
    }

    /** Offsets that differ by less are the same: hosts round. */
    private static final double SLACK = 0.1;

    /** Hosts whose beats are further apart do not play the same timeline. */
    private static final double SAME_PLACE = 1;

    /** A plugin that comes to a band says within less where its host stands. */
    private static final long FIRST_WORD_WITHIN_NANOS = 250_000_000;

    /** The clock's break, if it was everybody's, is here by then, and a new plan with it. */
    private static final long REPEAT_AFTER_NANOS = 10_000_000;

    /** The plugins of one host say that it stops within less: until then no other takes the band over. */
    private static final long STANDS_AFTER_NANOS = 250_000_000;

    private final PerformanceClock clock = new PerformanceClock();
    private final TransportSnapshot band = new TransportSnapshot();
    private Member keeper;
    private boolean begun;
    private long standsSince;

    BandTime() {
        band.tempo = 120;
    }

    /** The band's transport as last told by its clock, in the band's time and epochs; valid until the next call. */
    TransportSnapshot snapshot() {
        return band;
    }

    /** The band's performance time. */
    double at(long nanos) {
        return clock.at(nanos);
    }

    /** Whether time passes. */
    boolean runs(long nanos) {
        return clock.runs(nanos);
    }

    /**
     * A member has come, at {@code nanos}. Until its host is heard of it would take the band's time for its own, so that it is told
     * nothing at first.
     */
    void joined(Member member, long nanos) {
        tellAgain(member, nanos + FIRST_WORD_WITHIN_NANOS);
    }

    private static void tellAgain(Member member, long nanos) {
        member.repeatAt = nanos | 1; // 0 would mean never
    }

    /**
     * The band's time of something that a member's musician did at {@code at}, in its own time, as it was heard of at {@code nanos}. A
     * host that stands beside the band's has one time for all of it: that is placed by the moment it is heard.
     */
    double of(Member member, double at, long nanos) {
        boolean playsOn = keeper != member && band.has(TransportSnapshot.PLAYING);
        boolean stands = member.placed && !member.last.has(TransportSnapshot.PLAYING);
        return playsOn && stands ? clock.at(nanos) : member.toBand(at);
    }

    /** Takes in what a member said, as it arrived at {@code nanos}. */
    Said told(Member member, TransportSnapshot told, long nanos) {
        boolean broke = !member.placed || told.epoch != member.last.epoch;
        Said said = meaning(member, told, nanos, broke);
        if (said == Said.ASIDE) {
            align(member, told, nanos, broke);
            if (broke) {
                tellAgain(member, nanos + REPEAT_AFTER_NANOS); // its host has dropped all plans
            }
        } else {
            double here = member.toBand(told.performance);
            if (keeper != member && said != Said.GOES_ON) {
                here = whereANewClockIs(member, here, nanos);
                member.offset = here - told.performance;
            }
            keeper = member;
            follow(told, here, said != Said.GOES_ON, nanos);
        }
        member.placed = true;
        member.last.copyFrom(told);
        return said;
    }

    /** What it is to the band that a member, whose timeline may have broken, says this. */
    private Said meaning(Member member, TransportSnapshot told, long nanos, boolean broke) {
        if (keeper == member) {
            return broke ? Said.BREAK : Said.GOES_ON;
        }
        if (keeper != null && !takesOver(told, nanos)) {
            return Said.ASIDE;
        }
        if (!broke && showsTheBandsBeat(member, told, nanos)) {
            return Said.GOES_ON;
        }
        return keeper == null || broke ? Said.BREAK : Said.TAKES_OVER;
    }

    /**
     * A clock that stands, such as a plugin that is switched off, does not hold up a host that plays; nor does one of which
     * nothing is heard any more, so that the band's time stands: its host may have ceased to call the plugin.
     */
    private boolean takesOver(TransportSnapshot told, long nanos) {
        return !clock.runs(nanos) && told.has(TransportSnapshot.PLAYING) && nanos - standsSince >= STANDS_AFTER_NANOS;
    }

    /**
     * The band's time of a new clock that has a timeline of its own: what it is by the clock before, but the band does not go back. Who
     * has not been placed yet comes in where the band is; the first of all brings its time along.
     */
    private double whereANewClockIs(Member member, double byTheClockBefore, long nanos) {
        double reached = clock.at(nanos);
        if (!begun) {
            return byTheClockBefore;
        }
        return member.placed ? Math.max(reached, byTheClockBefore) : reached;
    }

    /**
     * The band goes by this from now on.
     *
     * @param here its performance time, in the band's
     * @param breaks whether an epoch of the band ends
     */
    private void follow(TransportSnapshot told, double here, boolean breaks, long nanos) {
        if (band.has(TransportSnapshot.PLAYING) || !begun) {
            standsSince = nanos;
        }
        int epoch = band.epoch + (breaks && begun ? 1 : 0);
        band.copyFrom(told);
        band.epoch = epoch;
        band.performance = here;
        begun = true;
        clock.set(band, nanos);
    }

    /** Whether a member's host goes on where the band is: another plugin of the host that the clock was in. */
    private boolean showsTheBandsBeat(Member member, TransportSnapshot told, long nanos) {
        int known = TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT;
        return told.has(known)
                && band.has(known)
                && told.numerator == band.numerator
                && told.denominator == band.denominator
                && Math.abs(sameBeat(told, clock.at(nanos)) - member.toBand(told.performance)) <= SLACK;
    }

    private void align(Member member, TransportSnapshot told, long nanos, boolean broke) {
        double now = clock.at(nanos);
        double here = now;
        if (told.has(TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT)
                && band.has(TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT)) {
            double sameBeat = sameBeat(told, now);
            here = Math.abs(sameBeat - now) <= SAME_PLACE ? sameBeat : now;
        }
        double offset = here - told.performance;
        if (broke || Math.abs(offset - member.offset) > SLACK) {
            member.offset = offset;
        }
    }

    /** The band's time at which its clock's host shows the beat that is told: of a loop's passes the nearest to {@code now}. */
    private double sameBeat(TransportSnapshot told, double now) {
        double sameBeat = band.performance + told.beat - band.beat;
        double loop = band.has(TransportSnapshot.LOOPING) ? band.loopEnd - band.loopStart : 0;
        return loop > 0 ? sameBeat + Math.rint((now - sameBeat) / loop) * loop : sameBeat;
    }

    /** A member has gone; where it was the clock, the next that speaks is. */
    void left(Member member) {
        if (keeper == member) {
            keeper = null;
        }
    }
}
