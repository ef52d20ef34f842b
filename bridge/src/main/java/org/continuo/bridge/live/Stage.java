package org.continuo.bridge.live;

import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import org.continuo.bridge.net.IoThread;
import org.continuo.bridge.net.Listener;
import org.continuo.bridge.net.NetCounters;
import org.continuo.bridge.net.Peer;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Counters;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.continuo.protocol.message.ToEngineReader;

/** Everyone who is here: all sessions, and the bands they play in. I/O thread only, where nothing else is said. */
public final class Stage implements Listener.Factory {
    private static final Reason[] REASONS = Reason.values();
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(Limits.SILENCE_MILLIS);
    private static final long CHECK_MILLIS = 500;
    /**
     * After so many checks without a word a silent session is closed, two of its pings long: after a time in which this process
     * stood still, what was said to it meanwhile has yet to be read.
     */
    private static final int CHECKS_WITHOUT_A_WORD = (int) (2 * Limits.PING_MILLIS / CHECK_MILLIS);

    private static final long PATIENCE_MILLIS = 2000;
    private static final long FLUSH_MILLIS = 300;

    private final NoteModel model;
    private final String engine;
    private final PerformerSettings settings;
    private final OperatingSystem system;
    private final IoThread io;
    private final LongSupplier nanoTime;
    private final NetCounters net;
    private final Consumer<String> log;

    private final ToEngineReader reader = new ToEngineReader();
    private final Set<Session> sessions = new HashSet<>();
    private final Bands bands = new Bands(this::make);

    private final AtomicLongArray refusals = new AtomicLongArray(REASONS.length);
    private final AtomicInteger open = new AtomicInteger();
    private final Future<?> check;
    private Captures captures;
    private volatile Panel panel;
    private int number;
    private long silent;
    private boolean saidGrant;
    private boolean closing;
    private volatile long emptySince;

    /**
     * @param engine name and version, for welcomes
     * @param settings what every new band begins with
     * @param nanoTime the clock
     * @param log takes lines for the user; any thread
     */
    public Stage(
            NoteModel model,
            String engine,
            PerformerSettings settings,
            OperatingSystem system,
            IoThread io,
            LongSupplier nanoTime,
            NetCounters net,
            Consumer<String> log) {
        this.model = model;
        this.engine = engine;
        this.settings = settings;
        this.system = system;
        this.io = io;
        this.nanoTime = nanoTime;
        this.net = net;
        this.log = log;
        this.emptySince = nanoTime.getAsLong();
        this.check = io.loop().scheduleAtFixedRate(this::dropSilent, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What clients ask to be captured goes to this folder; before there are clients. Otherwise it is refused. */
    void keepTakesIn(Path folder) {
        captures = new Captures(folder, Clock.systemDefaultZone(), () -> count(Reason.NOT_KEPT));
    }

    /** The page of this engine, as its clients are told of it. */
    public interface Panel {
        /** Where it is, for everybody. */
        String address();

        /** One that opens it once without the key being known, for the engine's owner. */
        String addressToOpen();

        /** Tells what it has counted, with the names on the wire. */
        void counters(ObjLongConsumer<String> consumer);
    }

    /** There is a panel from now on. Any thread. */
    public void show(Panel there) {
        panel = there;
    }

    boolean keepsTakes() {
        return captures != null;
    }

    @Override
    public Listener opened(Peer peer) {
        Session session = new Session(this, peer, now());
        if (closing) {
            session.finish();
        }
        sessions.add(session);
        return session;
    }

    /** Nanoseconds since the last session said goodbye, or since the beginning; 0 while there is one. Any thread. */
    public long emptyFor() {
        return open.get() > 0 ? 0 : nanoTime.getAsLong() - emptySince;
    }

    /** Sessions that have said hello. Any thread. */
    public int sessions() {
        return open.get();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    ToEngineReader reader() {
        return reader;
    }

    String engine() {
        return engine;
    }

    void count(Reason reason) {
        refusals.incrementAndGet(reason.ordinal());
    }

    /** The band of this name, which may have to be made; null where there is no room for a session, or for a band. */
    Band band(String name) {
        return open.get() >= Limits.SESSIONS || closing ? null : bands.named(name);
    }

    private Band make(String name) {
        Band[] made = new Band[1];
        Consumer<Throwable> failed = problem -> io.loop().execute(() -> failed(made[0], problem));
        made[0] = new Band(name, model, settings, system, nanoTime, this::granted, failed, captures);
        return made[0];
    }

    private synchronized void granted(Grant grant) {
        if (!saidGrant) {
            saidGrant = true;
            log.accept("band: " + grant.words());
        }
    }

    /** A band that cannot go on takes its sessions with it: clients end their notes and connect anew. */
    private void failed(Band band, Throwable problem) {
        log.accept("the band stopped: " + problem);
        for (Session session : new ArrayList<>(sessions)) {
            if (session.band() == band) {
                session.finish();
            }
        }
    }

    /** A session has said hello; returns its number. */
    int opened(Session session) {
        open.incrementAndGet();
        return ++number;
    }

    /** A session has left its band. */
    void left(Band band) {
        if (open.decrementAndGet() == 0) {
            emptySince = now();
        }
        bands.left(band);
    }

    void forget(Session session) {
        sessions.remove(session);
    }

    private void dropSilent() {
        long now = now();
        for (Session session : new ArrayList<>(sessions)) {
            if (now - session.heardAt() > SILENCE_NANOS && session.silentAgain() >= CHECKS_WITHOUT_A_WORD) {
                silent++;
                session.finish();
            }
        }
        bands.forgetEnded();
    }

    /**
     * Tells what this engine is.
     *
     * @param toOwner whether it is told to the engine's owner
     */
    void capabilities(boolean toOwner, BiConsumer<String, String> consumer) {
        consumer.accept("version", String.valueOf(Limits.VERSION));
        consumer.accept("engine", engine);
        consumer.accept("model", model.folder().name());
        consumer.accept("context", String.valueOf(model.shape().context()));
        consumer.accept("sessions", String.valueOf(Limits.SESSIONS));
        consumer.accept("parts", String.valueOf(Limits.PARTS));
        consumer.accept("bands", String.valueOf(Band.MOST));
        if (panel != null) {
            consumer.accept("panel", toOwner ? panel.addressToOpen() : panel.address());
        }
    }

    /** Tells every band's name, and how many sessions play in it. */
    void bands(ObjIntConsumer<String> consumer) {
        bands.forEach(consumer);
    }

    /** Tells what has been counted, the band's performer included where there is one. */
    void counters(Band band, ObjLongConsumer<String> consumer) {
        for (Reason reason : REASONS) {
            consumer.accept(reason.counter(), refusals.get(reason.ordinal()));
        }
        consumer.accept("sessions_opened", number);
        consumer.accept("sessions_silent", silent);
        net.forEach(consumer);
        if (panel != null) {
            panel.counters(consumer);
        }
        Counters performer = band.counters();
        if (performer != null) {
            PerformerCounters.forEach(performer, consumer);
        }
    }

    /** How often messages were refused for this reason. Any thread. */
    public long refused(Reason reason) {
        return refusals.get(reason.ordinal());
    }

    /**
     * Ends every note, every band and every session. Blocks until no model computes and what was to be said is sent, at most
     * some seconds. Not to be called on the I/O thread.
     *
     * @return whether every band's thread has ended: only then may the process end in good order
     */
    public boolean end() throws InterruptedException {
        List<Peer> peers = new ArrayList<>();
        io.loop()
                .submit(() -> {
                    closing = true;
                    check.cancel(false);
                    sessions.forEach(session -> peers.add(session.peer()));
                    bands.stop();
                })
                .sync();
        boolean ended = bands.await(PATIENCE_MILLIS);
        if (captures != null) {
            captures.close();
        }
        // The plans that end the notes, on their way to whoever reads.
        for (long waited = 0; waited < FLUSH_MILLIS && !peers.stream().allMatch(Peer::drained); waited++) {
            Thread.sleep(1);
        }
        io.loop()
                .submit(() -> new ArrayList<>(sessions).forEach(Session::finish))
                .sync();
        return ended;
    }
}
