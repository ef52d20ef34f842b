package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients at a real socket, a real band, the shipped model. */
class StageTest {
    private static NoteModel model;

    @TempDir
    Path folder;

    private Path socket;
    private Engine engine;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.ofResource(ModelFolder.class, "s"));
    }

    @AfterAll
    static void unload() {
        model.close();
    }

    @BeforeEach
    void listen() throws Exception {
        socket = folder.resolve("run").resolve("engine.sock");
        engine = new Engine(model, "continuo test", new OperatingSystem.Unknown("test"), log::add);
        engine.listen(socket);
    }

    @AfterEach
    void end() throws Exception {
        assertTrue(engine.end(), "a band did not stop");
        assertEquals(
                List.of(),
                log.stream().filter(line -> !line.startsWith("band:")).toList());
    }

    private static void takeParts(ScriptedClient client) {
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.say().part(9, "drums", "model");
    }

    /** Four quarters of C major, a key a beat. */
    private static void playChords(ScriptedClient client) throws InterruptedException {
        for (int beat = 0; beat < 4; beat++) {
            double at = client.transport.performance;
            client.say().noteOn(at, 0, 60, 90);
            client.say().noteOn(at, 0, 64, 80);
            client.playFor(0.9);
            client.say().noteOff(client.transport.performance, 0, 60);
            client.say().noteOff(client.transport.performance, 0, 64);
            client.playFor(0.1);
        }
    }

    @Test
    void aClientThatPlaysIsAnsweredWithPlansForItsModelsParts() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            takeParts(client);
            client.play();
            playChords(client);
            client.await(
                    "notes planned",
                    () -> client.plans().stream().mapToInt(p -> p.ons().size()).sum() > 0);

            double end = client.transport.performance;
            Set<Integer> channels = new HashSet<>();
            Set<Integer> notes = new HashSet<>();
            int revision = 0;
            for (ScriptedClient.Plan plan : client.plans()) {
                assertEquals(1, plan.epoch());
                assertTrue(plan.revision() >= revision);
                revision = plan.revision();
                assertTrue(plan.from() <= plan.to() && plan.to() <= end + 8, plan.toString());
                for (ScriptedClient.On on : plan.ons()) {
                    assertTrue(on.at() >= plan.from() && on.at() < plan.to(), plan.toString());
                    assertTrue(notes.add(on.note()), "told twice: " + on);
                    channels.add(on.channel());
                }
            }
            assertTrue(Set.of(1, 9).containsAll(channels), channels.toString());
            assertTrue(client.counter("heard") >= 8);
            assertEquals(
                    List.of(),
                    client.words().stream()
                            .filter(w -> !w.startsWith("welcome"))
                            .toList());
        }
    }
}
