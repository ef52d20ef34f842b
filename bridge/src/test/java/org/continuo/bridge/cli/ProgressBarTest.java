package org.continuo.bridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long nanos;

    @Test
    void shouldSayNothingAboutWorkThatIsDoneAtOnce() {
        for (boolean terminal : new boolean[] {true, false}) {
            try (ProgressBar bar = bar(terminal)) {
                bar.show(1);
                bar.show(100);
            }
        }

        assertEquals("", text());
    }

    @Test
    void shouldDrawOverItsLineOnATerminalAndLeaveItEmpty() {
        try (ProgressBar bar = bar(true)) {
            nanos += 200_000_000L;
            bar.show(50);
        }

        assertTrue(text().contains("50%"), text());
        assertTrue(text().endsWith(" \r"), text());
        assertEquals(1, text().lines().filter(line -> line.contains("%")).count());
    }

    @Test
    void shouldWriteALineNowAndThenIntoAFile() {
        try (ProgressBar bar = bar(false)) {
            for (int second = 0; second <= 30; second++) {
                bar.show(second);
                nanos += 1_000_000_000L;
            }
        }

        assertEquals(3, text().lines().count(), text());
        assertTrue(!text().contains("\r") || System.lineSeparator().contains("\r"), text());
    }

    @Test
    void shouldStayWithinAHundredPercent() {
        try (ProgressBar bar = bar(true)) {
            nanos += 200_000_000L;
            bar.show(1_000);
        }

        assertTrue(text().contains("100%"), text());
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintStream(written, true, UTF_8), terminal, () -> nanos, "working", 100);
    }

    private String text() {
        return written.toString(UTF_8);
    }
}
