package org.continuo.bridge.daw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Live's clips, with a program that speaks AbletonOSC's words. */
class LiveClipTest {
    private static final DawAnswer TWO_PARTS = new DawAnswer(
            0,
            6,
            Map.of(1, 33),
            List.of(new DawNote(1, 40, 80, 0, 1), new DawNote(9, 36, 90, 0, 0.25), new DawNote(1, 43, 80, 3, 1)));

    @Test
    void theSelectedClipIsReadWithoutItsMutedNotes() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(0, 6f, 60, 0f, 1f, 100f, false, 64, 1f, 0.5f, 90f, true, 67, 2.5f, 0.5f, 90.4f, false);
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                Clip read = clip.read();
                assertEquals(6, read.length());
                assertEquals(96, read.tempo());
                assertEquals(3, read.numerator());
                assertEquals(List.of(new DawNote(0, 60, 100, 0, 1), new DawNote(0, 67, 90, 2.5, 0.5)), read.notes());
            }
        }
    }

    @Test
    void ofALoopedClipItsLoopIsReadAloneAndCountedFromWhereItBegins() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(
                    0, 6f, 60, 0f, 1f, 100f, false, // before the loop
                    62, 12f, 1f, 100f, false, // where it begins
                    64, 17.5f, 4f, 100f, false, // sounds to its end
                    65, 18f, 1f, 100f, false); // after it
            live.loopFrom(12f);
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                Clip read = clip.read();
                assertEquals(6, read.length());
                assertEquals(List.of(new DawNote(0, 62, 100, 0, 1), new DawNote(0, 64, 100, 5.5, 0.5)), read.notes());
            }
        }
    }

    @Test
    void anAbletonOscThatCannotSayWhereTheLoopBeginsIsReadFromTheClipsBeginning() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(0, 6f, 60, 0f, 1f, 100f, false, 62, 5.5f, 1f, 100f, false);
            live.loopFrom(null);
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                assertEquals(
                        List.of(new DawNote(0, 60, 100, 0, 1), new DawNote(0, 62, 100, 5.5, 0.5)),
                        clip.read().notes());
            }
        }
    }

    @Test
    void aContinuationGoesToTheNextEmptySlotOfTheSameTrack() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(0, 6f, 60, 0f, 1f, 100f, false);
            live.put(1, 6f, 62, 0f, 1f, 100f, false);
            List<DawNote> notes = IntStream.range(0, 250)
                    .mapToObj(i -> new DawNote(0, i % 128, 80, 6 + i / 50.0, 0.5))
                    .toList();
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                assertEquals(1, clip.write(new DawAnswer(6, 12, Map.of(), notes), "more"));
            }
            List<Object> made = live.clip(0, 2);
            assertEquals(6f, made.get(0));
            assertEquals("more", made.get(1));
            assertEquals(2 + 5 * 250, made.size());
            assertEquals(0f, made.get(3), "counted from the new clip's beginning");
            assertEquals(62, live.clip(0, 1).get(2), "the clip that was there");
        }
    }

    @Test
    void partsGetTracksOfTheirOwnBesideTheClip() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(0, 6f, 60, 0f, 1f, 100f, false);
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                assertEquals(2, clip.write(TWO_PARTS, "parts"));
            }
            assertEquals(2 + 5 * 2, live.clip(2, 0).size());
            assertEquals(2 + 5, live.clip(3, 0).size());
            assertEquals(3, live.clips());
        }
    }

    @Test
    void whereNoSlotIsEmptyASceneIsMade() throws Exception {
        try (FakeLive live = new FakeLive()) {
            for (int scene = 0; scene < 3; scene++) {
                live.put(scene, 6f, 60, 0f, 1f, 100f, false);
            }
            try (LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
                clip.write(new DawAnswer(6, 12, Map.of(), List.of(new DawNote(0, 60, 80, 6, 1))), "more");
            }
            assertEquals("more", live.clip(0, 3).get(1));
        }
    }

    @Test
    void anEmptySlotIsSaid() throws Exception {
        try (FakeLive live = new FakeLive();
                LiveClip clip = LiveClip.selected(live.port(), live.replies())) {
            assertTrue(assertThrows(IOException.class, clip::read).getMessage().contains("no clip"));
        }
    }

    @Test
    void aLiveThatDoesNotAnswerAndATakenPortAreSaidInALine() throws Exception {
        try (DatagramSocket deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int free;
            try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                free = any.getLocalPort();
            }
            IOException silent = assertThrows(IOException.class, () -> LiveClip.selected(deaf.getLocalPort(), free));
            assertTrue(silent.getMessage().contains("Control Surface"), silent.getMessage());
            IOException busy =
                    assertThrows(IOException.class, () -> LiveClip.selected(deaf.getLocalPort(), taken.getLocalPort()));
            assertTrue(busy.getMessage().contains("taken"), busy.getMessage());
        }
    }
}
