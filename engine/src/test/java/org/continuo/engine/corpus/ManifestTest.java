package org.continuo.engine.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final String HEADER = "path\tcomposer\tstyle\tperformance\tsplit\tnote\n";

    @TempDir
    Path folder;

    @Test
    void musicThatMayNotShipIsLeftOut() throws IOException {
        List<Manifest.Entry> entries = read("midi/pd-cc0/a/1.mid\tbach\tbaroque\tno\ttrain\t\n"
                + "midi/nc/asap/2.mid\tbach\tbaroque\tyes\ttrain\t\n"
                + "midi/gpl/nottingham/3.mid\ttraditional\tfolk\tno\ttrain\t\n"
                + "midi/gpl/mma-synth/4.mid\tsynthetic\tdisco\tno\ttrain\tstock chord progression\n"
                + "midi/gpl/mma-synth/5.mid\tsynthetic\tdisco\tno\ttrain\tmelody of Nottingham ashover10\n");

        assertEquals(
                List.of("midi/pd-cc0/a/1.mid", "midi/gpl/mma-synth/4.mid"),
                entries.stream().map(Manifest.Entry::path).toList());
    }

    @Test
    void aPieceCarriesItsComposerFirstThenItsBroadStyle() throws IOException {
        Manifest.Entry entry = read("midi/cc-by-sa/piano/1.mid\tchopin\tromantic\tyes\tvalid\t\n")
                .get(0);

        assertEquals(List.of(Style.indexOf("chopin"), Style.indexOf("romantic")), entry.styles());
        assertEquals(Conditions.Kind.PERFORMED, entry.kind());
        assertEquals("valid", entry.split());
    }

    @Test
    void thinStylesAreMergedAndUnknownOnesLeftOpen() throws IOException {
        List<Manifest.Entry> entries = read("midi/pd-cc0/a/1.mid\tnobody\tgospel\tno\ttrain\t\n"
                + "midi/pd-cc0/a/2.mid\tnobody\tpolka-metal\tno\ttrain\t\n");

        assertEquals(List.of(Style.indexOf("blues")), entries.get(0).styles());
        assertEquals(List.of(), entries.get(1).styles());
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Files.writeString(folder.resolve(Manifest.FILE_NAME), "path\tcomposer\n");

        IOException e = assertThrows(IOException.class, () -> Manifest.readShippable(folder));

        assertEquals(folder.resolve(Manifest.FILE_NAME) + " has no column 'style'", e.getMessage());
    }

    @Test
    void anEmptyLineIsNoPieceAndOneThatIsTooShortIsNamed() throws IOException {
        String piece = "midi/pd-cc0/a/1.mid\tbach\tbaroque\tno\ttest\n";

        assertEquals(1, read(piece + "\n").size(), "nor does it take a note");

        IOException e = assertThrows(IOException.class, () -> read(piece + "\nmidi/pd-cc0/a/2.mid\tbach\n"));
        assertEquals(folder.resolve(Manifest.FILE_NAME) + ", line 4 has no style", e.getMessage());
    }

    private List<Manifest.Entry> read(String lines) throws IOException {
        Files.writeString(folder.resolve(Manifest.FILE_NAME), HEADER + lines);
        return Manifest.readShippable(folder);
    }
}
