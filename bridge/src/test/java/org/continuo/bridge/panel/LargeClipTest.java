package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clips as large as the panel takes them, and larger: told whole, or refused in words, never cut off. */
class LargeClipTest extends PanelFixture {
    /** A track of so many notes and tempos, an event a tick, and of text up to so many bytes. */
    private static byte[] midi(int notes, int tempos, int bytes) {
        ByteBuffer midi = ByteBuffer.allocate(PanelLimits.MIDI_BYTES);
        midi.put(ascii("MThd"))
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 960);
        midi.put(ascii("MTrk")).putInt(0);
        int track = midi.position();
        for (int i = 0; i < Math.max(notes, tempos); i++) {
            if (i < notes) {
                midi.putInt(0x00903c5a).putInt(0x01803c00);
            }
            if (i < tempos) {
                midi.putInt(0x01ff5103).put((byte) 7).putShort((short) i);
            }
        }
        while (midi.position() < bytes - 4 - 104) {
            midi.putInt(0x00ff0164).put(new byte[100]);
        }
        midi.putInt(0x00ff2f00);
        midi.putInt(track - 4, midi.position() - track);
        return Arrays.copyOf(midi.array(), midi.position());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String goOnFrom(byte[] midi) {
        return "{\"from\":{\"midi\":\"" + Base64.getEncoder().encodeToString(midi) + "\"},\"bars\":1,\"seed\":1}";
    }

    @Test
    void theLargestOfAllIsToldInOneLineAndGoesOn() throws Exception {
        byte[] midi = midi(PanelLimits.NOTES, PanelLimits.CHANGES, PanelLimits.MIDI_BYTES);
        List<JsonNode> events = takes(goOnFrom(midi));
        JsonNode given = event("begun", events).get("given");
        assertEquals(PanelLimits.NOTES, given.get("notes").size());
        assertEquals(PanelLimits.CHANGES, given.get("tempos").size() - 1); // one holds before the first
        assertEquals("done", events.get(events.size() - 1).get("event").asText());
        for (JsonNode event : events) {
            assertTrue(event.toString().length() < PanelLimits.UNREAD_BYTES, "longer than what may wait to be read");
        }
        assertEquals(0, panel.counted().slow.sum());
    }

    @Test
    void oneOfMoreChangesOfTempoIsRefusedInWords() throws Exception {
        byte[] midi = midi(1, 149_000, 0);
        String reason = refusal(400, send(post("/api/takes", goOnFrom(midi))));
        assertTrue(reason.contains("149000 changes of tempo"), reason);
        HttpRequest upload = withKey("/api/clips")
                .POST(HttpRequest.BodyPublishers.ofByteArray(midi))
                .build();
        assertEquals(reason, refusal(400, send(upload)));
    }
}
