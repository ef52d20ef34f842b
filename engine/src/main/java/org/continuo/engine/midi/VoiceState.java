package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the clip has set on one voice (port and channel) by some tick: its program and bank, what holds or bends its notes,
 * how loud they are.
 */
final class VoiceState {
    private static final int BANK = 0;
    private static final int FINE_BANK = 32;
    private static final int VOLUME = 7;
    private static final int EXPRESSION = 11;
    private static final int RESET_ALL_CONTROLLERS = 121;
    private static final int USUAL_VOLUME = 100;
    private static final int FULL_EXPRESSION = 127;
    private static final int CENTRE = 0x2000;

    private static final Bank FIRST_BANK = new Bank(0, 0);

    private int program;
    /** The bank that the next program comes from. */
    private Bank bank = FIRST_BANK;
    /** By program: the bank that it came from last. */
    private final Map<Integer, Bank> bankOf = new HashMap<>();

    private boolean sustained;
    private boolean sostenuto;
    private int bend = CENTRE;

    /** The track that last held or bent this voice, in which it is let go. */
    private int track;

    private final Loudness volume = new Loudness(VOLUME, USUAL_VOLUME);
    private final Loudness expression = new Loudness(EXPRESSION, FULL_EXPRESSION);
    private boolean hasPlayed;

    private record Bank(int coarse, int fine) {}

    /** A controller that makes notes louder or softer. */
    static final class Loudness {
        private final int controller;
        private int last;
        private int greatest;
        private int track;

        /** @param usual its value until the clip sets one */
        private Loudness(int controller, int usual) {
            this.controller = controller;
            this.last = usual;
        }

        /** The track that set it last. */
        int track() {
            return track;
        }

        /** The message that sets it to the most that it was for a note, or while one could sound. */
        byte[] restored(int channel) {
            return Messages.controller(channel, controller, greatest);
        }

        /** Whether it has come down to less than half of that: not how the voice is set, but how it fell silent. */
        private boolean isFadedOut() {
            return 2 * last < greatest;
        }

        private void set(int value, int inTrack, boolean hasPlayed) {
            last = value;
            track = inTrack;
            if (hasPlayed) {
                heard();
            }
        }

        private void heard() {
            greatest = Math.max(greatest, last);
        }
    }

    /** The state of each voice that the clip uses, after all events up to and at a tick. */
    static Map<Integer, VoiceState> at(MidiClip clip, long tick) {
        Map<Integer, VoiceState> states = new TreeMap<>();
        clip.events().stream()
                .filter(placed -> placed.event().isChannelMessage() && placed.tick() <= tick)
                .sorted(PlacedEvent.NOTES_LAST)
                .forEach(placed -> states.computeIfAbsent(placed.voice(), voice -> new VoiceState())
                        .take(placed.event(), placed.track()));
        return states;
    }

    /** The messages that bring a program back that the voice had, from the bank that it came from; none where it has it. */
    List<byte[]> bringBack(int channel, int former) {
        if (former == program) {
            return List.of();
        }
        List<byte[]> messages = new ArrayList<>();
        Bank from = bankOf.getOrDefault(former, FIRST_BANK);
        if (!from.equals(bank)) {
            messages.add(Messages.controller(channel, BANK, from.coarse));
            messages.add(Messages.controller(channel, FINE_BANK, from.fine));
        }
        messages.add(Messages.program(channel, former));
        return messages;
    }

    int track() {
        return track;
    }

    /** The messages that let go what is held and straighten what is bent; none where nothing is. */
    List<byte[]> release(int channel) {
        List<byte[]> messages = new ArrayList<>();
        if (sustained) {
            messages.add(Messages.controller(channel, Messages.SUSTAIN, 0));
        }
        if (sostenuto) {
            messages.add(Messages.controller(channel, Messages.SOSTENUTO, 0));
        }
        if (bend != CENTRE) {
            messages.add(Messages.centredBend(channel));
        }
        return messages;
    }

    /** What was faded out: music that went on like that would hardly be heard. */
    List<Loudness> fadedOut() {
        return Stream.of(volume, expression).filter(Loudness::isFadedOut).toList();
    }

    /** The messages that make a channel with a past sound like a new one. */
    static List<byte[]> renew(int channel) {
        return List.of(
                Messages.controller(channel, RESET_ALL_CONTROLLERS, 0),
                Messages.controller(channel, VOLUME, USUAL_VOLUME),
                Messages.controller(channel, BANK, 0),
                Messages.controller(channel, FINE_BANK, 0));
    }

    private void take(ClipEvent event, int inTrack) {
        if (event.is(0xc0)) {
            program = event.data1();
            bankOf.put(program, bank);
        } else if (event.is(0xe0)) {
            bend = event.data2() << 7 | event.data1();
            track = inTrack;
        } else if (event.isController(RESET_ALL_CONTROLLERS)) {
            sustained = false;
            sostenuto = false;
            bend = CENTRE;
            expression.last = FULL_EXPRESSION;
        } else if (event.isNoteOn()) {
            hasPlayed = true;
            volume.heard();
            expression.heard();
        } else if (event.isController(VOLUME)) {
            volume.set(event.data2(), inTrack, hasPlayed);
        } else if (event.isController(EXPRESSION)) {
            expression.set(event.data2(), inTrack, hasPlayed);
        } else if (event.isController(BANK)) {
            bank = new Bank(event.data2(), bank.fine);
        } else if (event.isController(FINE_BANK)) {
            bank = new Bank(bank.coarse, event.data2());
        } else if (event.isController(Messages.SUSTAIN)) {
            // Half pedals of some pianos count too: what is not up may blur.
            sustained = event.data2() > 0;
            track = inTrack;
        } else if (event.isController(Messages.SOSTENUTO)) {
            sostenuto = event.data2() > 0;
            track = inTrack;
        }
    }
}
