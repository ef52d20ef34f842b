package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.takes.TakeTree;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

/** What bands were asked to capture, as the page is told of it. */
class SessionTakesTest extends PanelFixture {
    private Path takes() {
        return folder.resolve("takes");
    }

    private Take keep(String name) throws Exception {
        TakeTree tree = TakeTree.open(takes());
        List<TakeNote> notes = List.of(
                new TakeNote(false, 0, Instrument.PIANO, 60, 90, 0, 1),
                new TakeNote(true, 1, Instrument.BASS, 40, 80, 1, 2.5));
        return tree.add(name, Meter.COMMON, 100, notes);
    }

    private JsonNode list() throws Exception {
        return json(send(withKey("/api/session/takes").build()).body()).get("takes");
    }

    @Test
    void capturedTakesAreListedAndEachIsAClip() throws Exception {
        assertEquals(0, list().size());
        keep("one");
        Take second = keep("two");
        TakeTree.open(takes()).branch(second.number(), 0, "other", List.of());
        JsonNode takes = list();
        assertEquals(3, takes.size());
        assertEquals(2, takes.get(1).get("number").asInt());
        assertEquals("two", takes.get(1).get("name").asText());
        assertEquals(2, takes.get(2).get("parent").asInt());
        JsonNode one = json(send(withKey("/api/session/takes/2").build()).body());
        assertEquals("two", one.get("name").asText());
        JsonNode clip = one.get("clip");
        assertEquals(2, clip.get("notes").size());
        assertEquals(1.5, clip.get("notes").get(1).get("length").asDouble());
        assertEquals(100, clip.get("tempos").get(0).get("bpm").asDouble(), 1e-3);
        refusal(400, send(withKey("/api/session/takes/3").build()));
    }

    @Test
    void barsThatWereDiscardedAreNotShown() throws Exception {
        keep("one");
        TakeTree tree = TakeTree.open(takes());
        tree.add(
                "long",
                Meter.COMMON,
                100,
                List.of(
                        new TakeNote(true, 1, Instrument.BASS, 40, 80, 1, 2.5),
                        new TakeNote(true, 1, Instrument.BASS, 43, 80, 5, 6)));
        tree.discard(2, 0, 1);
        JsonNode notes = json(send(withKey("/api/session/takes/2").build()).body())
                .get("clip")
                .get("notes");
        assertEquals(1, notes.size());
        assertEquals(43, notes.get(0).get("pitch").asInt());
    }

    @Test
    void nothingElseCanBeRead() throws Exception {
        keep("one");
        Files.writeString(folder.resolve("000009.take.json"), "{}");
        Files.writeString(takes().resolve("000007.take.json"), "damaged");
        for (String name : List.of("2", "7", "9", "../000009", "..%2f000009", "-1", "", "1.mid", "99999999999")) {
            String path = "GET /api/session/takes/" + name;
            String answer = raw(request(path, host(), Trust.KEY + ": " + key.text()));
            assertTrue(answer.startsWith("HTTP/1.1 404 "), name + ": " + answer);
        }
        assertEquals(1, list().size());
    }
}
