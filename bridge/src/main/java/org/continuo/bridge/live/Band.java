package org.continuo.bridge.live;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.continuo.bridge.net.Peer;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Counters;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Sessions that play together, and the performer that plays with them, on a thread of its own. The methods here belong to
 * the I/O thread and never wait; what they ask for goes through the inbox and is done by {@link BandThread}.
 */
final class Band {
    /** Bands in an engine at once: each has a model's memory of its own. */
    static final int MOST = 8;

    private final String name;
    private final Inbox inbox = new Inbox();
    private final Member[] owner = new Member[Limits.PARTS];
    private final BandThread player;
    private final Thread thread;
    private final LongSupplier nanoTime;
    private PerformerSettings settings;
    private int size;
    private final Standing standing = new Standing();

    /**
     * @param ready told, on the band's thread, what the system granted it
     * @param failed told, on the band's thread, what ended it before its time
     * @param captures takes what is captured; null where nothing is asked to be
     */
    Band(
            String name,
            NoteModel model,
            PerformerSettings settings,
            OperatingSystem system,
            LongSupplier nanoTime,
            Consumer<Grant> ready,
            Consumer<Throwable> failed,
            Captures captures) {
        this.name = name;
        this.settings = settings;
        this.nanoTime = nanoTime;
        player = new BandThread(model, settings, inbox, system, nanoTime, ready, failed, captures);
        thread = new Thread(player, "continuo-band");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return name;
    }

    /** What its performer has counted; read from any thread, roughly. Null before it is ready. */
    Counters counters() {
        return player.counters();
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes a session in; null where there is no room. */
    Member join(Peer peer) {
        Inbox.Event event = inbox.claim(true);
        if (event == null) {
            return null;
        }
        Member member = new Member(peer);
        fill(event, Inbox.Kind.JOIN, member);
        publish();
        size++;
        return member;
    }

    /** Lets a session go: its keys are released and its parts played by nobody. */
    void leave(Member member) {
        size--;
        for (int channel = 0; channel < owner.length; channel++) {
            if (owner[channel] == member) {
                owner[channel] = null;
                standing.part(channel, Player.NOBODY);
            }
        }
        // Not through the inbox, which may be full; but what it said before counts.
        member.leftAfter = inbox.filled();
        player.someoneLeft();
        LockSupport.unpark(thread);
    }

    /** Whether another session has this channel's part. */
    boolean isTaken(int channel, Member member) {
        return owner[channel] != null && owner[channel] != member;
    }

    /** Says who plays a channel that no other session has. Said again, it changes nothing: no plan is made anew for it. */
    boolean part(Member member, int channel, Instrument instrument, Player who) {
        return part(Inbox.Kind.PART, who == Player.NOBODY ? null : member, member, channel, instrument, who);
    }

    /** Says that nobody plays such a channel, which stays the member's. */
    boolean hold(Member member, int channel, Instrument instrument) {
        return part(Inbox.Kind.HOLD, member, member, channel, instrument, Player.NOBODY);
    }

    private boolean part(Inbox.Kind kind, Member its, Member member, int channel, Instrument instrument, Player who) {
        if (owner[channel] == its && standing.isPlayed(channel, instrument, who)) {
            member.asked = true;
            return true;
        }
        Inbox.Event event = inbox.claim(true);
        if (event == null) {
            return false;
        }
        owner[channel] = its;
        standing.part(channel, instrument, who);
        fill(event, kind, member);
        event.a = channel;
        event.b = instrument.ordinal();
        event.c = who.ordinal();
        publish();
        return true;
    }

    /** Who plays and what has been set, and who is told of it. */
    Standing standing() {
        return standing;
    }

    int size() {
        return size;
    }

    PerformerSettings settings() {
        return settings;
    }

    boolean settings(Member member, PerformerSettings value) {
        Inbox.Event event = inbox.claim(false);
        if (event == null) {
            return false;
        }
        settings = value;
        player.wish(value);
        fill(event, Inbox.Kind.SETTINGS, member);
        publish();
        return true;
    }

    boolean transport(Member member, TransportSnapshot snapshot) {
        Inbox.Event event = inbox.claim(true);
        if (event == null) {
            return false;
        }
        fill(event, Inbox.Kind.TRANSPORT, member);
        event.transport.copyFrom(snapshot);
        publish();
        return true;
    }

    /** A note, a controller, a report or an order: see {@link Inbox.Kind}. False when there is no room. */
    boolean event(Inbox.Kind kind, Member member, double at, int a, int b, int c) {
        boolean precious = kind == Inbox.Kind.NOTE_OFF || kind == Inbox.Kind.CONTROL || kind == Inbox.Kind.PANIC;
        Inbox.Event event = inbox.claim(precious);
        if (event == null) {
            return false;
        }
        fill(event, kind, member);
        event.at = at;
        event.a = a;
        event.b = b;
        event.c = c;
        publish();
        return true;
    }

    private void fill(Inbox.Event event, Inbox.Kind kind, Member member) {
        event.kind = kind;
        event.member = member;
        event.nanos = nanoTime.getAsLong();
    }

    private void publish() {
        inbox.publish();
        if (player.sleeps()) {
            LockSupport.unpark(thread);
        }
    }

    /** Asks the thread to end all notes and itself; returns at once. */
    void stop() {
        player.stop();
        LockSupport.unpark(thread);
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Waits until the thread has ended; not on the I/O thread. False where it has not in time. */
    boolean await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }
}
