package org.continuo.bridge.doctor;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where hosts look for plugins. CLAP: clap/entry.h; VST3: "Plug-in Locations" of its developer portal; LV2: lilv's default
 * path (lilv_world_load_all).
 */
final class PluginFolders {
    private PluginFolders() {}

    /** The folders of a format, in the order in which hosts look. */
    static List<Path> of(PluginFormat format, Surroundings where) {
        Set<Path> folders = new LinkedHashSet<>(named(format, where));
        if (where.isMac()) {
            folders.add(where.home().resolve("Library/Audio/Plug-Ins").resolve(format.macName()));
            folders.add(where.root().resolve("Library/Audio/Plug-Ins").resolve(format.macName()));
        } else if (where.isWindows()) {
            Path programs = where.named("COMMONPROGRAMFILES", where.root().resolve("Program Files/Common Files"));
            Path ours = where.named("LOCALAPPDATA", where.home().resolve("AppData/Local"));
            folders.add(ours.resolve("Programs/Common").resolve(format.macName()));
            folders.add(programs.resolve(format.macName()));
        } else {
            folders.add(where.home().resolve("." + format.folder()));
            folders.add(where.root().resolve("usr/local/lib").resolve(format.folder()));
            folders.add(where.root().resolve("usr/lib").resolve(format.folder()));
        }
        return List.copyOf(folders);
    }

    private static List<Path> named(PluginFormat format, Surroundings where) {
        List<Path> folders = new ArrayList<>();
        String value = where.environment().apply(format.variable());
        if (value != null) {
            for (String folder : value.split(File.pathSeparator)) {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            }
        }
        return folders;
    }
}
