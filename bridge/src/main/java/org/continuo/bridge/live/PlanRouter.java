package org.continuo.bridge.live;

import org.continuo.protocol.message.PlanSink;

/**
 * Takes the performer's plans and tells each member what is for it: the notes of its channels, in its own time and epoch.
 * Remembers the notes of late, to repeat what is still to come to a member that came late, and to end every note when the
 * engine goes. The band's thread only; allocates nothing once the longest plan has been seen.
 */
final class PlanRouter implements PlanSink {
    /** Notes remembered; far more than ever sound or are planned at once. */
    private static final int NOTES = 4096;

    private final Member[] members;
    private final Tape tape;
    private final PlanEvents events = new PlanEvents();

    private final int[] id = new int[NOTES];
    private final int[] channel = new int[NOTES];
    private final int[] pitch = new int[NOTES];
    private final int[] velocity = new int[NOTES];
    private final double[] on = new double[NOTES];
    /** Infinity while no end is planned. */
    private final double[] off = new double[NOTES];
    /** Taken back before it sounded, for all that is known. */
    private final boolean[] voided = new boolean[NOTES];

    /** Notes before this number are over; those up to {@link #newest} are remembered. */
    private int oldest = 1;

    private int newest;

    /** Notes from this number up to {@link #oldest} were planned before the band's break, and no plan has been told since. */
    private int brokenFrom = Integer.MAX_VALUE;

    private int bandEpoch;
    private int epoch;
    private int revision;
    private double from;
    private double to;
    private boolean open;
    /** The open plan goes on with the revision told before. */
    private boolean goesOn;

    /**
     * @param members by index, with gaps; read anew at every plan
     * @param tape told of what sounds, and when it is to end
     */
    PlanRouter(Member[] members, Tape tape) {
        this.members = members;
        this.tape = tape;
    }

    /** Whether a note was ever planned; it may have been taken back since, too late for who played it. */
    boolean planned(int note) {
        return note <= newest;
    }

    /** A note that was planned has sounded, even if the word that took it back was on its way. */
    void sounded(int note, double at) {
        int i = slot(note);
        if (id[i] == note) {
            voided[i] = false;
            tape.sounded(note, at, channel[i], pitch[i], velocity[i], off[i]);
        }
    }

    /**
     * The band's timeline broke: nothing planned before holds. Members whose own host broke have ended what sounded; for the
     * others the next plan ends whatever may.
     */
    void breakTo(int newEpoch) {
        bandEpoch = newEpoch;
        brokenFrom = Math.min(brokenFrom, oldest);
        oldest = newest + 1;
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        this.epoch = epoch;
        this.from = from;
        this.to = to;
        open = epoch == bandEpoch;
        goesOn = revision <= this.revision;
        events.clear();
        if (open && !goesOn) {
            endBroken(from);
            voidFrom(from);
        }
        this.revision = Math.max(this.revision, revision);
    }

    /**
     * Ends, in the plan that begins at {@code moment}, every note of plans from before the band's break: members that went on
     * alone are not where the band is, and an end of what does not sound means nothing (SPEC.md 8.4).
     */
    private void endBroken(double moment) {
        for (int note = Math.max(brokenFrom, newest - NOTES + 1); note < oldest; note++) {
            int i = slot(note);
            if (id[i] == note) {
                events.add(note, moment, channel[i], 0, 0);
            }
        }
        brokenFrom = Integer.MAX_VALUE;
    }

    private void voidFrom(double moment) {
        for (int note = oldest; note <= newest; note++) {
            int i = slot(note);
            if (id[i] == note) {
                if (on[i] >= moment) {
                    voided[i] = true; // its end may be told yet: it may sound before who plays it learns of this
                } else if (off[i] >= moment) {
                    off[i] = Double.POSITIVE_INFINITY;
                    tape.ends(note, off[i]);
                }
            }
        }
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        if (!open) {
            return;
        }
        events.add(note, at, channel, pitch, velocity);
        newest = Math.max(newest, note);
        oldest = Math.max(oldest, newest - NOTES + 1);
        int i = slot(note);
        id[i] = note;
        this.channel[i] = channel;
        this.pitch[i] = pitch;
        this.velocity[i] = velocity;
        on[i] = at;
        off[i] = Double.POSITIVE_INFINITY;
        voided[i] = false;
    }

    @Override
    public void planOff(int note, double at) {
        int i = slot(note);
        if (open && id[i] == note) {
            events.add(note, at, channel[i], 0, 0);
            off[i] = at;
            tape.ends(note, at);
        }
    }

    @Override
    public void planEnd() {
        if (!open) {
            return;
        }
        open = false;
        for (Member member : members) {
            // Who is to be told again how the plan begins, or what of it is kept, is told with it how it goes on; and
            // all of it who has just come, once it is known in which time.
            if (member != null && !(member.repeatAt != 0 && (!member.placed || goesOn || isKeptFor(member)))) {
                member.repeatAt = 0;
                tell(member);
            }
        }
    }

    /** Whether a note from after the member's break stands before the open plan, as where the plan is kept. */
    private boolean isKeptFor(Member member) {
        double broke = member.toBand(member.last.performance);
        for (int note = oldest; note <= newest; note++) {
            int i = slot(note);
            if (id[i] == note && !voided[i] && on[i] >= broke && on[i] < from) {
                return true;
            }
        }
        return false;
    }

    private void tell(Member member) {
        double start = member.fromBand(from);
        double end = Math.max(start, member.fromBand(to));
        member.writer.plan(member.epoch(epoch), revision, start, end);
        for (int i = 0; i < events.size; i++) {
            int channel = events.channel[i];
            double at = Math.max(start, member.fromBand(events.at[i]));
            if (events.velocity[i] == 0) {
                if (member.wasTold(channel)) {
                    member.writer.planOff(events.note[i], at);
                }
            } else if (member.hears(channel)) {
                member.tell(channel);
                member.writer.planOn(events.note[i], at, channel, events.pitch[i], events.velocity[i]);
            }
        }
        member.writer.planEnd();
    }

    /** Notes that are over at {@code now} need not be remembered. */
    void forgetBefore(double now) {
        while (oldest <= newest && isOver(slot(oldest), now)) {
            oldest++;
        }
    }

    private boolean isOver(int i, double now) {
        return id[i] != oldest || voided[i] || off[i] < now;
    }

    /** Tells one member what is planned from {@code moment} on; for one that missed the telling. */
    void repeat(Member member, double moment) {
        member.repeatAt = 0;
        if (revision == 0 || to <= moment) {
            return;
        }
        events.clear();
        for (int note = oldest; note <= newest; note++) {
            int i = slot(note);
            if (id[i] == note && !voided[i] && on[i] >= moment) {
                events.insert(note, on[i], channel[i], pitch[i], velocity[i]);
                if (off[i] < Double.POSITIVE_INFINITY) {
                    events.insert(note, off[i], channel[i], 0, 0);
                }
            }
        }
        double formerFrom = from;
        from = moment;
        epoch = bandEpoch;
        tell(member);
        from = formerFrom;
    }

    /** Ends, for everyone, what sounds at {@code now}, and takes back what is planned after. The last plan of all. */
    void endAll(double now) {
        plan(bandEpoch, revision + 1, now, now);
        for (int note = oldest; note <= newest; note++) {
            int i = slot(note);
            if (id[i] == note && !voided[i] && off[i] > now) {
                planOff(note, now);
            }
        }
        planEnd();
    }

    private static int slot(int note) {
        return note & (NOTES - 1);
    }
}
