package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Takes are made and a band plays, both at once in one engine. How soon it reacts meanwhile: bridge/README.md. */
class BesideTheBandTest extends PanelFixture {
    private static final String LONG = "{\"from\":{\"prompt\":\"rock-band\"},\"bars\":256,\"seed\":5}";

    private static void readNotes(int count, BufferedReader lines) throws IOException {
        for (int read = 0; read < count; ) {
            String line = lines.readLine();
            assertTrue(line != null, "the answer ended");
            read += line.startsWith("{\"event\":\"note\"") ? 1 : 0;
        }
    }

    private static TransportSnapshot playing(double performance) {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_BEAT;
        transport.epoch = 1;
        transport.performance = performance;
        transport.beat = performance;
        transport.tempo = 120;
        return transport;
    }

    @Test
    void aBandIsAnsweredWhileATakeIsMadeAndTheTakeGoesOn() throws Exception {
        try (InputStream in = client.send(post("/api/takes", LONG), BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                PageClient page = new PageClient(client, panel)) {
            readNotes(1, lines);
            page.say().hello(Limits.VERSION, "panel", "song", key.text());
            page.say().part(0, "piano", "musician");
            page.say().part(1, "bass", "model");
            long begun = System.nanoTime();
            long plans = 0;
            for (int i = 0; i < 1500 && plans < 20; i++) {
                double now = (System.nanoTime() - begun) * 2e-9;
                page.say().transport(playing(now));
                if (i % 10 == 0) {
                    page.say().noteOn(now, 0, 60 + i / 10 % 12, 80);
                }
                Thread.sleep(20);
                plans = page.words().stream().filter(w -> w.startsWith("plan")).count();
            }
            assertTrue(plans >= 20, plans + " plans");
            readNotes(5, lines);
            assertEquals(0, panel.counted().takes.sum());
        }
        await("the take to be stopped", () -> panel.counted().stopped.sum() == 1);
    }

    /** By the thread's name; fields as in proc(5), the name before them may hold anything but a line's end. */
    private static Map<String, Integer> niceValues() throws IOException {
        Map<String, Integer> values = new HashMap<>();
        List<Path> threads;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
            threads = all.toList();
        }
        for (Path thread : threads) {
            try {
                String stat = Files.readString(thread.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                values.put(
                        name,
                        Integer.parseInt(
                                stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]));
            } catch (IOException e) {
                // It has ended meanwhile.
            }
        }
        return values;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatComputesForThePanelRunsOnWhatTheBandLeavesOver() throws Exception {
        String midi = json(get("/api/prompts/spring").body()).get("midi").asText();
        assertEquals("done", last(takes("{\"from\":{\"midi\":\"" + midi + "\"},\"bars\":1}")));
        try (PageClient page = new PageClient(client, panel)) {
            page.say().hello(Limits.VERSION, "panel", "song", key.text());
            page.await("welcome");
            Map<String, Integer> nice = niceValues();
            int band = nice.get("continuo-band");
            assertTrue(nice.get("panel-takes") > band, nice.toString());
            assertTrue(nice.get("panel-reader") > band, nice.toString());
        }
    }

    private static String last(List<com.fasterxml.jackson.databind.JsonNode> events) {
        return events.get(events.size() - 1).get("event").asText();
    }
}
