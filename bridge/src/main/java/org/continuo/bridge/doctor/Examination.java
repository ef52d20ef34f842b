package org.continuo.bridge.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All checks one after the other; one that fails does not keep the next from being made. */
public final class Examination {
    private Examination() {}

    /** @param each takes every finding as soon as it is there */
    public static List<Finding> of(List<Check> checks, Consumer<Finding> each) throws InterruptedException {
        List<Finding> all = new ArrayList<>();
        for (Check check : checks) {
            List<Finding> found;
            try {
                found = check.look();
            } catch (IOException | RuntimeException | LinkageError e) {
                found = List.of(Finding.wrong(
                        check.name(),
                        "cannot be looked at: " + e.getMessage(),
                        "see to what the message names, then run continuo doctor again"));
            }
            found.forEach(each);
            all.addAll(found);
        }
        return all;
    }

    /** Whether nothing has to be mended. */
    public static boolean isGreen(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.state() == Finding.State.WRONG);
    }
}
