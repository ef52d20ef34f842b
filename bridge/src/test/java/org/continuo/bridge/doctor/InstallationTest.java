package org.continuo.bridge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins and hosts' caches in folders as a musician's machine has them. */
class InstallationTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private Surroundings linux;

    @BeforeEach
    void place() {
        home = folder.resolve("home");
        linux = new Surroundings(environment::get, home, "Linux", folder);
    }

    private static Path put(Path file, String content) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void plugin(Path file, String version) throws Exception {
        put(file, "\u007fELF\0\0continuo-plugin-version=" + version + ";\0\0more");
    }

    private List<Finding> plugins(boolean installed) throws Exception {
        return new PluginCheck(linux, "0.1.0", installed).look();
    }

    private List<Finding> caches() throws Exception {
        return new HostCacheCheck(linux).look();
    }

    @Test
    void allThreeFormatsOfOurVersionAreFine() throws Exception {
        plugin(home.resolve(".clap/continuo.clap"), "0.1.0");
        plugin(folder.resolve("usr/lib/vst3/Continuo.vst3/Contents/x86_64-linux/Continuo.so"), "0.1.0");
        plugin(home.resolve(".lv2/continuo.lv2/continuo.so"), "0.1.0");
        List<Finding> findings = plugins(true);
        assertEquals(3, findings.size(), findings::toString);
        assertTrue(findings.stream().allMatch(f -> f.state() == Finding.State.FINE), findings::toString);
    }

    @Test
    void aPluginOfAnotherVersionOrOfNoneIsWrong() throws Exception {
        plugin(home.resolve(".clap/continuo.clap"), "0.0.9");
        put(home.resolve(".lv2/continuo.lv2/continuo.so"), "nothing of the kind");
        List<Finding> wrong = plugins(true).stream()
                .filter(f -> f.state() == Finding.State.WRONG)
                .toList();
        assertEquals(2, wrong.size(), wrong::toString);
        assertTrue(wrong.get(0).found().contains("0.0.9"), wrong::toString);
    }

    @Test
    void aSecondCopyIsTold() throws Exception {
        plugin(home.resolve(".clap/continuo.clap"), "0.1.0");
        plugin(folder.resolve("usr/lib/clap/continuo.clap"), "0.1.0");
        assertTrue(
                plugins(true).stream().anyMatch(f -> f.found().startsWith("there are 2 CLAP plugins")),
                () -> "not told");
    }

    @Test
    void aFolderThatTheEnvironmentNamesIsLookedInto() throws Exception {
        environment.put("CLAP_PATH", folder.resolve("mine").toString());
        plugin(folder.resolve("mine/continuo.clap"), "0.1.0");
        assertTrue(plugins(true).stream().anyMatch(f -> f.found().contains("mine")), () -> "not looked into");
    }

    @Test
    void withoutAnyPluginAnInstallationIsWrongAndACheckoutIsNot() throws Exception {
        assertEquals(Finding.State.WRONG, plugins(true).get(0).state());
        assertEquals(Finding.State.NOTE, plugins(false).get(0).state());
    }

    @Test
    void onMacOsAndWindowsNoPluginIsWrongTooAndNoLv2IsMissed() throws Exception {
        for (String system : List.of("Mac OS X", "Windows 11")) {
            Surroundings there =
                    new Surroundings(environment::get, home.resolve(system), system, folder.resolve(system));
            PluginCheck check = new PluginCheck(there, "0.1.0", true);
            List<Finding> none = check.look();
            assertEquals(1, none.size(), none::toString);
            assertEquals(Finding.State.WRONG, none.get(0).state(), system);
            for (PluginFormat format : List.of(PluginFormat.CLAP, PluginFormat.VST3)) {
                plugin(PluginFolders.of(format, there).get(0).resolve(format.bundle()), "0.1.0");
            }
            List<Finding> both = check.look();
            assertEquals(2, both.size(), both::toString);
            assertTrue(both.stream().allMatch(f -> f.state() == Finding.State.FINE), both::toString);
        }
    }

    @Test
    void aPluginOnArdoursBlacklistIsToBeTakenFromIt() throws Exception {
        assertEquals(Finding.State.FINE, caches().get(0).state());
        Path list = put(home.resolve(".cache/ardour7/vst3_x64_blacklist.txt"), "/home/x/.vst3/Other.vst3\n");
        assertEquals(Finding.State.FINE, caches().get(0).state());
        Files.writeString(list, "/home/x/.vst3/Continuo.vst3\n");
        Finding finding = caches().get(0);
        assertEquals(Finding.State.WRONG, finding.state());
        assertTrue(finding.found().contains(list.toString()), finding.found());
    }

    @Test
    void aScanThatFailedInReaperIsToBeMadeAgain() throws Exception {
        Path list = put(
                home.resolve(".config/REAPER/reaper-vstplugins64.ini"),
                "[vstcache]\nContinuo.vst3=80B0A1B2C3D4D901,1234{56,Continuo (Continuo)!!!VSTi\n");
        assertEquals(Finding.State.FINE, caches().get(0).state());
        Files.writeString(list, "[vstcache]\nContinuo.vst3=80B0A1B2C3D4D901\n");
        assertEquals(Finding.State.WRONG, caches().get(0).state());
    }

    private List<Finding> scripts() throws Exception {
        return new ScriptCheck(linux, home.resolve(".local/lib/continuo/daw")).look();
    }

    @Test
    void withoutAnArdourNoScriptIsMissed() throws Exception {
        assertEquals(List.of(), scripts());
    }

    @Test
    void anArdourHasTheScriptInItsOwnFolderOrTheUsers() throws Exception {
        put(folder.resolve("usr/share/ardour7/scripts/continuo.lua"), "");
        Files.createDirectories(home.resolve(".config/ardour7"));
        put(home.resolve(".config/ardour8/scripts/continuo.lua"), "");
        List<Finding> findings = scripts();
        assertEquals(2, findings.size(), findings::toString);
        assertTrue(findings.stream().allMatch(f -> f.state() == Finding.State.FINE), findings::toString);
    }

    @Test
    void anArdourWithoutTheScriptIsToldWithWhereItGoes() throws Exception {
        Files.createDirectories(folder.resolve("opt/Ardour-8.6.0"));
        Files.createDirectories(folder.resolve("usr/share/ardour7/scripts"));
        List<Finding> findings = scripts();
        assertEquals(2, findings.size(), findings::toString);
        for (int i = 0; i < 2; i++) {
            Finding finding = findings.get(i);
            assertEquals(Finding.State.NOTE, finding.state());
            Path there = home.resolve(".config/ardour" + (7 + i) + "/scripts");
            assertFalse(Files.exists(there), "the folder is not there yet");
            Process shell = new ProcessBuilder("sh", "-c", finding.remedy()).start();
            assertEquals(0, shell.waitFor(), finding.remedy());
            assertEquals(
                    home.resolve(".local/lib/continuo/daw/ardour/continuo.lua"),
                    Files.readSymbolicLink(there.resolve("continuo.lua")));
        }
    }

    @Test
    void aLinkToAScriptThatIsGoneIsReplacedInAHomeOfAnyName() throws Exception {
        Path ones = home.resolve("one's");
        Path link =
                Files.createDirectories(ones.resolve(".config/ardour7/scripts")).resolve("continuo.lua");
        Files.createSymbolicLink(link, Path.of("installers/daw/ardour/continuo.lua"));
        Path ours = ones.resolve(".local/lib/continuo/daw");
        Finding finding = new ScriptCheck(new Surroundings(environment::get, ones, "Linux", folder), ours)
                .look()
                .get(0);
        assertEquals(Finding.State.NOTE, finding.state());
        Process shell = new ProcessBuilder("sh", "-c", finding.remedy()).start();
        assertEquals(0, shell.waitFor(), finding.remedy());
        assertEquals(ours.resolve("ardour/continuo.lua"), Files.readSymbolicLink(link));
    }

    @Test
    void anArdourInOptHasItInTheUsersFolderOrItsOwnButNotInTheSystems() throws Exception {
        put(folder.resolve("usr/share/ardour8/scripts/continuo.lua"), "");
        assertEquals(Finding.State.FINE, scripts().get(0).state());
        Files.createDirectories(folder.resolve("opt/Ardour-8.6.0"));
        assertEquals(Finding.State.NOTE, scripts().get(0).state());
        put(folder.resolve("opt/Ardour-8.6.0/share/scripts/continuo.lua"), "");
        assertEquals(Finding.State.FINE, scripts().get(0).state());
        Files.createDirectories(folder.resolve("opt/Ardour-8.10.0"));
        assertEquals(Finding.State.NOTE, scripts().get(0).state(), "one of two builds");
        put(home.resolve(".config/ardour8/scripts/continuo.lua"), "");
        List<Finding> findings = scripts();
        assertEquals(1, findings.size(), findings::toString);
        assertEquals(Finding.State.FINE, findings.get(0).state());
    }
}
