package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A client that plays along with a bass and drums, for tests of whole processes. */
public final class PlayingClient implements AutoCloseable {
    private final ScriptedClient client;

    public PlayingClient(Path socket) throws IOException {
        client = ScriptedClient.in("song", socket);
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.say().part(9, "drums", "model");
    }

    /** Plays until notes have been planned and some of them sound. */
    public void playUntilAnswered() throws InterruptedException {
        client.play();
        for (int beat = 0;
                beat < 20
                        && StageTest.soundingAt(client.transport.performance, client.plans())
                                .isEmpty();
                beat++) {
            client.say().noteOn(client.transport.performance, 0, 60 + beat, 90);
            client.playFor(0.5);
        }
    }

    /** Whether a note of the model's has been planned. */
    public boolean isAnswered() {
        return client.hasNotes();
    }

    /** Plays on without an answer, and says so ten times a second: what nobody reads has little room on its way. */
    public void playUnheard(int seconds) throws InterruptedException {
        for (int i = 0; i < 10 * seconds; i++) {
            Thread.sleep(100);
            client.tick();
        }
    }

    /** Plays and strikes keys until a plan reaches beyond the playhead; fails where none does for 20 quarter notes. */
    public void playUntilPlannedAhead() throws InterruptedException {
        for (int beat = 0; client.lastPlan().to() <= client.transport.performance; beat++) {
            assertTrue(beat < 20, "plans no more");
            client.say().noteOn(client.transport.performance, 0, 60 + beat, 90);
            client.playFor(1);
        }
    }

    public boolean isClosed() {
        return client.isClosed();
    }

    /** Asks for a capture; the engine's answer, as "captured FILE" or "refused ADDRESS REASON". */
    public String capture() {
        client.say().capture();
        client.await("an answer", () -> client.heard("captured") || client.heard("refused"));
        return client.words().get(client.words().size() - 1);
    }

    /** Waits for the connection's end; how many notes then sound on. */
    public int soundingAfterTheEnd() {
        client.await("the end", client::isClosed);
        return StageTest.soundingAt(client.lastPlan().from(), client.plans()).size();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
