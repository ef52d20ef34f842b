package org.continuo.engine.prompts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;

/**
 * A short opening that music may go on from: what the clips in installers/examples hold. Composers long dead, and some of
 * our own. Immutable, thread-safe.
 *
 * @param name for file names and command lines
 * @param title for people
 * @param style that music going on from it is asked for unless told otherwise; null for none
 * @param bars whole bars, rests at the end included
 * @param tempo quarter notes a minute
 */
public record StartingPrompt(String name, String title, String style, Score score, int bars, int tempo) {
    /** The name of no music at all. */
    public static final String NOTHING = "none";

    public static final List<String> NAMES = List.of(
            "fur-elise",
            "prelude-in-c",
            "turkish-march",
            "fifth-symphony",
            "spring",
            "swan-lake",
            "old-hundredth",
            "greensleeves",
            "scarborough-fair",
            "the-entertainer",
            "when-the-saints",
            "twelve-bar-blues",
            "rock-band",
            "bossa-nova",
            "four-bar-band");

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

    /** No music: only a meter, and a tempo in quarter notes a minute. */
    public static StartingPrompt nothing(Meter meter, int tempo) {
        return new StartingPrompt(NOTHING, "From nothing", null, new Score(MeterMap.of(meter), List.of()), 0, tempo);
    }

    /** The same in another tempo. */
    public StartingPrompt withTempo(int quartersAMinute) {
        return new StartingPrompt(name, title, style, score, bars, quartersAMinute);
    }

    public int microsPerQuarter() {
        return Math.round(60e6f / tempo);
    }
}
