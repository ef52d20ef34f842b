package org.continuo.engine.prompts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.continuo.engine.token.Score;

/**
 * A short opening that music may go on from: what the clips in installers/examples hold. Composers long dead, and one of
 * our own. Immutable, thread-safe.
 *
 * @param name for file names and command lines
 * @param title for people
 * @param bars whole bars, rests at the end included
 * @param tempo quarter notes a minute
 */
public record StartingPrompt(String name, String title, Score score, int bars, int tempo) {
    public static final List<String> NAMES =
            List.of("fur-elise", "prelude-in-c", "turkish-march", "fifth-symphony", "four-bar-band");

    /**
     * One of {@link #NAMES}. Blocks on the class path for a moment.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static StartingPrompt named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no prompt '" + name + "'; there are " + String.join(", ", NAMES));
        }
        try (InputStream in = StartingPrompt.class.getResourceAsStream(name + ".txt")) {
            return Notation.read(name, new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(name + ".txt in the engine cannot be read", e);
        }
    }

    public int microsPerQuarter() {
        return Math.round(60e6f / tempo);
    }
}
