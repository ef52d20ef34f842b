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
        Take take = tree.add(name, Meter.COMMON, 100, notes);
        tree.export(take.number(), takes().resolve(String.format("%06d.mid", take.number())));
        return take;
    }

    private JsonNode list() throws Exception {
        return json(send(withKey("/api/session/takes").build()).body()).get("takes");
    }

    @Test
    void capturedTakesAreListedAndEachIsAClip() throws Exception {
        assertEquals(0, list().size());
        keep("one");
        keep("two");
        JsonNode takes = list();
        assertEquals(2, takes.size());
        assertEquals("000002", takes.get(1).get("name").asText());
        assertEquals("two", takes.get(1).get("title").asText());
        assertTrue(takes.get(1).get("when").asText().endsWith("Z"));
        JsonNode clip = json(send(withKey("/api/session/takes/000002").build()).body());
        assertEquals(2, clip.get("notes").size());
        assertEquals(1.5, clip.get("notes").get(1).get("length").asDouble());
        assertEquals(100, clip.get("tempos").get(0).get("bpm").asDouble(), 1e-3);
    }

    @Test
    void nothingElseCanBeRead() throws Exception {
        keep("one");
        Files.writeString(folder.resolve("secret.mid"), "secret");
        Files.createSymbolicLink(takes().resolve("000009.mid"), folder.resolve("secret.mid"));
        for (String name : List.of("000002", "../secret", "..%2fsecret", "1", "secret", "", "000001.mid", "000009")) {
            String path = "GET /api/session/takes/" + name;
            String answer = raw(request(path, host(), Trust.KEY + ": " + key.text()));
            assertTrue(answer.startsWith("HTTP/1.1 404 "), name + ": " + answer);
        }
        Files.writeString(takes().resolve("000007.mid"), "damaged");
        refusal(400, send(withKey("/api/session/takes/000007").build()));
        Files.writeString(takes().resolve("000007.take.json"), "damaged");
        assertEquals(1, list().size());
    }
}
