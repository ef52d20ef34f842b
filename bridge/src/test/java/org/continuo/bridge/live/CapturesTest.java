package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.continuo.bridge.net.OutboxPeer;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.takes.TakeTree;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturesTest {
    private static final class Calendar extends Clock {
        private volatile Instant now;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TempDir
    Path folder;

    @Test
    void takesAreKeptInTheOrderInWhichTheyWereAskedForHoweverTheDateJumps() throws Exception {
        Calendar calendar = new Calendar();
        List<String> dates = List.of("2030-01-01T12:00:00Z", "2030-01-01T11:00:00Z", "1970-01-01T00:00:00Z");
        List<Integer> refused = new ArrayList<>();
        for (String date : dates) {
            calendar.now = Instant.parse(date);
            Captures captures = new Captures(folder, calendar, () -> refused.add(1));
            int pitch = 60 + dates.indexOf(date);
            TakeNote note = new TakeNote(false, 0, Instrument.PIANO, pitch, 80, 0, 1);
            captures.keep(new Passage(Meter.COMMON, 120, List.of(note)), new OutboxPeer());
            captures.close();
        }
        List<Take> takes = TakeTree.open(folder).takes();
        assertEquals(List.of(), refused);
        assertEquals(
                List.of("captured 2030-01-01 12:00:00", "captured 2030-01-01 11:00:00", "captured 1970-01-01 00:00:00"),
                takes.stream().map(Take::name).toList());
        for (Take take : takes) {
            assertEquals(59 + take.number(), take.notes().get(0).pitch());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(
                            "001 captured 2030-01-01 12.00.00.mid",
                            "002 captured 2030-01-01 11.00.00.mid",
                            "003 captured 1970-01-01 00.00.00.mid"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".mid"))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void ofManyAskedForAtOnceAFewWaitAndTheOthersAreRefused() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        int asked = 200;
        TakeNote note = new TakeNote(false, 0, Instrument.PIANO, 60, 80, 0, 1);
        try (Captures captures = new Captures(folder, Clock.systemUTC(), refused::incrementAndGet)) {
            for (int i = 0; i < asked; i++) {
                captures.keep(new Passage(Meter.COMMON, 120, List.of(note)), new OutboxPeer());
            }
        }
        int kept = TakeTree.open(folder).takes().size();
        for (long end = System.nanoTime() + 10_000_000_000L;
                kept + refused.get() < asked && System.nanoTime() < end; ) {
            Thread.sleep(20); // what waits is written after the close, too, if that took long
            kept = TakeTree.open(folder).takes().size();
        }
        assertEquals(asked, kept + refused.get());
        assertTrue(kept >= 8 && kept < asked / 2, kept + " were kept");
    }
}
