package org.continuo.bridge.live;

import java.util.function.LongSupplier;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Counters;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * What the members of a band do, and what becomes of it: each thing goes to the performer, the tape and those who watch, in the
 * band's time. The band's thread only; blocks where the performer does. Once warm it allocates nothing.
 */
final class Interplay implements AutoCloseable {
    private static final Player[] PLAYERS = Player.values();
    private static final int KEYS = 128;
    private static final int SUSTAIN = 64;
    private static final int PEDAL_DOWN = 64;

    private final LongSupplier nanoTime;
    private final Captures captures;
    /** Seconds for which a note is settled before it sounds. */
    private final double commit;

    private final Member[] members = new Member[Limits.SESSIONS];
    /** Who said the register of a channel; null where nobody did. */
    private final Member[] registers = new Member[Limits.PARTS];

    private final Tape tape = new Tape();
    private final PlanRouter router = new PlanRouter(members, tape);
    private final Watchers watchers = new Watchers(members);
    private final BandTime time = new BandTime();
    private final Performer performer;
    /** Somebody here has left whose last word has yet to be taken in. */
    private boolean leaving;

    /** @param captures takes what is captured; null where nothing is asked to be */
    Interplay(NoteModel model, PerformerSettings settings, LongSupplier nanoTime, Captures captures) {
        this.nanoTime = nanoTime;
        this.captures = captures;
        this.commit = settings.commit();
        this.performer = new Performer(model, settings, router);
    }

    Counters counters() {
        return performer.counters();
    }

    /** Whether the band's time passes. */
    boolean runs(long nanos) {
        return time.runs(nanos);
    }

    /** Does one piece of work; returns whether there is more to do at once. */
    boolean work(long nanos) {
        double now = time.at(nanos);
        repeatWhereDue(nanos, now);
        boolean more = performer.work(now);
        if (!more) {
            router.forgetBefore(now);
        }
        return more;
    }

    private void repeatWhereDue(long nanos, double now) {
        for (Member member : members) {
            if (member != null && member.repeatAt != 0 && nanos - member.repeatAt >= 0) {
                router.repeat(member, now + commit * time.snapshot().tempo / 60);
            }
        }
    }

    /**
     * Does what somebody has said.
     *
     * @param wished the settings that were asked for last
     */
    void take(Inbox.Event event, PerformerSettings wished) {
        Member member = event.member;
        switch (event.kind) {
            case TRANSPORT -> transport(member, event);
            case NOTE_ON -> {
                double at = time.of(member, event.at, event.nanos);
                member.hold(event.a, event.b, true);
                tape.struck(at, event.a, event.b, event.c);
                watchers.struck(at, event.a, event.b, event.c);
                performer.noteOn(at, event.a, event.b, event.c);
            }
            case NOTE_OFF -> {
                double at = time.of(member, event.at, event.nanos);
                member.hold(event.a, event.b, false);
                tape.released(at, event.a, event.b);
                watchers.released(at, event.a, event.b);
                performer.noteOff(at, event.a, event.b);
            }
            case CONTROL -> {
                double at = time.of(member, event.at, event.nanos);
                if (event.b == SUSTAIN) {
                    member.pedal(event.a, event.c >= PEDAL_DOWN);
                    tape.pedalled(at, event.a, event.c >= PEDAL_DOWN);
                }
                performer.control(at, event.a, event.b, event.c);
            }
            case SOUNDED -> {
                router.sounded(event.a, member.toBand(event.at));
                if (router.planned(event.a)) {
                    watchers.sounded(event.a, member.toBand(event.at));
                }
                performer.sounded(event.a);
            }
            case MISSED -> {
                if (router.planned(event.a)) {
                    watchers.missed(event.a);
                }
                performer.missed(event.a);
            }
            case PART ->
                part(member, event.a, Instrument.ofIndex(event.b), PLAYERS[event.c], PLAYERS[event.c] != Player.NOBODY);
            case HOLD -> part(member, event.a, Instrument.ofIndex(event.b), Player.NOBODY, true);
            case REGISTER -> {
                registers[event.a] = member;
                performer.register(event.a, event.b, event.c);
            }
            case SETTINGS -> performer.settings(wished);
            case END -> performer.endIn(event.a);
            case PANIC -> {
                tape.letGo(time.at(event.nanos));
                performer.panic();
            }
            case KEEP -> performer.keep();
            case DISCARD -> performer.discard();
            case KEEP_UNTIL -> performer.keepUntil(member.toBand(event.at));
            case DISCARD_FROM -> performer.discardFrom(member.toBand(event.at));
            case WATCH -> watch(member);
            case CAPTURE -> captures.keep(tape.passage(time.at(nanoTime.getAsLong())), member.peer);
            case JOIN -> join(member, event.nanos);
        }
    }

    /** @param own whether the channel is the member's from now on */
    private void part(Member member, int channel, Instrument instrument, Player player, boolean own) {
        member.part(channel, own);
        if (own && registers[channel] != member) {
            liftRegister(channel); // of who gave the part up: it is none of who takes it
        }
        tape.part(channel, instrument);
        performer.part(channel, instrument, player);
    }

    private void transport(Member member, Inbox.Event event) {
        BandTime.Said said = time.told(member, event.transport, event.nanos);
        if (said == BandTime.Said.ASIDE) {
            return;
        }
        TransportSnapshot band = time.snapshot();
        if (said != BandTime.Said.GOES_ON) {
            router.breakTo(band.epoch);
        }
        watchers.transport(band);
        if (said == BandTime.Said.TAKES_OVER) {
            tape.goesOn(band);
            performer.takeOver(band);
        } else {
            tape.transport(band, said == BandTime.Said.BREAK);
            performer.transport(band);
        }
    }

    private void watch(Member member) {
        boolean begins = !member.watches;
        member.watches = true;
        watchers.gather();
        watchers.transport(member, time.snapshot());
        double now = time.at(nanoTime.getAsLong());
        router.repeat(member, now);
        if (begins) { // once: it is much work for a word that costs nothing to say; last: of so much UDP may lose some
            tape.tell(member, now);
        }
    }

    /** There is a place: no more than so many sessions live at once, and those that are gone have made room. */
    private void join(Member member, long nanos) {
        int place = 0;
        while (members[place] != null) {
            place++;
        }
        members[place] = member;
        time.joined(member, nanos);
        leaving |= hasLeft(member);
    }

    private static boolean hasLeft(Member member) {
        return member.leftAfter < Long.MAX_VALUE;
    }

    /** Whether somebody here has left whose last word has yet to be taken in, for all that was known at the last look. */
    boolean awaitsLastWords() {
        return leaving;
    }

    /**
     * Lets go of those who have left and whose last word has been taken in.
     *
     * @param emptied how many events the inbox has given so far
     */
    void dropGone(long emptied) {
        leaving = false;
        for (int place = 0; place < members.length; place++) {
            Member member = members[place];
            if (member != null && member.leftAfter > emptied) {
                leaving |= hasLeft(member);
            } else if (member != null) {
                members[place] = null;
                watchers.gather();
                release(member);
                time.left(member);
            }
        }
    }

    /** Whoever goes lets go of every key, and of the pedals, and plays no part any more. */
    private void release(Member member) {
        double now = time.at(nanoTime.getAsLong());
        for (int channel = 0; channel < Limits.PARTS; channel++) {
            for (int pitch = 0; pitch < KEYS; pitch++) {
                if (member.holds(channel, pitch)) {
                    tape.released(now, channel, pitch);
                    watchers.released(now, channel, pitch);
                    performer.noteOff(now, channel, pitch);
                }
            }
            if (((member.channels | member.pedals) >>> channel & 1) == 1) {
                tape.pedalled(now, channel, false);
                performer.control(now, channel, SUSTAIN, 0);
            }
            if ((member.channels >>> channel & 1) == 1) {
                performer.part(channel, Instrument.PIANO, Player.NOBODY);
                liftRegister(channel);
            }
        }
    }

    private void liftRegister(int channel) {
        if (registers[channel] != null) {
            registers[channel] = null;
            performer.register(channel, 0, KEYS - 1);
        }
    }

    /** Ends, for everyone, what sounds, and takes back what is planned. */
    void endAll() {
        router.endAll(time.at(nanoTime.getAsLong()));
    }

    @Override
    public void close() {
        performer.close();
    }
}
