package org.continuo.engine.midi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which voices (port and channel) have a drum kit at some moment. General MIDI gives one to the tenth channel; a file may
 * give others one too, and take the tenth's away: by a bank in General MIDI 2 and Yamaha's XG, by a message for the part in
 * Roland's GS and in XG.
 * Follows the events of all tracks in a player's order. Not thread-safe.
 *
 * <p>Sources: RP-024, General MIDI 2; Yamaha's XG specification; the implementation chart of Roland's SC-55.
 */
final class DrumKits {
    private static final int PROGRAM_CHANGE = 0xc0;
    private static final int BANK = 0;

    private static final int GM2_RHYTHM = 120;
    private static final int GM2_MELODY = 121;
    /** XG's banks of noises and of drums; in a file that is not XG's they are sounds like any other. */
    private static final int XG_NOISES = 126;

    private static final int XG_DRUMS = 127;

    /** Stands for any byte: a device's number, a part's, a value. */
    private static final int ANY = -1;

    private static final int[] GENERAL_MIDI_ON = {0xf0, 0x7e, ANY, 0x09, ANY};
    private static final int[] XG_ON = {0xf0, 0x43, ANY, 0x4c, 0, 0, 0x7e, 0};
    private static final int[] XG_PART_MODE = {0xf0, 0x43, ANY, 0x4c, 8, ANY, 7, ANY};
    private static final int[] GS_ON = {0xf0, 0x41, ANY, 0x42, 0x12, 0x40, 0, 0x7f, 0};
    private static final int[] GS_PART_MODE = {0xf0, 0x41, ANY, 0x42, 0x12, 0x40, ANY, 0x15, ANY};

    private final Map<Integer, Integer> banks = new HashMap<>();
    /** Whether a voice has a kit, where the file says so. */
    private final Map<Integer, Boolean> told = new HashMap<>();

    private boolean isXg;

    /** Which voices have a kit when all has been played. */
    static DrumKits after(List<PlacedEvent> events) {
        DrumKits kits = new DrumKits();
        events.forEach(kits::take);
        return kits;
    }

    /** Whether a note that starts now on a voice is a drum's. */
    boolean has(int voice) {
        return told.getOrDefault(voice, (voice & 0x0f) == ClipNote.DRUM_CHANNEL);
    }

    void take(PlacedEvent placed) {
        ClipEvent event = placed.event();
        if (event.isExclusive()) {
            takeExclusive(event.message(), placed.port());
        } else if (event.isController(BANK)) {
            banks.put(placed.voice(), event.data2());
        } else if (event.is(PROGRAM_CHANGE)) {
            takeProgram(placed.voice());
        }
    }

    /** What gives a channel a kit as things stand: XG's bank of drums, or else GS's message and General MIDI 2's bank. */
    List<byte[]> messages(int channel) {
        return isXg
                ? List.of(Messages.controller(channel, BANK, XG_DRUMS), Messages.program(channel, 0))
                : List.of(
                        Messages.gsDrumPart(blockOfChannel(channel)),
                        Messages.controller(channel, BANK, GM2_RHYTHM),
                        Messages.program(channel, 0));
    }

    /**
     * A bank holds from the program change after it on. The first one takes no kit from the tenth channel: files set it on all, and
     * the devices of XG keep that channel's kit.
     */
    private void takeProgram(int voice) {
        Integer bank = banks.get(voice);
        boolean isUsual = bank == null || bank == 0 && (voice & 0x0f) == ClipNote.DRUM_CHANNEL;
        if (!isUsual && (isXg || bank == GM2_RHYTHM || bank == GM2_MELODY)) {
            told.put(voice, bank == GM2_RHYTHM || isXg && bank >= XG_NOISES);
        }
    }

    private void takeExclusive(byte[] message, int port) {
        if (isLike(message, XG_ON)) {
            begin(true);
        } else if (isLike(message, GENERAL_MIDI_ON) || isLike(message, GS_ON)) {
            begin(false);
        } else if (isLike(message, XG_PART_MODE) && message[5] < 16) {
            told.put(port << 4 | message[5], message[7] > 0);
        } else if (isLike(message, GS_PART_MODE) && message[6] >> 4 == 1) {
            told.put(port << 4 | channelOfBlock(message[6] & 0x0f), message[8] > 0);
        }
    }

    private void begin(boolean asXg) {
        isXg = asXg;
        told.clear();
        banks.clear();
    }

    /** GS counts its parts from the drums', the tenth channel's. */
    private static int channelOfBlock(int block) {
        return block == 0 ? ClipNote.DRUM_CHANNEL : block <= ClipNote.DRUM_CHANNEL ? block - 1 : block;
    }

    private static int blockOfChannel(int channel) {
        return channel == ClipNote.DRUM_CHANNEL ? 0 : channel < ClipNote.DRUM_CHANNEL ? channel + 1 : channel;
    }

    private static boolean isLike(byte[] message, int[] pattern) {
        boolean like = message.length >= pattern.length;
        for (int i = 0; like && i < pattern.length; i++) {
            like = pattern[i] == ANY || (message[i] & 0xff) == pattern[i];
        }
        return like;
    }
}
