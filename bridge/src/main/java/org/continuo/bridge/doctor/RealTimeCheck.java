package org.continuo.bridge.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;

/** What the system grants a thread that must not be late, and whether memory can be locked. */
public final class RealTimeCheck implements Check {
    private static final String REMEDY = "as root: printf '@audio - rtprio 95\\n@audio - memlock unlimited\\n'"
            + " >/etc/security/limits.d/audio.conf; usermod -aG audio YOU; then log in again";

    private final OperatingSystem system;
    private final boolean linux;

    /** @param name as in the property {@code os.name} */
    public RealTimeCheck(OperatingSystem system, String name) {
        this.system = system;
        this.linux = name.startsWith("Linux");
    }

    @Override
    public String name() {
        return "real time";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        AtomicReference<Grant> priority = new AtomicReference<>();
        // A thread of its own: the priority is its, and ends with it.
        Thread asking = new Thread(() -> priority.set(system.hurryThisThread()), "doctor-real-time");
        asking.start();
        asking.join();
        findings.add(finding(priority.get(), !priority.get().words().contains("no real-time priority")));
        Grant memory = system.keepMemory();
        findings.add(finding(memory, memory.granted()));
        return findings;
    }

    private Finding finding(Grant grant, boolean best) {
        if (best && grant.granted()) {
            return Finding.fine(name(), grant.words());
        }
        String remedy = linux ? REMEDY : "close other programs while you play; nothing needs to be set";
        return Finding.note(name(), grant.words() + "; notes may be late on a busy machine", remedy);
    }
}
