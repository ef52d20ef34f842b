package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.midi.WholeFile;

/**
 * Where takes go, and the pictures of them. One take goes where the user says; of several, the names are numbered from -1
 * on.
 *
 * @param usual where music goes unless the user says
 * @param output the user's choice of a MIDI file; null for the usual one
 * @param picture the user's choice of a picture; null for none
 */
record OutputFiles(Usual usual, Path output, Path picture, int takes) {
    /** Where music goes unless the user says. */
    sealed interface Usual {
        Path file();
    }

    /**
     * Beside a clip.
     *
     * @param clip never to be written to
     * @param suffix what is added to its name
     */
    record BesideClip(Path clip, String suffix) implements Usual {
        @Override
        public Path file() {
            return clip.resolveSibling(stem(clip) + suffix + MIDI);
        }

        private boolean isThere() {
            return Files.exists(clip) && !Files.isDirectory(clip);
        }
    }

    /** Music that is made of no clip has a name of its own. */
    record Named(Path file) implements Usual {}

    private static final String MIDI = ".mid";
    private static final String PNG = ".png";

    /** @param take from 1 */
    Path music(int take) {
        return numbered(output == null ? usual.file() : output, take, MIDI);
    }

    /** Where the user wants a take; null for wherever takes usually go. */
    Path chosen(int take) {
        return output == null ? null : music(take);
    }

    /** @return null where none is wanted */
    Path picture(int take) {
        return picture == null ? null : numbered(picture, take, PNG);
    }

    /** Writes a take's MIDI file; an implementation of {@link ContinuationOptions.Keeping}. */
    Path write(int number, Take take, byte[] midi) throws IOException {
        Path file = music(number);
        WholeFile.write(file, midi);
        return file;
    }

    private Path numbered(Path file, int take, String extension) {
        return takes == 1 ? file : file.resolveSibling(stem(file) + "-" + take + extension);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)\\.(midi?|png)$", "");
    }

    /** Refuses what cannot be written to or would take the clip's place, before any work is done. */
    void check() throws UsageException, IOException {
        if (output == null && usual instanceof BesideClip beside && !beside.isThere()) {
            return; // what is wrong with the clip is said when it is read, not of a place beside it that nobody named
        }
        checkPlaces();
        if (usual instanceof BesideClip beside && Files.exists(beside.clip)) {
            for (int take = 1; take <= takes; take++) {
                checkIsNot("-o", music(take), beside.clip, "the clip itself");
                if (picture != null) {
                    checkIsNot("--picture", picture(take), beside.clip, "the clip itself");
                }
            }
        }
    }

    private void checkPlaces() throws UsageException, IOException {
        checkName("-o", output);
        checkName("--picture", picture);
        Set<Path> taken = new HashSet<>();
        for (int take = 1; take <= takes; take++) {
            check("-o", music(take), taken);
            if (picture != null) {
                check("--picture", picture(take), taken);
            }
        }
    }

    private static void checkName(String option, Path file) throws UsageException {
        if (file != null && (file.getFileName() == null || file.toString().isEmpty())) {
            throw new UsageException(option + " '" + file + "' names no file");
        }
    }

    /** Refuses a file that an option names where none can be. */
    static void checkPlace(String option, Path file) throws UsageException, IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(option + " " + file + ": there is no folder " + folder + "; make it first");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + " is a folder; name a file in it");
        }
        WholeFile.checkPlace(file);
    }

    /** Refuses a file that would take the place of one that the music is made from: {@code given}, which is there. */
    static void checkIsNot(String option, Path file, Path given, String what) throws UsageException, IOException {
        if (Files.exists(file) && Files.isSameFile(file, given)) {
            throw new UsageException(option + " " + file + " is " + what + "; choose another name");
        }
    }

    private static void check(String option, Path file, Set<Path> taken) throws UsageException, IOException {
        checkPlace(option, file);
        if (!taken.add(file.toAbsolutePath().normalize())) {
            throw new UsageException(option + " " + file + " is written to twice; choose another name");
        }
    }
}
