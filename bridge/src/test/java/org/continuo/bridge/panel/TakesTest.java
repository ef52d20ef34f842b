package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.prompts.StartingPrompt;
import org.junit.jupiter.api.Test;

/** Takes, asked for by a foreign client over HTTP. */
class TakesTest extends PanelFixture {
    /** Longer than anybody waits here: half a minute of one core. */
    private static final String LONG = "{\"from\":{\"prompt\":\"four-bar-band\"},\"bars\":256,\"seed\":5}";

    private static final String SHORT_TAKE = "{\"from\":{\"prompt\":\"four-bar-band\"},\"bars\":2,\"seed\":7}";

    private InputStream begin(String request) throws Exception {
        return client.send(post("/api/takes", request), BodyHandlers.ofInputStream())
                .body();
    }

    private static JsonNode readUntil(String event, BufferedReader lines) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode said = json(line);
            if (said.get("event").asText().equals(event)) {
                return said;
            }
        }
        throw new AssertionError("the answer ended before " + event);
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static byte[] midi(List<JsonNode> events) throws Exception {
        return event("finished", events).get("clip").get("midi").binaryValue();
    }

    @Test
    void notesArriveWhileTheTakeIsMadeAndClosingTheConnectionStopsIt() throws Exception {
        try (InputStream in = begin(LONG)) {
            JsonNode note = readUntil("note", lines(in));
            assertEquals(0, note.get("index").asInt());
            assertEquals(0, panel.counted().takes.sum());
        }
        await("the take to be stopped", () -> panel.counted().stopped.sum() == 1);
        assertEquals(0, panel.counted().takes.sum());
        List<JsonNode> next = takes(SHORT_TAKE);
        assertEquals("done", next.get(next.size() - 1).get("event").asText());
    }

    @Test
    void aTakeThatIsEndedOnTheWayKeepsWhatWasMade() throws Exception {
        try (InputStream in = begin(LONG)) {
            BufferedReader lines = lines(in);
            int request = readUntil("begun", lines).get("request").asInt();
            while (readUntil("progress", lines).get("bar").asInt() < 2) {
                // Two bars are wanted.
            }
            assertEquals(200, send(post("/api/takes/" + request + "/end", "")).statusCode());
            JsonNode finished = readUntil("finished", lines);
            JsonNode report = finished.get("report");
            assertFalse(report.get("complete").asBoolean());
            assertTrue(report.get("bars").asInt() >= 2 && report.get("bars").asInt() < 256, report.toString());
            assertEquals(report.get("notes").asInt(), finished.get("made").size());
            assertTrue(report.get("notes").asInt() > 0);
            String midi = finished.get("clip").get("midi").asText();
            assertEquals(200, send(post("/api/takes", goOnFrom(midi))).statusCode());
            assertEquals("[0]", readUntil("done", lines).get("best").toString());
            refusal(404, send(post("/api/takes/" + request + "/end", "")));
        }
        assertEquals(0, panel.counted().stopped.sum());
    }

    private static String goOnFrom(String midi) {
        return "{\"from\":{\"midi\":\"" + midi + "\"},\"bars\":1,\"seed\":1}";
    }

    @Test
    void whoWaitsAndIsEndedLeavesTheLine() throws Exception {
        try (InputStream served = begin(LONG);
                InputStream waits = begin(LONG)) {
            readUntil("note", lines(served));
            BufferedReader waiting = lines(waits);
            int request = readUntil("begun", waiting).get("request").asInt();
            assertEquals(200, send(post("/api/takes/" + request + "/end", "")).statusCode());
            assertEquals("stopped", readUntil("failed", waiting).get("error").asText());
        }
    }

    @Test
    void whatIsToldNoteByNoteIsWhatTheFinishedClipHolds() throws Exception {
        List<JsonNode> events = takes("{\"from\":{\"prompt\":\"rock-band\"},\"bars\":4,\"seed\":3,"
                + "\"instruments\":[\"piano\",\"bass\",\"drums\",\"flute\"],\"temperature\":1.1}");
        assertEquals("begun", events.get(0).get("event").asText());
        JsonNode begun = events.get(0);
        List<String> instruments = new ArrayList<>();
        begun.get("given")
                .get("parts")
                .forEach(part -> instruments.add(part.get("instrument").asText()));
        Map<Integer, String> told = new HashMap<>();
        Map<Integer, Double> lengths = new HashMap<>();
        for (JsonNode event : events) {
            switch (event.get("event").asText()) {
                case "part" ->
                    instruments.add(event.get("part").get("instrument").asText());
                case "note" -> {
                    JsonNode note = event.get("note");
                    String instrument = instruments.get(note.get("part").asInt());
                    told.put(event.get("index").asInt(), describe(instrument, note));
                    assertEquals(instrument.equals("drums"), note.has("length"));
                }
                case "end" ->
                    lengths.put(event.get("index").asInt(), event.get("length").asDouble());
                default -> {}
            }
        }
        JsonNode finished = event("finished", events);
        JsonNode clip = finished.get("clip");
        List<String> made = new ArrayList<>();
        for (JsonNode index : finished.get("made")) {
            JsonNode note = clip.get("notes").get(index.asInt());
            String instrument = clip.get("parts")
                    .get(note.get("part").asInt())
                    .get("instrument")
                    .asText();
            assertTrue(note.get("at").asDouble() >= begun.get("from").asDouble());
            made.add(describe(instrument, note));
        }
        assertFalse(made.isEmpty());
        assertEquals(
                made.stream().sorted().toList(), told.values().stream().sorted().toList());
        assertEquals(
                begun.get("given").get("notes").size() + made.size(),
                clip.get("notes").size());
        assertEquals(made.size(), finished.get("report").get("notes").asInt());
        assertTrue(lengths.values().stream().allMatch(length -> length > 0 && length <= 8));
        for (int index : lengths.keySet()) {
            assertFalse(told.get(index).startsWith("drums"), told.get(index));
        }
    }

    private static String describe(String instrument, JsonNode note) {
        return instrument + " " + note.get("pitch") + " " + note.get("velocity") + " "
                + note.get("at").asDouble();
    }

    @Test
    void theSameRecipeGivesTheSameBytesAndAnotherSeedDoesNot() throws Exception {
        List<JsonNode> first = takes(SHORT_TAKE);
        JsonNode recipe = first.get(0).get("recipe");
        assertEquals(7, recipe.get("seed").asLong());
        assertEquals(0.95, recipe.get("temperature").asDouble());
        List<JsonNode> again = takes(recipe.toString());
        assertArrayEquals(midi(first), midi(again));
        assertEquals(recipe, again.get(0).get("recipe"));
        ObjectNode other = recipe.deepCopy();
        other.put("seed", 8);
        assertNotEquals(
                Base64.getEncoder().encodeToString(midi(first)),
                Base64.getEncoder().encodeToString(midi(takes(other.toString()))));
    }

    @Test
    void theLargerModelMakesTakesOfItsOwnAndAnUnknownOneIsRefused() throws Exception {
        String request = "{\"from\":{\"prompt\":\"four-bar-band\"},\"bars\":1,\"seed\":7,\"model\":\"%s\"}";
        List<JsonNode> small = takes(request.formatted("s"));
        List<JsonNode> large = takes(request.formatted("m"));
        assertEquals("m", large.get(0).get("recipe").get("model").asText());
        assertNotEquals(
                Base64.getEncoder().encodeToString(midi(small)),
                Base64.getEncoder().encodeToString(midi(large)));
        assertArrayEquals(midi(large), midi(takes(large.get(0).get("recipe").toString())));
        assertEquals(
                "[\"s\",\"m\"]", json(get("/api/about").body()).get("models").toString());
        String reason = refusal(400, send(post("/api/takes", request.formatted("xl"))));
        assertTrue(reason.contains("xl") && reason.contains("s, m"), reason);
    }

    @Test
    void aClipGoesOnFromItsEndAndKeepsEveryNoteOfItsOwn() throws Exception {
        String midi = json(get("/api/prompts/swan-lake").body()).get("midi").asText();
        List<JsonNode> events = takes("{\"from\":{\"midi\":\"" + midi + "\"},\"bars\":2,\"seed\":1}");
        JsonNode given = events.get(0).get("given");
        JsonNode clip = event("finished", events).get("clip");
        for (int i = 0; i < given.get("notes").size(); i++) {
            assertEquals(given.get("notes").get(i), clip.get("notes").get(i));
        }
        assertEquals(given.get("parts").get(0), clip.get("parts").get(0));
    }

    @Test
    void severalTakesHaveSeedsOfTheirOwnAndTheCriticsOrder() throws Exception {
        List<JsonNode> events = takes("{\"from\":null,\"instruments\":[\"piano\"],\"bars\":2,\"seed\":11,\"takes\":3}");
        List<Long> seeds = events.stream()
                .filter(event -> event.get("event").asText().equals("take"))
                .map(event -> event.get("seed").asLong())
                .toList();
        assertEquals(3, seeds.stream().distinct().count());
        List<Double> scores = events.stream()
                .filter(event -> event.get("event").asText().equals("finished"))
                .map(event -> event.get("score").asDouble())
                .toList();
        List<Integer> best = new ArrayList<>();
        event("done", events).get("best").forEach(take -> best.add(take.asInt()));
        assertEquals(3, best.size());
        for (int i = 1; i < 3; i++) {
            assertTrue(scores.get(best.get(i - 1)) >= scores.get(best.get(i)), scores + ", " + best);
        }
        List<JsonNode> alone = takes("{\"instruments\":[\"piano\"],\"bars\":2,\"seed\":" + seeds.get(2) + "}");
        JsonNode third = events.stream()
                .filter(event -> event.get("event").asText().equals("finished"))
                .toList()
                .get(2);
        assertEquals(third.get("clip"), event("finished", alone).get("clip"));
    }

    @Test
    void oneIsServedAtATimeAndWhoIsOneTooManyIsToldSo() throws Exception {
        List<InputStream> open = new ArrayList<>();
        try {
            BufferedReader first = lines(keep(open, begin(LONG)));
            readUntil("note", first);
            for (int i = 0; i < PanelLimits.WAITING; i++) {
                JsonNode waiting = readUntil("waiting", lines(keep(open, begin(LONG))));
                assertEquals(i + 1, waiting.get("before").asInt());
            }
            String reason = refusal(429, send(post("/api/takes", LONG)));
            assertTrue(reason.contains("wait already"), reason);
        } finally {
            for (InputStream in : open) {
                in.close();
            }
        }
        await("all to be stopped", () -> panel.counted().stopped.sum() == 1 + PanelLimits.WAITING);
        assertEquals("done", last(takes(SHORT_TAKE)));
    }

    private static InputStream keep(List<InputStream> open, InputStream in) {
        open.add(in);
        return in;
    }

    private static String last(List<JsonNode> events) {
        return events.get(events.size() - 1).get("event").asText();
    }

    @Test
    void whoWaitsIsToldWhenTheLineMovesOn() throws Exception {
        List<InputStream> open = new ArrayList<>();
        try {
            readUntil("note", lines(keep(open, begin(LONG))));
            keep(open, begin(LONG));
            BufferedReader lines = lines(keep(open, begin(SHORT_TAKE)));
            assertEquals(2, readUntil("waiting", lines).get("before").asInt());
            open.get(1).close();
            assertEquals(1, readUntil("waiting", lines).get("before").asInt());
            open.get(0).close();
            readUntil("done", lines);
        } finally {
            for (InputStream in : open) {
                in.close();
            }
        }
    }

    @Test
    void theEngineStopsInTheMiddleOfATakeAndSaysSo() throws Exception {
        try (InputStream in = begin(LONG)) {
            BufferedReader lines = lines(in);
            readUntil("note", lines);
            engine.end();
            assertTrue(panel.end());
            assertEquals("stopped", readUntil("failed", lines).get("error").asText());
        }
    }

    @Test
    void everyPromptIsThereAndWhatThereIsToChooseIsTold() throws Exception {
        JsonNode about = json(get("/api/about").body());
        assertEquals(StartingPrompt.NAMES.size(), about.get("prompts").size());
        assertEquals(10, about.get("instruments").size());
        assertEquals("s", about.get("model").asText());
        assertTrue(about.get("styles").get(0).get("x").isNumber());
        assertEquals(8, about.get("defaults").get("bars").asInt());
        for (JsonNode prompt : about.get("prompts")) {
            JsonNode clip =
                    json(get("/api/prompts/" + prompt.get("name").asText()).body());
            assertFalse(clip.get("notes").isEmpty());
            byte[] midi = clip.get("midi").binaryValue();
            JsonNode sent = json(send(withKey("/api/clips")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(midi))
                            .build())
                    .body());
            assertEquals(clip, sent);
        }
        refusal(404, get("/api/prompts/louie-louie"));
        assertTrue(new ObjectMapper().readTree(get("/api/about").body()).isObject());
    }
}
