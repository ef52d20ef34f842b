package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that come, play and go, with and without a goodbye. */
@EnabledOnOs(OS.LINUX)
class SoakTest extends EngineFixture {
    private static final long MOST_GROWN = 4 << 20;

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void reconnect(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (ScriptedClient client = ScriptedClient.in("song " + i % 3, socket)) {
                client.say().part(1, "bass", "model");
                client.play();
                client.say().noteOn(0, 0, 60, 90);
                if (i % 10 == 0) {
                    client.playFor(0.2);
                }
                if (i % 2 == 0) {
                    client.say().goodbye();
                    client.await("the end", client::isClosed);
                }
            }
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (engine.stage().sessions() > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertEquals(0, engine.stage().sessions());
        Thread.sleep(1200);
    }

    private void soak(int times) throws Exception {
        reconnect(10);
        long descriptors = descriptors();
        long heap = heap();
        reconnect(times);
        long more = descriptors() - descriptors;
        long grown = heap() - heap;
        // a band's thread may take its time to end on a busy machine; what is left for good stays
        for (int i = 0; i < 10 && grown >= MOST_GROWN; i++) {
            Thread.sleep(500);
            grown = heap() - heap;
        }
        System.out.println(times + " reconnects: " + more + " more descriptors, heap grown by " + grown + " bytes");
        assertTrue(more <= 2, more + " more descriptors");
        assertTrue(grown < MOST_GROWN, "heap grown by " + grown);
        assertEquals(engine.counters().opened.sum(), engine.counters().closed.sum());
    }

    @Test
    void nothingIsLeftAfterThirtyReconnects() throws Exception {
        soak(30);
    }

    @Test
    @Tag("full")
    void nothingIsLeftAfterAThousandReconnects() throws Exception {
        soak(1000);
    }
}
