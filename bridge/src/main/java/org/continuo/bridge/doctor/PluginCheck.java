package org.continuo.bridge.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The plugin in the folders that hosts look into: which formats there are, and whether they are of this engine's version. */
public final class PluginCheck implements Check {
    private final Surroundings where;
    private final String version;
    private final boolean installed;

    /**
     * @param version of this engine
     * @param installed whether this engine was installed: then its plugins were too
     */
    public PluginCheck(Surroundings where, String version, boolean installed) {
        this.where = where;
        this.version = version;
        this.installed = installed;
    }

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<PluginFormat> missing = new ArrayList<>();
        List<PluginFormat> wanted = wanted();
        for (PluginFormat format : wanted) {
            List<InstalledPlugin> found = InstalledPlugin.all(format, where);
            if (found.isEmpty()) {
                missing.add(format);
            }
            for (InstalledPlugin plugin : found) {
                findings.add(judge(plugin));
            }
            if (found.size() > 1) {
                findings.add(Finding.note(
                        name(),
                        "there are " + found.size() + " " + format + " plugins; hosts take "
                                + found.get(0).bundle(),
                        "keep one: remove " + found.get(found.size() - 1).bundle()));
            }
        }
        if (missing.size() == wanted.size()) {
            String remedy = installed
                    ? "install Continuo again (./install, or apt reinstall continuo)"
                    : "native-shim/build, then link its bundles as native-shim/README.md says";
            findings.add(
                    installed
                            ? Finding.wrong(name(), "no plugin in any folder that hosts look into", remedy)
                            : Finding.note(name(), "no plugin in any folder that hosts look into", remedy));
        } else if (!missing.isEmpty()) {
            findings.add(Finding.note(
                    name(),
                    "not there: " + missing,
                    "only hosts of that format miss it; install Continuo again to have it"));
        }
        return findings;
    }

    /** What the package of this system brings: those for macOS and Windows have no LV2. */
    private List<PluginFormat> wanted() {
        return where.isMac() || where.isWindows()
                ? List.of(PluginFormat.CLAP, PluginFormat.VST3)
                : List.of(PluginFormat.values());
    }

    private Finding judge(InstalledPlugin plugin) {
        String found = plugin.format() + " " + (plugin.version() == null ? "of no known version" : plugin.version())
                + " in " + plugin.bundle();
        return version.equals(plugin.version())
                ? Finding.fine(name(), found)
                : Finding.wrong(
                        name(),
                        found + "; this engine is " + version,
                        "install plugin and engine from one package, or remove " + plugin.bundle());
    }
}
