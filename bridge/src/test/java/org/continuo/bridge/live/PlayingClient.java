package org.continuo.bridge.live;

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
