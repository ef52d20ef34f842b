package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the end of every note of one track.
 *
 * <p>While one key is struck again before it was let go, the first end belongs to the first start, as most players have
 * it. That reading breaks where an end is missing: every later note of the key would get the end of the one after it. So
 * where the ends of a key do not add up by the end of the track, each start ends the notes before it, and a note that is
 * left ends with the track. Starts in one tick do not end one another: they have one end.
 */
final class NotePairing {
    private static final int ALL_SOUND_OFF = 120;
    private static final int ALL_NOTES_OFF = 123;

    private final ClipTrack track;
    private final long[] ends;
    private final int[] offs;
    private final Map<Integer, Run> runs = new HashMap<>();

    /** A key's events from one silence of the key to the next: note ons as event index, note offs as its complement. */
    private static final class Run {
        private final List<Integer> events = new ArrayList<>();
        private int sounding;
    }

    private NotePairing(ClipTrack track) {
        this.track = track;
        this.ends = new long[track.events().size()];
        this.offs = new int[track.events().size()];
    }

    /** Pairs the notes of a track; time and memory grow with its events only. */
    static NotePairing of(ClipTrack track) {
        NotePairing pairing = new NotePairing(track);
        pairing.collect();
        return pairing;
    }

    /** The end tick of the note that starts at this event, always after its start. */
    long end(int onEvent) {
        return ends[onEvent];
    }

    /** The event that ends the note which starts at this event, or -1 where none does. */
    int off(int onEvent) {
        return offs[onEvent];
    }

    private void collect() {
        for (PlacedEvent placed : PlacedEvent.of(List.of(track))) {
            ClipEvent event = placed.event();
            int i = placed.index();
            if (event.isNoteOn()) {
                Run run = runs.computeIfAbsent(key(placed.voice(), event.data1()), key -> new Run());
                run.events.add(i);
                run.sounding++;
            } else if (event.isNoteOff()) {
                end(runs.get(key(placed.voice(), event.data1())), i);
            } else if (event.isController(ALL_SOUND_OFF) || event.isController(ALL_NOTES_OFF)) {
                for (int pitch = 0; pitch < 128; pitch++) {
                    Run run = runs.get(key(placed.voice(), pitch));
                    while (run != null && run.sounding > 0) {
                        end(run, i);
                    }
                }
            }
        }
        runs.values().forEach(this::pairByRestart);
    }

    private void end(Run run, int off) {
        if (run == null || run.sounding == 0) {
            return;
        }
        run.events.add(~off);
        if (--run.sounding == 0) {
            pairInOrder(run.events);
            run.events.clear();
        }
    }

    private void pairInOrder(List<Integer> events) {
        int off = 0;
        for (int on : events) {
            if (on >= 0) {
                while (events.get(off) >= 0) {
                    off++;
                }
                set(on, ~events.get(off++));
            }
        }
    }

    private void pairByRestart(Run run) {
        List<Integer> sounding = new ArrayList<>();
        for (int event : run.events) {
            if (event >= 0) {
                long tick = track.events().get(event).tick();
                if (!sounding.isEmpty() && track.events().get(sounding.get(0)).tick() < tick) {
                    endAll(sounding, tick);
                }
                sounding.add(event);
            } else if (!sounding.isEmpty()) {
                int last = sounding.remove(sounding.size() - 1);
                set(last, ~event);
                endAll(sounding, ends[last]);
            }
        }
        endAll(sounding, track.endTick());
    }

    /** Ends notes that began in one tick: they are one stroke of the key. */
    private void endAll(List<Integer> sounding, long end) {
        sounding.forEach(on -> setOpen(on, end));
        sounding.clear();
    }

    private void set(int on, int off) {
        setOpen(on, track.events().get(off).tick());
        offs[on] = off;
    }

    private void setOpen(int on, long end) {
        ends[on] = Math.max(end, track.events().get(on).tick() + 1);
        offs[on] = -1;
    }

    private static int key(int voice, int pitch) {
        return voice << 7 | pitch;
    }
}
