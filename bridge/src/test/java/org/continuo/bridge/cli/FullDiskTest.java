package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.continuo.bridge.live.PlayingClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room: one line that says so, nothing half-written left, and what was there stays. The disk is one of some
 * pages of memory that only the process under test sees, in a mount namespace of its own.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final int DISK_BYTES = 16 << 10;

    /** Fills all but $1 bytes of a disk at $2, runs the rest, and then lists what there is, with sizes, in $3. */
    private static final String ON_A_FULL_DISK =
            """
            free=$1 disk=$2 list=$3
            shift 3
            mount -t tmpfs -o size=%1$d none "$disk" || exit 77
            echo old >"$disk/old.mid"
            room=$(($(stat -f -c '%%a * %%S' "$disk") - free))
            [ "$room" -ge 0 ] && [ "$room" -le %1$d ] || exit 77
            head -c "$room" /dev/zero >"$disk/filler"
            "$@" &
            child=$!
            trap 'kill -TERM $child' TERM
            wait $child
            code=$?
            [ $code -lt 128 ] || { wait $child; code=$?; }
            (cd "$disk" && find . -type f -printf '%%P %%s\\n' | sort) >"$list"
            exit $code
            """
                    .formatted(DISK_BYTES);

    @TempDir
    Path folder;

    private Path disk;
    private Path list;
    private Path clip;

    @BeforeEach
    void makeMountPoint() throws Exception {
        boolean granted;
        try {
            granted = new ProcessBuilder("unshare", "-Urm", "true").start().waitFor() == 0;
        } catch (IOException e) {
            granted = false;
        }
        assumeTrue(granted, "this system grants no mount namespace");
        disk = Files.createDirectory(folder.resolve("disk"));
        list = folder.resolve("list");
        clip = Clips.duet(folder);
    }

    private ContinuoProcess withFree(int bytes, Object... words) throws IOException {
        List<String> call = new ArrayList<>(List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                ON_A_FULL_DISK,
                "sh",
                String.valueOf(bytes),
                disk.toString(),
                list.toString()));
        call.addAll(ContinuoProcess.call("-Xmx256m", words));
        return ContinuoProcess.start(folder, call);
    }

    /** Names of the files that the disk held at the end, but for what filled it. */
    private String left() throws IOException {
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("filler "))
                .collect(Collectors.joining(", "));
    }

    private void refuses(int free, Object... words) throws Exception {
        try (ContinuoProcess call = withFree(free, words)) {
            call.assertFailedInOneLine();
            assertTrue(call.messages().contains("No space left on device"), call.messages());
            assertEquals("old.mid 4", left());
        }
    }

    @Test
    void aTakeThatFindsNoRoomIsNoFileAndTheFormerOneStays() throws Exception {
        refuses(0, "continue", clip, "--bars", 2, "-o", disk.resolve("new.mid"));
        refuses(0, "continue", clip, "--bars", 2, "-o", disk.resolve("old.mid"));
    }

    @Test
    void aPictureThatFindsNoRoomIsNoFile() throws Exception {
        refuses(4096, "continue", clip, "--bars", 2, "-o", folder.resolve("a.mid"), "--picture", disk.resolve("a.png"));
        assertTrue(Files.size(folder.resolve("a.mid")) > 0);
    }

    @Test
    void whatCannotBeWrittenToADeviceIsSaid() {
        CalledContinuo call = CalledContinuo.with("continue", clip, "--bars", 2, "-o", "/dev/full");
        assertEquals(1, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    void aFolderThatTakesNoFilesIsSaidBeforeAnyWork() throws Exception {
        Path lines = Files.write(folder.resolve("clip.txt"), List.of("length 8", "note 0 60 90 0 0.9"));
        Path script = Files.write(folder.resolve("one.jam"), List.of("until 1"));
        for (List<Object> words : List.<List<Object>>of(
                List.of("continue", clip, "-o", disk.resolve("new.mid")),
                List.of("continue", clip, "-o", folder.resolve("a.mid"), "--picture", disk.resolve("a.png")),
                List.of("clip", "continue", lines, "-o", disk.resolve("new.txt")),
                List.of("jam", "--script", script, "-o", disk.resolve("new.mid")))) {
            List<String> call = new ArrayList<>(List.of(
                    "unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o ro none \"$0\" && exec \"$@\"", disk.toString()));
            List<Object> all = new ArrayList<>(words);
            all.addAll(words.get(0).equals("clip") ? List.of("--", "--model") : List.of("--model"));
            all.add(folder.resolve("nomodel")); // whose lack would be said first, if anything were done
            call.addAll(ContinuoProcess.call("-Xmx256m", all.toArray()));
            try (ContinuoProcess refused = ContinuoProcess.start(folder, call)) {
                refused.assertFailedInOneLine();
                assertTrue(refused.messages().contains("Read-only file system"), refused.messages());
            }
        }
    }

    @Test
    void figuresThatFindNoRoomAreNotDone() throws Exception {
        List<String> call = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh"));
        call.addAll(ContinuoProcess.call("-Xmx256m", "styles"));
        try (ContinuoProcess lost = ContinuoProcess.start(folder, call)) {
            lost.assertFailedInOneLine();
            assertTrue(lost.messages().contains("standard output"), lost.messages());
        }
    }

    @Test
    void figuresThatNobodyReadsAnyMoreAreNotMissed() throws Exception {
        List<String> call = new ArrayList<>(
                List.of("sh", "-c", "mkfifo \"$0\"; : <\"$0\" & exec 3>\"$0\"; wait; exec \"$@\" >&3 3>&-"));
        call.add(folder.resolve("pipe").toString());
        call.addAll(ContinuoProcess.call("-Xmx256m", "styles"));
        try (ContinuoProcess unread = ContinuoProcess.start(folder, call)) {
            assertEquals(128 + 13, unread.exit(), "as other tools, which SIGPIPE ends");
            assertEquals("", unread.messages());
        }
    }

    @Test
    void aCaptureThatFindsNoRoomIsRefusedAndLeavesNothing() throws Exception {
        try (ContinuoProcess engine = withFree(
                4096, "serve", "--json", "--no-osc", "--socket", ContinuoProcess.socket(folder), "--takes", disk)) {
            engine.ready();
            try (PlayingClient client = new PlayingClient(ContinuoProcess.socket(folder))) {
                client.playUntilAnswered();
                String answer = client.capture();
                assertTrue(answer.startsWith("refused /continuo/capture it could not be kept: "), answer);
                assertTrue(answer.contains("No space left on device"), answer);
                engine.process.destroy();
                assertEquals(0, engine.exit(), engine.messages());
            }
            engine.assertMessagesArePlain();
            assertEquals(".lock 0, old.mid 4", left());
        }
    }
}
