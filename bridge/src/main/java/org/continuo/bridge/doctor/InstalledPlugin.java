package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plugin as it lies in a folder that hosts look into.
 *
 * @param version that its file speaks of; null where it speaks of none
 */
record InstalledPlugin(PluginFormat format, Path bundle, String version) {
    /** Stands in the file, whatever the format: see version_mark in native-shim/plugin/instance.cpp. */
    private static final String MARK = "continuo-plugin-version=";

    private static final long LARGEST = 64L << 20;

    /** Every one of a format. Reads the files and runs nothing of them. */
    static List<InstalledPlugin> all(PluginFormat format, Surroundings where) throws IOException {
        List<InstalledPlugin> found = new ArrayList<>();
        for (Path folder : PluginFolders.of(format, where)) {
            Path bundle = folder.resolve(format.bundle());
            if (Files.exists(bundle)) {
                found.add(new InstalledPlugin(format, bundle, versionIn(bundle)));
            }
        }
        return found;
    }

    private static String versionIn(Path bundle) throws IOException {
        try (Stream<Path> files = Files.walk(bundle, 4)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String version = Files.size(file) > LARGEST ? null : markIn(Files.readAllBytes(file));
                if (version != null) {
                    return version;
                }
            }
        }
        return null;
    }

    private static String markIn(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(MARK);
        int end = at < 0 ? -1 : text.indexOf(';', at);
        return end < 0 ? null : text.substring(at + MARK.length(), end);
    }
}
