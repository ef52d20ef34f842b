package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What hosts remember of a scan that failed: a plugin that stands there is not looked at again, however well it works now. */
public final class HostCacheCheck implements Check {
    private static final long LARGEST = 16L << 20;

    private final Surroundings where;

    public HostCacheCheck(Surroundings where) {
        this.where = where;
    }

    @Override
    public String name() {
        return "host caches";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        int looked = 0;
        for (Path list : files(cacheFolder(), "ardour*", "vst3_*blacklist.txt")) {
            looked++;
            if (lines(list).stream().anyMatch(line -> line.contains(PluginFormat.VST3.bundle()))) {
                findings.add(
                        Finding.wrong(
                                name(),
                                "Ardour has the plugin on its blacklist " + list,
                                "in Ardour: Edit > Preferences > Plugins > VST > Clear VST3 Blacklist, then scan; or delete the file"));
            }
        }
        for (Path list :
                files(reaperFolder().getParent(), reaperFolder().getFileName().toString(), "reaper-*plugins*.ini")) {
            looked++;
            // FILE=TIME,ID,NAME; without id and name, or with id 0, the scan failed.
            if (lines(list).stream().anyMatch(HostCacheCheck::reaperGaveUp)) {
                findings.add(Finding.wrong(
                        name(),
                        "REAPER could not scan the plugin once: " + list,
                        "in REAPER: Options > Preferences > Plug-ins > VST > Re-scan > Clear cache and re-scan"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.fine(
                    name(),
                    looked == 0
                            ? "no host has written down a failed scan"
                            : "no failed scan of the plugin in " + looked + " lists"));
        }
        return findings;
    }

    private static boolean reaperGaveUp(String line) {
        if (!line.startsWith(PluginFormat.VST3.bundle() + "=")) {
            return false;
        }
        String[] fields = line.substring(line.indexOf('=') + 1).split(",", 3);
        return fields.length < 3 || fields[2].isBlank();
    }

    private Path cacheFolder() {
        if (where.isMac()) {
            return where.home().resolve("Library/Caches");
        }
        return where.isWindows()
                ? where.named("LOCALAPPDATA", where.home().resolve("AppData/Local"))
                : where.named("XDG_CACHE_HOME", where.home().resolve(".cache"));
    }

    private Path reaperFolder() {
        if (where.isMac()) {
            return where.home().resolve("Library/Application Support/REAPER");
        }
        return where.isWindows()
                ? where.named("APPDATA", where.home().resolve("AppData/Roaming"))
                        .resolve("REAPER")
                : where.named("XDG_CONFIG_HOME", where.home().resolve(".config"))
                        .resolve("REAPER");
    }

    private static List<Path> files(Path folder, String folders, String names) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder, folders)) {
                for (Path host : inside) {
                    if (Files.isDirectory(host)) {
                        try (DirectoryStream<Path> lists = Files.newDirectoryStream(host, names)) {
                            lists.forEach(found::add);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.size(file) > LARGEST
                ? List.of()
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
    }
}
