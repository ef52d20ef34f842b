package org.continuo.protocol.osc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** SPEC.md section 3.3. */
class OscTextTest {
    private final OscText text = new OscText();
    private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

    @Test
    void everySequenceOfOneOrTwoBytesIsTakenAsThePlatformTakesIt() {
        for (int first = 0; first < 256; first++) {
            assertSameAsPlatform(new byte[] {(byte) first});
            for (int second = 0; second < 256; second++) {
                assertSameAsPlatform(new byte[] {(byte) first, (byte) second});
            }
        }
    }

    @Test
    void sequencesOfThreeBytesAreTakenAsThePlatformTakesThem() {
        for (int lead = 0xdf; lead <= 0xf0; lead++) {
            for (int second = 0; second < 256; second++) {
                for (int third : new int[] {0, 0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xff}) {
                    assertSameAsPlatform(new byte[] {(byte) lead, (byte) second, (byte) third});
                }
            }
        }
    }

    @Test
    void sequencesOfFourBytesAreTakenAsThePlatformTakesThem() {
        for (int lead = 0xee; lead <= 0xff; lead++) {
            for (int second = 0x7e; second <= 0xc1; second++) {
                for (int third : new int[] {0, 0x7f, 0x80, 0x9d, 0xbf, 0xc0}) {
                    for (int fourth : new int[] {0, 0x41, 0x80, 0xbf, 0xc0}) {
                        assertSameAsPlatform(new byte[] {(byte) lead, (byte) second, (byte) third, (byte) fourth});
                    }
                }
            }
        }
    }

    private void assertSameAsPlatform(byte[] bytes) {
        String expected;
        try {
            expected = jdk.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            expected = null;
        }
        if (expected != null && expected.chars().anyMatch(Character::isISOControl)) {
            expected = null;
        }
        boolean taken = text.decode(bytes, 0, bytes.length);
        if (taken != (expected != null) || taken && !text.contentEquals(expected)) {
            throw new AssertionError(HexFormat.of().formatHex(bytes) + ": " + (taken ? text : "refused")
                    + ", the platform: " + expected);
        }
    }

    @Test
    void aTextHasAtMost255Bytes() {
        assertTrue(text.decode("x".repeat(255).getBytes(StandardCharsets.UTF_8), 0, 255));
        assertFalse(text.decode("x".repeat(256).getBytes(StandardCharsets.UTF_8), 0, 256));
        assertEquals("", text.toString());
    }

    @Test
    void aTextIsComparedAndReadCharacterByCharacter() {
        byte[] bytes = "a\u00fc\ud834\udd1e".getBytes(StandardCharsets.UTF_8);
        assertTrue(text.decode(bytes, 0, bytes.length));
        assertEquals(4, text.length());
        assertEquals('\u00fc', text.charAt(1));
        assertEquals("\u00fc\ud834\udd1e", text.subSequence(1, 4).toString());
        assertTrue(text.contentEquals("a\u00fc\ud834\udd1e"));
        assertFalse(text.contentEquals("a\u00fc\ud834"));
        assertFalse(text.contentEquals("b\u00fc\ud834\udd1e"));
        assertThrows(IndexOutOfBoundsException.class, () -> text.charAt(4));
    }
}
