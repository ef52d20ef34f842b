package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the clip has set on one voice (port and channel) by some tick: its program, what holds or bends its notes. */
final class VoiceState {
    private static final int BANK = 0;
    private static final int FINE_BANK = 32;
    private static final int VOLUME = 7;
    private static final int RESET_ALL_CONTROLLERS = 121;
    private static final int CENTRE = 0x2000;

    private record Placed(ClipEvent event, int track, int voice) {}

    private int program;
    private boolean sustained;
    private boolean sostenuto;
    private int bend = CENTRE;

    /** The track that last held or bent this voice, in which it is let go. */
    private int track;

    /** The state of each voice that the clip uses, after all events up to and at a tick. */
    static Map<Integer, VoiceState> at(MidiClip clip, long tick) {
        List<Placed> events = new ArrayList<>();
        for (int track = 0; track < clip.tracks().size(); track++) {
            int port = 0;
            for (ClipEvent event : clip.tracks().get(track).events()) {
                port = event.portAfter(port);
                if (event.isChannelMessage() && event.tick() <= tick) {
                    events.add(new Placed(event, track, port << 4 | event.channel()));
                }
            }
        }
        events.sort(Comparator.comparingLong(placed -> placed.event().tick()));
        Map<Integer, VoiceState> states = new TreeMap<>();
        for (Placed placed : events) {
            states.computeIfAbsent(placed.voice(), voice -> new VoiceState()).take(placed.event(), placed.track());
        }
        return states;
    }

    int program() {
        return program;
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

    /** The messages that make a channel with a past sound like a new one. */
    static List<byte[]> renew(int channel) {
        return List.of(
                Messages.controller(channel, RESET_ALL_CONTROLLERS, 0),
                Messages.controller(channel, VOLUME, 100),
                Messages.controller(channel, BANK, 0),
                Messages.controller(channel, FINE_BANK, 0));
    }

    private void take(ClipEvent event, int inTrack) {
        if (event.is(0xc0)) {
            program = event.data1();
        } else if (event.is(0xe0)) {
            bend = event.data2() << 7 | event.data1();
            track = inTrack;
        } else if (event.isController(RESET_ALL_CONTROLLERS)) {
            sustained = false;
            sostenuto = false;
            bend = CENTRE;
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
