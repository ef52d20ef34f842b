package org.continuo.bridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.continuo.bridge.daw.Clip;
import org.continuo.bridge.daw.ClipFile;
import org.continuo.bridge.daw.DawAnswer;
import picocli.CommandLine;

/** Has continue, accompany or harmonize work on a clip that a workstation has, as if it were a file. */
final class ClipWork {
    /** What can be made of a clip; each is a command of that name. */
    enum Kind {
        CONTINUE,
        ACCOMPANY,
        HARMONIZE
    }

    private static final String SAID = "continuo: ";

    private ClipWork() {}

    /**
     * Blocks as long as the command does.
     *
     * @param options more words for the command, such as --bars 8
     * @throws UsageException if the command does not take them
     * @throws IOException with the command's own line, if it failed
     */
    static DawAnswer on(Clip clip, Kind kind, List<String> options, Interruption interruption) throws Exception {
        if (clip.notes().isEmpty()) {
            throw new IOException("the clip has no notes; select one that has");
        }
        if (options.stream().anyMatch(option -> option.startsWith("--takes"))) {
            throw new UsageException("--takes: a clip has one answer at a time; ask again for another");
        }
        Path folder = Files.createTempDirectory("continuo-clip");
        Path given = folder.resolve("clip.mid");
        Path made = folder.resolve("made.mid");
        try {
            ClipFile.write(clip, given);
            List<String> words = new ArrayList<>(
                    List.of(kind.name().toLowerCase(Locale.ROOT), given.toString(), "-o", made.toString()));
            words.addAll(options);
            StringWriter messages = new StringWriter();
            CommandLine line = Continuo.commandLine(interruption)
                    .setOut(new PrintWriter(new StringWriter()))
                    .setErr(new PrintWriter(messages, true));
            int code = line.execute(words.toArray(new String[0]));
            interruption.check();
            if (code != 0) {
                // The last that is said so: before it stand remarks on the clip, after it where to look.
                String why = messages.toString()
                        .lines()
                        .filter(message -> message.startsWith(SAID))
                        .reduce((before, last) -> last)
                        .orElse(SAID + "it failed")
                        .substring(SAID.length());
                if (code == CommandLine.ExitCode.USAGE) {
                    throw new UsageException(why);
                }
                throw new IOException(why);
            }
            boolean continued = kind == Kind.CONTINUE;
            DawAnswer music = ClipFile.read(clip, made, continued);
            return continued ? music.later(ClipFile.silence(clip, given)) : music;
        } finally {
            Files.deleteIfExists(given);
            Files.deleteIfExists(made);
            Files.deleteIfExists(folder);
        }
    }
}
