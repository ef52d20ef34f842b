package org.continuo.bridge.live;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.continuo.bridge.os.Breath;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Counters;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * The work of one band: takes what the sessions said, has the performer do a piece of work, and so on; sleeps when there is
 * nothing to do, without end while the host stands still. Once warm it allocates nothing.
 */
final class BandThread implements Runnable {
    /** While the host plays, the plan grows with time alone. */
    private static final long PACE_NANOS = 4_000_000;

    private static final int EVENTS_AT_ONCE = 256;
    private static final int KEYS = 128;
    private static final int SUSTAIN = 64;
    private static final int PEDAL_DOWN = 64;
    private static final Player[] PLAYERS = Player.values();

    private final NoteModel model;
    private final PerformerSettings initial;
    private final Inbox inbox;
    private final OperatingSystem system;
    private final LongSupplier nanoTime;
    private final Consumer<Grant> ready;
    private final Consumer<Throwable> failed;
    private final Captures captures;

    private volatile boolean someoneLeft;
    private volatile PerformerSettings wished;
    private volatile boolean stopping;
    private volatile boolean sleeping;
    private volatile Counters counters;

    private final Member[] members = new Member[Limits.SESSIONS];
    /** Who said the register of a channel; null where nobody did. */
    private final Member[] registers = new Member[Limits.PARTS];

    private final Tape tape = new Tape();
    private final PlanRouter router = new PlanRouter(members, tape);
    private final Watchers watchers = new Watchers(members);
    private final BandTime time = new BandTime();
    private Performer performer;

    BandThread(
            NoteModel model,
            PerformerSettings initial,
            Inbox inbox,
            OperatingSystem system,
            LongSupplier nanoTime,
            Consumer<Grant> ready,
            Consumer<Throwable> failed,
            Captures captures) {
        this.model = model;
        this.initial = initial;
        this.inbox = inbox;
        this.system = system;
        this.nanoTime = nanoTime;
        this.ready = ready;
        this.failed = failed;
        this.captures = captures;
    }

    // From other threads.

    /** A member's {@link Member#leftAfter} has been set. */
    void someoneLeft() {
        someoneLeft = true;
    }

    void wish(PerformerSettings settings) {
        wished = settings;
    }

    boolean sleeps() {
        return sleeping;
    }

    void stop() {
        stopping = true;
    }

    Counters counters() {
        return counters;
    }

    // The thread.

    @Override
    public void run() {
        try {
            ready.accept(system.hurryThisThread());
            performer = new Performer(model, initial, router);
            counters = performer.counters();
            try {
                play();
                takeInTheLast();
                router.endAll(time.at(nanoTime.getAsLong()));
            } finally {
                performer.close();
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private void play() {
        Breath breath = new Breath(nanoTime.getAsLong());
        while (!stopping) {
            takeIn();
            long nanos = nanoTime.getAsLong();
            double now = time.at(nanos);
            repeatWhereDue(nanos, now);
            boolean more = performer.work(now);
            if (!more) {
                router.forgetBefore(now);
            }
            if (!more || breath.isDue(nanos)) {
                long before = nanoTime.getAsLong();
                rest(more ? Breath.NANOS : time.runs(nanos) ? PACE_NANOS : Long.MAX_VALUE);
                breath.rested(before, nanoTime.getAsLong());
            }
        }
    }

    /** Sleeps for so long at most; not at all where something has come in. */
    private void rest(long nanos) {
        sleeping = true;
        if (inbox.peek() == null && !someoneLeft && !stopping) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        sleeping = false;
    }

    private void takeIn() {
        for (int taken = 0; taken < EVENTS_AT_ONCE; taken++) {
            Inbox.Event event = inbox.peek();
            // Looked at after the event: who left before it was said has let go of all that it may speak of.
            if (someoneLeft) {
                dropGone();
            }
            if (event == null) {
                return;
            }
            take(event);
            inbox.release();
        }
    }

    /** Who said something and left, the last of the band, may have asked for a capture. */
    private void takeInTheLast() {
        for (int taken = 0; taken < Inbox.CAPACITY; taken += EVENTS_AT_ONCE) {
            takeIn();
        }
    }

    private void take(Inbox.Event event) {
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
            case PANIC -> performer.panic();
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
        lookAgainFor(member);
    }

    /** A member that has left is dropped when its last word has been taken in. */
    private void lookAgainFor(Member member) {
        if (member.leftAfter < Long.MAX_VALUE) {
            someoneLeft = true;
        }
    }

    private void dropGone() {
        someoneLeft = false;
        for (int place = 0; place < members.length; place++) {
            Member member = members[place];
            if (member != null && member.leftAfter > inbox.emptied()) {
                lookAgainFor(member);
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

    private void repeatWhereDue(long nanos, double now) {
        for (Member member : members) {
            if (member != null && member.repeatAt != 0 && nanos - member.repeatAt >= 0) {
                router.repeat(member, now + initial.commit() * time.snapshot().tempo / 60);
            }
        }
    }
}
