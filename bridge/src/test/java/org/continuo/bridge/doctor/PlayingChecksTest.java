package org.continuo.bridge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that load the model and play. */
class PlayingChecksTest {
    @TempDir
    Path folder;

    private void copyModel() throws Exception {
        for (String file : List.of("model.json", "model.onnx")) {
            try (InputStream in = ModelFolder.class.getResourceAsStream("s/" + file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    private ModelCheck fromFolder() {
        return new ModelCheck(() -> NoteModel.load(ModelFolder.read(folder)));
    }

    @Test
    void aWholeModelIsFineAndPlaysARoundTrip() throws Exception {
        copyModel();
        try (ModelCheck model = fromFolder()) {
            assertEquals(Finding.State.FINE, model.look().get(0).state());
            Finding trip = new RoundTripCheck(model).look().get(0);
            assertEquals(Finding.State.FINE, trip.state(), trip.found());
        }
    }

    @Test
    void aModelWithOneWrongByteIsFoundByItsHashAndNothingIsPlayedWithIt() throws Exception {
        copyModel();
        byte[] graph = Files.readAllBytes(folder.resolve("model.onnx"));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve("model.onnx"), graph);
        try (ModelCheck model = fromFolder()) {
            Finding finding = model.look().get(0);
            assertEquals(Finding.State.WRONG, finding.state());
            assertTrue(finding.found().contains("hash"), finding.found());
            assertEquals(
                    Finding.State.NOTE, new RoundTripCheck(model).look().get(0).state());
            assertEquals(
                    Finding.State.NOTE,
                    new SpeedCheck(model, System::nanoTime).look().get(0).state());
        }
    }

    @Test
    void speedIsJudgedByWhatLivePlayingNeeds() {
        SpeedCheck speed = new SpeedCheck(fromFolder(), System::nanoTime);
        assertEquals(Finding.State.FINE, speed.judge(42).state());
        assertTrue(
                speed.judge(42).found().contains("take 1/42 of their time"),
                speed.judge(42).found());
        assertEquals(Finding.State.NOTE, speed.judge(3).state());
        assertEquals(Finding.State.WRONG, speed.judge(1.5).state());
    }

    @Test
    void aSystemThatGrantsNothingIsToldHowToGrantIt() throws Exception {
        List<Finding> findings = new RealTimeCheck(new OperatingSystem.Unknown("test"), "Linux").look();
        assertEquals(2, findings.size());
        for (Finding finding : findings) {
            assertEquals(Finding.State.NOTE, finding.state(), finding.found());
            assertTrue(finding.remedy().contains("limits.d"), finding.remedy());
        }
    }

    @Test
    void aJavaThatIsTooOldOrWithoutARuntimeForItIsWrong() {
        assertEquals(
                Finding.State.FINE,
                new JavaCheck(17, "Linux", "amd64").look().get(0).state());
        assertEquals(
                Finding.State.WRONG,
                new JavaCheck(11, "Linux", "amd64").look().get(0).state());
        assertEquals(
                Finding.State.WRONG,
                new JavaCheck(21, "Mac OS X", "x86_64").look().get(0).state());
    }

    @Test
    void aCheckThatFailsItselfIsAFindingAndTheNextIsMade() throws Exception {
        Check broken = new Check() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Finding> look() {
                throw new IllegalStateException("no disk");
            }
        };
        List<Finding> findings = Examination.of(List.of(broken, new JavaCheck(17, "Linux", "amd64")), finding -> {});
        assertEquals(2, findings.size());
        assertEquals(Finding.State.WRONG, findings.get(0).state());
        assertTrue(findings.get(0).found().contains("no disk"), findings.get(0).found());
    }
}
