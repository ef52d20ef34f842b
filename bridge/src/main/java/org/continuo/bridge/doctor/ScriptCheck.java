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
 * version, and the program's own (Ardour's {@code lua_search_path}). Other workstations' scripts lie where their user put
 * them.
 */
public final class ScriptCheck implements Check {
    private static final String SCRIPT = "continuo.lua";
    private static final Pattern FOLDER = Pattern.compile("[Aa]rdour-?(\\d{1,4}).*");

    private final Surroundings where;
    private final Path ours;

    /** @param ours the folder of scripts that came with this program; null where it is not known */
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
        for (String folder : List.of("usr/share", "usr/local/share", "opt")) {
            find(where.root().resolve(folder), ardours);
        }
        List<Finding> findings = new ArrayList<>();
        ardours.forEach((version, folders) -> findings.add(judge(version, folders, config)));
        return findings;
    }

    private Finding judge(int version, List<Path> folders, Path config) {
        for (Path folder : folders) {
            Path script = folder.resolve("scripts").resolve(SCRIPT);
            if (Files.exists(script)) {
                return Finding.fine(name(), "Ardour " + version + " has " + script);
            }
        }
        Path source = (ours == null ? Path.of("installers", "daw") : ours)
                .resolve("ardour")
                .resolve(SCRIPT);
        return Finding.note(
                name(),
                "Ardour " + version + " does not have the script that goes on from a selected region",
                "link " + source + " into "
                        + config.resolve((where.isMac() ? "Ardour" : "ardour") + version)
                                .resolve("scripts"));
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
