package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.roll.PianoRoll;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Puts takes where the user wants them: the music, its picture where one is asked for, a line of figures.
 *
 * @param what the music that was given and what was done with it, for the picture's title
 */
record TakeWriter(OutputFiles files, TakeOptions options, PrintWriter out, String what, String model) {
    /** Writes a MIDI file. */
    interface Music {
        void write(Path file) throws Exception;
    }

    /**
     * Writes one take, and tells of it.
     *
     * @param number from 1
     * @param bars that are told of
     * @param given what the picture shows beside the take
     */
    void write(int number, TakePlayer.Timed timed, int bars, Score given, Music music) throws Exception {
        Path file = files.music(number);
        music.write(file);
        tell(number, timed, bars, given, 0, file);
    }

    /**
     * Draws the picture of a take whose music is written, and tells of it.
     *
     * @param line the tick at which the picture has its line; 0 for none
     * @param file where its music is
     */
    void tell(int number, TakePlayer.Timed timed, int bars, Score given, int line, Path file) throws Exception {
        Take take = timed.take();
        Path picture = files.picture(number);
        if (picture != null) {
            List<Note> all = new ArrayList<>(given.notes());
            all.addAll(take.notes());
            String title = what + " (seed " + take.seed() + ", model " + model + ")";
            new PianoRoll(title, given.meters(), all, line, take.end()).write(picture);
        }
        options.print(
                out,
                new TakeReport(
                        file,
                        picture,
                        bars,
                        take.notes().size(),
                        take.tokens(),
                        timed.seconds(),
                        take.tokensInAll(),
                        timed.judged(),
                        take.seed(),
                        model));
    }
}
