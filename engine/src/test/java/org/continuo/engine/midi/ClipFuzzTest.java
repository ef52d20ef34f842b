package org.continuo.engine.midi;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Scores;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * MIDI files that a fuzzer found. A test run reads those of the corpus, {@code ClipFuzzTestInputs}, the example clips and some
 * made ones; with {@code -Pfuzz} the fuzzer starts from all of them and looks for more.
 */
class ClipFuzzTest {
    private static final Path EXAMPLES = Path.of("..", "installers", "examples");
    private static final int MADE = 8;

    static Stream<Arguments> clips() throws IOException {
        List<byte[]> clips = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".mid")).sorted().toList()) {
                clips.add(Files.readAllBytes(file));
            }
        }
        for (long seed = 0; seed < MADE; seed++) {
            Score score = Scores.random(seed);
            clips.add(MidiWriter.bytes(score, score.bars(), 500_000));
        }
        return clips.stream().map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("clips")
    @FuzzTest(maxDuration = "60s")
    void everyFileIsAClipToGoOnFromOrRefusedInOneLine(byte[] file) {
        ReadOrRefused.read(file);
    }
}
