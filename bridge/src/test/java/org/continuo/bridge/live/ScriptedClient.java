package org.continuo.bridge.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.continuo.bridge.net.LocalClient;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.time.TransportSnapshot;

/** A client with a host of its own: keeps what the engine says, plays transport in real time. */
final class ScriptedClient extends HeardWords implements AutoCloseable {
    record On(int note, double at, int channel, int pitch, int velocity) {}

    record Off(int note, double at) {}

    record Plan(int epoch, int revision, double from, double to, List<On> ons, List<Off> offs, long nanos) {}

    private final LocalClient client;
    private final Thread listener;
    private final List<String> words = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private final Map<String, Long> counters = new TreeMap<>();
    private Plan open;
    private boolean closed;

    final TransportSnapshot transport = new TransportSnapshot();
    private long lastTransport;

    ScriptedClient(Path socket) throws IOException {
        client = LocalClient.connect(
                socket, this, (address, reason, detail) -> word("misread " + address + " " + reason + " " + detail));
        listener = new Thread(this::listen, "client");
        listener.setDaemon(true);
        listener.start();
        transport.flags = TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_BAR_START;
        transport.tempo = 120;
        transport.numerator = 4;
        transport.denominator = 4;
    }

    /** Connects, says hello, and waits for the welcome. */
    static ScriptedClient in(String band, Path socket) throws IOException {
        ScriptedClient client = new ScriptedClient(socket);
        client.say().hello(Limits.VERSION, "test", band, "");
        client.await("a welcome", () -> client.heard("welcome"));
        return client;
    }

    ToEngine say() {
        return client.say();
    }

    private void listen() {
        try {
            while (client.listen()) {
                // Handed on as it comes.
            }
        } catch (IOException e) {
            word("connection lost");
        }
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    @Override
    protected synchronized void word(String word) {
        words.add(word);
        notifyAll();
    }

    synchronized boolean heard(String beginning) {
        return words.stream().anyMatch(word -> word.startsWith(beginning));
    }

    synchronized List<String> words() {
        return List.copyOf(words);
    }

    synchronized List<Plan> plans() {
        return List.copyOf(plans);
    }

    synchronized Plan lastPlan() {
        return plans.get(plans.size() - 1);
    }

    synchronized int planCount() {
        return plans.size();
    }

    synchronized int revision() {
        return plans.isEmpty() ? 0 : plans.get(plans.size() - 1).revision;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    long counter(String name) {
        int[] before = new int[1];
        synchronized (this) {
            counters.remove(name);
            before[0] = counters.size();
        }
        say().counters();
        await("the counter " + name, () -> {
            synchronized (this) {
                return counters.containsKey(name);
            }
        });
        synchronized (this) {
            return counters.get(name);
        }
    }

    /** Whether any plan so far holds a note to strike. */
    synchronized boolean hasNotes() {
        return plans.stream().anyMatch(plan -> !plan.ons().isEmpty());
    }

    /** Waits until it holds; fails with what was waited for after ten seconds. */
    synchronized void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited in vain for " + what + "; heard " + words + ", " + plans.size() + " plans");
            }
            try {
                wait(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The host starts playing where it stands. */
    void play() {
        transport.flags |= TransportSnapshot.PLAYING;
        transport.epoch++;
        lastTransport = System.nanoTime();
        say().transport(transport);
    }

    /** Plays for so many quarter notes in real time, telling where it is every 20 ms. */
    void playFor(double quarters) throws InterruptedException {
        double end = transport.performance + quarters;
        while (transport.performance < end) {
            Thread.sleep(20);
            tick();
        }
    }

    /** Plays on until a note is planned, for 20 quarter notes at most; the first of all that were. */
    On playUntilPlanned() throws InterruptedException {
        for (int i = 0; i < 40 && !hasNotes(); i++) {
            playFor(0.5);
        }
        return plans().stream()
                .flatMap(plan -> plan.ons().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no note was planned in 20 quarter notes"));
    }

    /** Tells where the host is by now. */
    void tick() {
        long now = System.nanoTime();
        double passed = (now - lastTransport) * transport.tempo / 60e9;
        lastTransport = now;
        transport.performance += passed;
        transport.beat += passed;
        transport.barStart = Math.floor(transport.beat / 4) * 4;
        say().transport(transport);
    }

    void stop() {
        transport.flags &= ~TransportSnapshot.PLAYING;
        transport.epoch++;
        say().transport(transport);
    }

    @Override
    public synchronized void counter(CharSequence name, long value) {
        counters.put(name.toString(), value);
        notifyAll();
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        open = new Plan(epoch, revision, from, to, new ArrayList<>(), new ArrayList<>(), System.nanoTime());
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        open.ons.add(new On(note, at, channel, pitch, velocity));
    }

    @Override
    public void planOff(int note, double at) {
        open.offs.add(new Off(note, at));
    }

    @Override
    public synchronized void planEnd() {
        plans.add(open);
        notifyAll();
    }

    /** Is gone without a goodbye, as one that was killed. */
    void vanish() throws IOException {
        client.close();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
