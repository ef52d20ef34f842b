package org.continuo.bridge.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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
        Grant[] grants = new Grant[2];
        // On a thread that ends: the priority goes with it.
        Thread thread = new Thread(() -> {
            grants[0] = OperatingSystem.current().hurryThisThread();
            grants[1] = OperatingSystem.current().keepMemory();
        });
        thread.start();
        thread.join();
        for (Grant grant : grants) {
            System.out.println(grant);
            assertEquals(1, grant.words().lines().count());
        }
    }

    /** Their calls cannot be made here; that they are written down right for JNA can be seen. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherSystemsCallsAreRefusedHereAsAValue() {
        assertFalse(new Windows().hurryThisThread().granted());
        assertFalse(new Windows().keepMemory().granted());
        assertFalse(new MacOs().hurryThisThread().granted());
        assertEquals(16, new MacOs.TimeConstraint().size());
        assertEquals(8, new MacOs.Timebase().size());
    }
}
