package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.bridge.jam.JamCounts;
import org.continuo.bridge.jam.JamResult;
import org.junit.jupiter.api.Test;

class JamReportTest {
    @Test
    void whereNoNoteWasAnsweredThereAreNoTimesOfAnswers() {
        JamResult silent = new JamResult("live", List.of(), List.of(), new JamCounts(), 16, 4, 120, 8, 1);
        String lines = new JamReport(silent, List.of(), null, "s").lines();
        assertFalse(lines.contains("NaN"), lines);
        assertTrue(lines.endsWith("0 of 0 notes answered by a plan; seed 1, model s"), lines);
    }
}
