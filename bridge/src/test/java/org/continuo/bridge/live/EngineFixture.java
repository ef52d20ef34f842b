package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.continuo.bridge.net.LeakWatch;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine with the shipped model, at a socket in a directory of its own, for each test. */
@ExtendWith(LeakWatch.class)
public abstract class EngineFixture {
    protected static NoteModel model;

    @TempDir
    protected Path folder;

    protected Path socket;
    protected Engine engine;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void unload() {
        model.close();
    }

    @BeforeEach
    void listen() throws Exception {
        socket = folder.resolve("run").resolve("engine.sock");
        engine = new Engine(model, "continuo test", new OperatingSystem.Unknown("test"), log::add);
        engine.keepTakesIn(folder.resolve("takes"));
        engine.listen(socket);
    }

    @AfterEach
    void end() throws Exception {
        assertTrue(engine.end(), "a band did not stop");
        assertEquals(
                List.of(),
                log.stream().filter(line -> !line.startsWith("band:")).toList());
    }

    /** Waits until something is so, for half a minute at most. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + what);
            Thread.sleep(5);
        }
    }
}
