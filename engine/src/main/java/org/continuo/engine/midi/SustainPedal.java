package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lengthens notes to what is heard: a note whose key comes up while the channel's pedal (controller 64 at 64 or more) is
 * down sounds until the pedal comes up or the same pitch starts again. Only for what the model reads; a written file
 * keeps the keys and the pedal as they were.
 *
 * <p>Stateless, thread-safe.
 */
public final class SustainPedal {
    /** A pedal that stays down holds no note longer than this from the note's start, in quarter notes: four bars. */
    public static final int LONGEST_HOLD = 16;

    private static final int RESET_ALL_CONTROLLERS = 121;

    private SustainPedal() {}

    /** The clip's notes as heard, in the order of {@link MidiClip#notes()}; drums are left as they are. */
    public static List<ClipNote> hold(MidiClip clip) {
        Map<Integer, TreeMap<Long, Long>> held = pedals(clip);
        if (held.isEmpty()) {
            return clip.notes();
        }
        Map<Integer, long[]> starts = startsByKey(clip.notes());
        long longest = (long) LONGEST_HOLD * clip.resolution();
        List<ClipNote> heard = new ArrayList<>(clip.notes().size());
        for (ClipNote note : clip.notes()) {
            TreeMap<Long, Long> pedal = held.get(note.voice());
            Map.Entry<Long, Long> down = pedal == null ? null : pedal.lowerEntry(note.end());
            if (down == null || down.getValue() <= note.end() || note.drums()) {
                heard.add(note);
            } else {
                long end = Math.min(down.getValue(), note.start() + longest);
                end = Math.min(end, nextAtOrAfter(starts.get(key(note)), note.end()));
                heard.add(note.endingAt(Math.max(end, note.end())));
            }
        }
        return List.copyOf(heard);
    }

    /**
     * By voice (port and channel): from the tick at which the pedal goes down to the one at which it comes up. A key that
     * comes up in the very tick the pedal moves is not held: players lift the key before the new pedal, and with the old.
     */
    private static Map<Integer, TreeMap<Long, Long>> pedals(MidiClip clip) {
        Map<Integer, TreeMap<Long, Long>> pedals = new HashMap<>();
        Map<Integer, Long> downSince = new HashMap<>();
        for (PlacedEvent move : clip.events()) {
            if (move.event().isController(Messages.SUSTAIN) && move.event().data2() >= 64) {
                downSince.putIfAbsent(move.voice(), move.tick());
            } else if (move.event().isController(Messages.SUSTAIN)
                    || move.event().isController(RESET_ALL_CONTROLLERS)) {
                Long down = downSince.remove(move.voice());
                if (down != null) {
                    pedals.computeIfAbsent(move.voice(), voice -> new TreeMap<>())
                            .put(down, move.tick());
                }
            }
        }
        downSince.forEach((voice, down) ->
                pedals.computeIfAbsent(voice, key -> new TreeMap<>()).put(down, Long.MAX_VALUE));
        return pedals;
    }

    private static Map<Integer, long[]> startsByKey(List<ClipNote> notes) {
        Map<Integer, List<Long>> lists = new HashMap<>();
        for (ClipNote note : notes) {
            lists.computeIfAbsent(key(note), key -> new ArrayList<>()).add(note.start());
        }
        Map<Integer, long[]> starts = new HashMap<>();
        lists.forEach((key, list) ->
                starts.put(key, list.stream().mapToLong(Long::longValue).toArray()));
        return starts;
    }

    private static long nextAtOrAfter(long[] sorted, long tick) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < tick) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < sorted.length ? sorted[low] : Long.MAX_VALUE;
    }

    private static int key(ClipNote note) {
        return note.voice() << 7 | note.pitch();
    }
}
