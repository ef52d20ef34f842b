package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The script that goes on from a selected region, where each Ardour of this machine looks for it: the user's folder of that
 * version, and the program's own (Ardour's {@code lua_search_path}). Ardour's own build for Linux, a folder in /opt, looks into
 * itself where a system's looks below /usr. Other workstations' scripts lie where their user put them.
 */
public final class ScriptCheck implements Check {
    private static final String SCRIPT = "continuo.lua";
    private static final Pattern FOLDER = Pattern.compile("[Aa]rdour-?(\\d{1,4}).*");

    private final Surroundings where;
    private final Path ours;

    /** @param ours the folder of scripts that came with this program, absolute */
    public ScriptCheck(Surroundings where, Path ours) {
        this.where = where;
        this.ours = ours;
    }

    @Override
    public String name() {
        return "scripts";
    }

    @Override
    public List<Finding> look() throws IOException {
        Map<Integer, List<Path>> ardours = new TreeMap<>();
        Path config = config();
        find(config, ardours);
        for (String folder : List.of("usr/share", "usr/local/share")) {
            find(where.root().resolve(folder), ardours);
        }
        find(builds(), ardours);
        List<Finding> findings = new ArrayList<>();
        ardours.forEach((version, folders) -> findings.add(judge(version, folders, config)));
        return findings;
    }

    private Finding judge(int version, List<Path> folders, Path config) {
        List<Path> users = folders.stream().filter(f -> f.startsWith(config)).toList();
        List<Path> builds = folders.stream().filter(f -> f.startsWith(builds())).toList();
        List<Path> found = new ArrayList<>(have(users, "scripts"));
        if (found.isEmpty() && !builds.isEmpty()) {
            List<Path> own = have(builds, "share/scripts");
            // Of several builds each has to have it: which of them plays is not known.
            found.addAll(own.size() == builds.size() ? own : List.of());
        } else if (found.isEmpty()) {
            found.addAll(have(folders, "scripts"));
        }
        if (!found.isEmpty()) {
            return Finding.fine(name(), "Ardour " + version + " has " + found.get(0));
        }
        Path source = ours.resolve("ardour").resolve(SCRIPT);
        Path folder =
                config.resolve((where.isMac() ? "Ardour" : "ardour") + version).resolve("scripts");
        String remedy = where.isWindows()
                ? "copy " + source + " into " + folder
                : "mkdir -p " + Finding.quoted(folder) + " && ln -sf " + Finding.quoted(source) + " "
                        + Finding.quoted(folder);
        return Finding.note(
                name(), "Ardour " + version + " does not have the script that goes on from a selected region", remedy);
    }

    private static List<Path> have(List<Path> folders, String scripts) {
        return folders.stream()
                .map(folder -> folder.resolve(scripts).resolve(SCRIPT))
                .filter(Files::exists)
                .toList();
    }

    /** Where Ardour's own builds lie. */
    private Path builds() {
        return where.root().resolve("opt");
    }

    private Path config() {
        if (where.isMac()) {
            return where.home().resolve("Library/Preferences");
        }
        return where.isWindows()
                ? where.named("LOCALAPPDATA", where.home().resolve("AppData/Local"))
                : where.named("XDG_CONFIG_HOME", where.home().resolve(".config"));
    }

    private static void find(Path folder, Map<Integer, List<Path>> ardours) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[Aa]rdour*")) {
            for (Path each : found) {
                Matcher matcher = FOLDER.matcher(each.getFileName().toString());
                if (matcher.matches() && Files.isDirectory(each)) {
                    int version = Integer.parseInt(matcher.group(1));
                    ardours.computeIfAbsent(version, none -> new ArrayList<>()).add(each);
                }
            }
        }
    }
}
