package org.continuo.bridge.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OperatingSystemTest {
    @Test
    void eachSystemIsKnownByItsName() {
        assertInstanceOf(Linux.class, OperatingSystem.named("Linux"));
        assertInstanceOf(Windows.class, OperatingSystem.named("Windows 11"));
        assertInstanceOf(MacOs.class, OperatingSystem.named("Mac OS X"));
        assertFalse(OperatingSystem.named("Plan 9").hurryThisThread().granted());
    }

    /** What is granted depends on the machine; that it is said in a line does not. */
    @Test
    void whatIsGrantedAndWhatIsNotIsSaidInOneLine() throws Exception {
        Grant[] grants = new Grant[3];
        // On a thread that ends: the priority goes with it.
        Thread thread = new Thread(() -> {
            grants[0] = OperatingSystem.current().hurryThisThread();
            grants[1] = OperatingSystem.current().keepMemory();
            grants[2] = OperatingSystem.current().leaveToOthers();
        });
        thread.start();
        thread.join();
        for (Grant grant : grants) {
            System.out.println(grant);
            assertEquals(1, grant.words().lines().count());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatHasTimeRunsAtALowerPriorityAndTheOthersDoNot() throws Exception {
        int[] nice = new int[2];
        Thread thread = new Thread(() -> {
            nice[0] = niceValue();
            OperatingSystem.current().leaveToOthers();
            nice[1] = niceValue();
        });
        thread.start();
        thread.join();
        assertTrue(nice[1] > nice[0], nice[0] + ", then " + nice[1]);
        assertEquals(nice[0], niceValue());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theThreadThatAllOthersWaitForInAPauseHurriesLikeTheOneThatAsked() throws Exception {
        List<List<String>> hurried = new ArrayList<>();
        Thread thread = new Thread(() -> {
            OperatingSystem.current().hurryThisThread();
            hurried.add(scheduling(Path.of("/proc/thread-self")));
        });
        thread.start();
        thread.join();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            List<List<String>> pausing = threads.filter(OperatingSystemTest::stopsAllThreads)
                    .map(OperatingSystemTest::scheduling)
                    .toList();
            assertEquals(hurried, pausing);
        }
    }

    private static boolean stopsAllThreads(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals("VM Thread");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Priority, nice value and policy. */
    private static List<String> scheduling(Path thread) {
        return List.of(stat(thread, 18), stat(thread, 19), stat(thread, 41));
    }

    private static int niceValue() {
        return Integer.parseInt(stat(Path.of("/proc/thread-self"), 19));
    }

    /** A field of a thread's stat, counted from 1, see proc(5); the name, the second, may hold anything but a line's end. */
    private static String stat(Path thread, int field) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 3];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Their calls cannot be made here; that they are written down right for JNA can be seen. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherSystemsCallsAreRefusedHereAsAValue() {
        assertFalse(new Windows().hurryThisThread().granted());
        assertFalse(new Windows().keepMemory().granted());
        assertFalse(new Windows().leaveToOthers().granted());
        assertFalse(new MacOs().leaveToOthers().granted());
        assertFalse(new MacOs().hurryThisThread().granted());
        assertEquals(16, new MacOs.TimeConstraint().size());
        assertEquals(8, new MacOs.Timebase().size());
    }
}
