package org.continuo.bridge.jam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JamScriptTest {
    @TempDir
    Path folder;

    private JamScript parse(String... lines) throws IOException {
        return JamScript.parse("test", List.of(lines), folder);
    }

    @Test
    void stepsAreInTheOrderOfTheirTimesAndThenOfTheirLines() throws IOException {
        JamScript script = parse(
                "# a comment",
                "",
                "at 8 stop   # and another",
                "at 8 seek -4",
                "tempo 100",
                "at 2 note 0 60 80 1",
                "set chords C F#m7b5 % G/B",
                "until 16");
        assertEquals(
                List.of(0.0, 0.0, 2.0, 3.0, 8.0, 8.0),
                script.steps().stream().map(JamScript.Step::at).toList());
        assertEquals(16, script.length());
    }

    @Test
    void whatIsForEverySoManyQuartersHappensAgainUpToTheEnd() throws IOException {
        JamScript script = parse("every 4 at 2 discard", "every 6 note 0 60 80 1", "until 12");
        assertEquals(
                List.of(0.0, 1.0, 2.0, 6.0, 6.0, 7.0, 10.0),
                script.steps().stream().map(JamScript.Step::at).toList());
    }

    @Test
    void aKeyThatIsStruckAgainWhileItIsDownIsLetGoOfByTheLastStroke() throws IOException {
        assertEquals(
                List.of("60 0.0..2.0", "60 2.0..6.0", "60 8.0..9.0"),
                played("at 0 note 0 60 80 4", "at 2 note 0 60 80 4", "at 8 note 0 60 80 1"));
        // The later stroke stands first: at its moment it comes before the end of the other.
        assertEquals(List.of("60 0.0..4.0", "60 4.0..6.0"), played("at 4 note 0 60 80 2", "at 0 note 0 60 80 4"));
        assertEquals(List.of("60 0.0..0.0", "60 0.0..4.0"), played("note 0 60 80 2", "note 0 60 80 4"));
        assertEquals(List.of("60 0.0..4.0", "62 2.0..6.0"), played("at 0 note 0 60 80 4", "at 2 note 0 62 80 4"));
    }

    /** What the musician plays in a jam with nobody. */
    private List<String> played(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("until 16");
        try (JamHost host = new JamHost(plans -> new Nobody(), PerformerSettings.DEFAULT, Ear.NONE, System::nanoTime)) {
            host.start();
            for (JamScript.Step step : parse(all.toArray(new String[0])).steps()) {
                host.advance(step.at());
                step.act().on(host);
            }
            return host.played().stream()
                    .map(note -> note.pitch() + " " + note.start() + ".." + note.end())
                    .toList();
        }
    }

    /** A partner that hears nothing and plays nothing. */
    private static final class Nobody implements Partner {
        @Override
        public void tell(Consumer<Performer> word) {}

        @Override
        public boolean work(double performance, double rate) {
            return false;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sing                | 'sing' is no word of scripts",
                "tempo               | here a tempo is missing",
                "tempo 1000          | '1000' is not a tempo, a number 5..999",
                "tempo NaN           | 'NaN' is not a tempo",
                "tempo 100 120       | '120' is too much",
                "meter 4/5           | '4/5' is not a meter",
                "part 0 kazoo model  | 'kazoo' is none of the ten instruments",
                "part 0 piano me     | 'me' is not musician, model or nobody",
                "part 16 piano model | '16' is not a channel",
                "set volume 11       | 'volume' is no setting",
                "set mode dance      | mode cannot be 'dance'",
                "set density 2.5     | density is a whole number",
                "set end 65          | end is a whole number",
                "loop 4 4            | '4' is not a host beat",
                "at -1 stop          | '-1' is not a time",
                "every 0 discard     | '0' is not how often",
                "every 4             | here a word is missing",
                "every 4 until 8     | 'until' is no word",
                "every 4 expect x 1..1 | 'expect' is for the whole jam",
                "at 1                | here a word is missing",
                "note 0 60 80        | here a length is missing",
                "play none.mid on 0  | no such file",
                "play a.mid at 0     | 'at' where 'on' is wanted",
                "expect joy 0..1     | 'joy' is no figure",
                "expect last-note 1  | '1' are no bounds",
                "expect in-scale H 1..1 | 'H' is no key"
            })
    void aLineThatCannotBeIsNamedAndSaysWhatIsWrong(String line, String reason) {
        ScriptException refusal = assertThrows(ScriptException.class, () -> parse("", line, "until 4"));
        assertTrue(refusal.getMessage().startsWith("test, line 2: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @Test
    void aJamWithoutAnEndIsRefused() {
        String message =
                assertThrows(ScriptException.class, () -> parse("tempo 100")).getMessage();
        assertEquals("test: say how long the jam is, such as 'until 64'", message);
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("x.jam"), new byte[] {(byte) 0xc3, 0x28});
        assertThrows(ScriptException.class, () -> JamScript.read(file));
        assertThrows(ScriptException.class, () -> JamScript.read(folder));
        Path large = Files.write(folder.resolve("y.jam"), new byte[(1 << 20) + 1]);
        assertThrows(ScriptException.class, () -> JamScript.read(large));
    }
}
