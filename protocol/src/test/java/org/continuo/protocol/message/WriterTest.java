package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** What writers do with what cannot be said, and with plans too big for a packet (SPEC.md section 8.5). */
class WriterTest {
    private final Transcript heard = new Transcript();
    private final List<Integer> sizes = new ArrayList<>();
    private final ToEngineReader toEngine = new ToEngineReader();
    private final FromEngineReader fromEngine = new FromEngineReader();
    private final ToEngineWriter client = new ToEngineWriter(packet -> toEngine.read(packet, heard, heard));
    private final FromEngineWriter engine = new FromEngineWriter(packet -> {
        sizes.add(packet.readableBytes());
        fromEngine.read(packet, heard, heard);
    });

    private void assertNotSaid(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
        assertEquals(List.of(), heard.lines);
    }

    @Test
    void whatIsOutsideTheLimitsIsNotSent() {
        assertNotSaid(
                "/continuo/note/on: channel is a whole number 0..15, not 16", () -> client.noteOn(1, 16, 60, 100));
        assertNotSaid(
                "/continuo/note/on: at is a number 0.0..1.0E9, not NaN", () -> client.noteOn(Double.NaN, 0, 60, 100));
        assertNotSaid(
                "/continuo/set: value is UTF-8 of at most 255 bytes, not a text of 256 bytes",
                () -> client.set("style", "x".repeat(256)));
        assertNotSaid(
                "/continuo/set: value is UTF-8 of at most 255 bytes, not a text with control characters",
                () -> client.set("style", "rag\ntime"));
        client.ping(1);
        assertEquals("ping 1", heard.toString());
    }

    @Test
    void aTransportIsCleanedOnItsWay() {
        TransportSnapshot told = new TransportSnapshot();
        told.flags = -1;
        told.epoch = 2;
        told.performance = 8;
        told.beat = Double.NaN;
        told.tempo = Double.POSITIVE_INFINITY;
        told.numerator = Integer.MIN_VALUE;
        client.transport(told);
        assertEquals("transport 3 2 8.0 0.0 120.0 4 4 0.0 0.0 0.0", heard.toString());
        assertTrue(Double.isNaN(told.beat), "the caller's own stays as it was");
    }

    @Test
    void anEventThatCannotBeSaidLeavesThePlanWhole() {
        engine.plan(1, 2, 0, 4);
        engine.planOn(1, 0, 0, 60, 100);
        assertNotSaid(
                "/continuo/plan/on: velocity is a whole number 1..127, not 0", () -> engine.planOn(2, 1, 0, 62, 0));
        assertNotSaid("at is a number 0.0..1.0E9, not NaN", () -> engine.planOff(1, Double.NaN));
        engine.planOff(1, 2);
        engine.pong(3);
        engine.planEnd();
        assertEquals("pong 3; plan 1 2 0.0 4.0; planOn 1 0.0 0 60 100; planOff 1 2.0; planEnd", heard.toString());
    }

    @Test
    void aPlanTooBigForAPacketLeavesInRangesThatMeet() {
        int notes = 1_000;
        engine.plan(1, 2, 0, notes);
        for (int i = 0; i < notes; i++) {
            engine.planOn(i + 1, i, 0, 60, 100);
        }
        engine.planEnd();
        assertEquals(List.of(), sizes.stream().filter(size -> size > 8192).toList());
        List<String> plans =
                heard.lines.stream().filter(line -> line.startsWith("plan ")).toList();
        assertEquals(sizes.size(), plans.size());
        double reached = 0;
        for (String line : heard.lines) {
            String[] words = line.split(" ");
            if (words[0].equals("plan")) {
                assertEquals("1 2", words[1] + " " + words[2]);
                assertEquals(reached, Double.parseDouble(words[3]));
                reached = Double.parseDouble(words[4]);
            } else if (words[0].equals("planOn")) {
                assertTrue(Double.parseDouble(words[2]) < reached);
            }
        }
        assertEquals(notes, reached);
        assertEquals(
                notes,
                heard.lines.stream().filter(line -> line.startsWith("planOn")).count());
    }

    @Test
    void moreEventsAtOneMomentThanAPacketHoldsAllArriveInsideTheirRanges() {
        int notes = 500;
        engine.plan(1, 2, 1.5, 1.5 + 4);
        for (int i = 0; i < notes; i++) {
            engine.planOn(i + 1, 1.5, i % 16, i % 128, 100);
        }
        engine.planOff(1, 2);
        engine.planEnd();
        double from = 0;
        double to = 0;
        int events = 0;
        for (String line : heard.lines) {
            String[] words = line.split(" ");
            if (words[0].equals("plan")) {
                from = Double.parseDouble(words[3]);
                to = Double.parseDouble(words[4]);
            } else if (!words[0].equals("planEnd")) {
                double at = Double.parseDouble(words[2]);
                assertTrue(at >= from && at < to, line);
                events++;
            }
        }
        assertEquals(notes + 1, events);
        assertEquals(5.5, to);
    }

    @Test
    void aRefusalTellsTheReasonAndTheRule() {
        engine.refuse("/continuo/note/on", Reason.OUT_OF_RANGE, Argument.CHANNEL.rule());
        engine.refuse("", Reason.MALFORMED, "");
        engine.refuse("/continuo/set", Reason.UNKNOWN_NAME, "x".repeat(255));
        assertEquals(
                "refused \"/continuo/note/on\" \"out of range: channel is a whole number 0..15\"; "
                        + "refused \"\" \"not OSC 1.0 within the limits\"; "
                        + "refused \"/continuo/set\" \"nothing has this name\"",
                heard.toString());
    }
}
