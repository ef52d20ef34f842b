package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.continuo.engine.midi.WholeFile;

/**
 * Where the takes of a clip go, and the pictures of them. One take goes where the user says; of several, the names are
 * numbered from -1 on.
 *
 * @param clip the clip, never to be written to; or the name that one would have
 * @param suffix what is added to the clip's name for the result's
 * @param output the user's choice of a MIDI file; null for one beside the clip
 * @param picture the user's choice of a picture; null for none
 */
record OutputFiles(Path clip, String suffix, Path output, Path picture, int takes) {
    private static final String MIDI = ".mid";
    private static final String PNG = ".png";

    /** @param take from 1 */
    Path music(int take) {
        Path wanted = output == null ? clip.resolveSibling(stem(clip) + suffix + MIDI) : output;
        return numbered(wanted, take, MIDI);
    }

    /** @return null where none is wanted */
    Path picture(int take) {
        return picture == null ? null : numbered(picture, take, PNG);
    }

    private Path numbered(Path file, int take, String extension) {
        return takes == 1 ? file : file.resolveSibling(stem(file) + "-" + take + extension);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)\\.(midi?|png)$", "");
    }

    /** Refuses what cannot be written to or would take the clip's place, before any work is done. */
    void check() throws UsageException, IOException {
        checkPlaces();
        for (int take = 1; take <= takes && Files.exists(clip); take++) {
            checkIsNot("-o", music(take), clip, "the clip itself");
            if (picture != null) {
                checkIsNot("--picture", picture(take), clip, "the clip itself");
            }
        }
    }

    /** Refuses what cannot be written to, where no clip is given: a file that has the name of one is no more than another. */
    void checkPlaces() throws UsageException, IOException {
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
