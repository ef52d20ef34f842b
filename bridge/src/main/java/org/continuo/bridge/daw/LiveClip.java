package org.continuo.bridge.daw;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The clip that is selected in Ableton Live, by the words of AbletonOSC, whose README the comments below quote.
 *
 * <p>Never run with Live: tested against a program that speaks these words. Blocks; confined to one thread.
 */
public final class LiveClip implements AutoCloseable {
    /** Five arguments each; a datagram of this many is well under what a loopback takes. */
    private static final int NOTES_A_MESSAGE = 100;

    private final AbletonOsc live;
    private final int track;
    private final int scene;

    private LiveClip(AbletonOsc live, int track, int scene) {
        this.live = live;
        this.track = track;
        this.scene = scene;
    }

    /**
     * The clip in the selected track and scene.
     *
     * @param port where AbletonOSC listens; 11000 unless it was changed
     * @param replies where it answers to; 11001
     * @throws IOException with one line, where nobody answers or the port for answers is taken
     */
    public static LiveClip selected(int port, int replies) throws IOException {
        AbletonOsc live = new AbletonOsc(port, replies);
        try {
            // "/live/view/get/selected_track | | selected_track | returns selected track (start at 0)"
            int track = (int) live.ask("/live/view/get/selected_track")[0];
            // "/live/view/get/selected_scene | | selected_scene | returns the selected scene (start at 0)"
            int scene = (int) live.ask("/live/view/get/selected_scene")[0];
            return new LiveClip(live, track, scene);
        } catch (IOException | RuntimeException e) {
            live.close();
            throw e;
        }
    }

    /** What it holds. */
    public Clip read() throws IOException {
        // "/live/clip_slot/get/has_clip | track_id, clip_id | track_id, clip_id, has_clip"
        if (live.ask("/live/clip_slot/get/has_clip", track, scene)[2] == 0) {
            throw new IOException("the selected slot (track " + (track + 1) + ", scene " + (scene + 1)
                    + ") has no clip; select one that has");
        }
        // "/live/clip/get/is_midi_clip | track_id, clip_id | track_id, clip_id, is_midi_clip"
        if (live.ask("/live/clip/get/is_midi_clip", track, scene)[2] == 0) {
            throw new IOException("the selected clip is audio; select one with notes");
        }
        // "/live/clip/get/length | track_id, clip_id | track_id, clip_id, length"
        double length = live.ask("/live/clip/get/length", track, scene)[2];
        double from = loopStart();
        // "/live/song/get/tempo | | tempo_bpm"
        double tempo = live.ask("/live/song/get/tempo")[0];
        // "/live/song/get/signature_numerator | | numerator", and the same for the denominator
        int numerator = (int) live.ask("/live/song/get/signature_numerator")[0];
        int denominator = (int) live.ask("/live/song/get/signature_denominator")[0];
        // "/live/clip/get/notes | track_id, clip_id | track_id, clip_id, pitch, start_time, duration, velocity, mute,
        // [...]"
        double[] answer = live.ask("/live/clip/get/notes", track, scene);
        List<DawNote> notes = new ArrayList<>();
        for (int i = 2; i + 4 < answer.length; i += 5) {
            double at = answer[i + 1] - from;
            boolean muted = answer[i + 4] != 0;
            if (!muted && at >= 0 && at < length) {
                notes.add(new DawNote(
                        0,
                        (int) answer[i],
                        Math.max(1, Math.min(127, (int) Math.round(answer[i + 3]))),
                        at,
                        Math.max(1e-3, Math.min(answer[i + 2], length - at))));
            }
        }
        return new Clip(length, tempo, numerator, denominator, Map.of(), notes);
    }

    /** Where what sounds of the clip begins: its length counts from there, its notes from the clip's own first bar. */
    private double loopStart() {
        try {
            // "/live/clip/get/loop_start | track_id, clip_id | track_id, clip_id, loop_start"
            return live.ask("/live/clip/get/loop_start", track, scene)[2];
        } catch (IOException e) {
            // An AbletonOSC that does not know the word; where nobody answers at all, the next question says so.
            return 0;
        }
    }

    /**
     * Puts music into the first empty slot below, as a clip of its own, one for each channel in the tracks to the right.
     *
     * @return how many clips were made
     */
    public int write(DawAnswer music, String name) throws IOException {
        int[] channels = music.notes().stream()
                .mapToInt(DawNote::channel)
                .distinct()
                .sorted()
                .toArray();
        double length = music.until() - music.from();
        int made = 0;
        for (int channel : channels) {
            // Where the clip is continued, its own track comes first; parts beside it have a track each.
            int to = music.from() > 0 && made == 0 ? track : newTrack();
            int slot = music.from() > 0 && made == 0 ? emptySlot() : scene;
            // "/live/clip_slot/create_clip | track_id, clip_id, length | | Create a clip in the slot"
            live.say("/live/clip_slot/create_clip", to, slot, (float) length);
            List<DawNote> notes = music.notes().stream()
                    .filter(note -> note.channel() == channel)
                    .toList();
            for (int i = 0; i < notes.size(); i += NOTES_A_MESSAGE) {
                live.say(
                        "/live/clip/add/notes",
                        notes(to, slot, notes.subList(i, Math.min(notes.size(), i + NOTES_A_MESSAGE)), music.from()));
            }
            // "/live/clip/set/name | track_id, clip_id, name | | Set clip name"
            live.say("/live/clip/set/name", to, slot, name);
            // Asked for something about it, it has done all that came before.
            live.ask("/live/clip/get/length", to, slot);
            made++;
        }
        return made;
    }

    /** "/live/clip/add/notes | track_id, clip_id, pitch, start_time, duration, velocity, mute, ..." */
    private static Object[] notes(int track, int slot, List<DawNote> notes, double from) {
        List<Object> arguments = new ArrayList<>(List.of(track, slot));
        for (DawNote note : notes) {
            Collections.addAll(
                    arguments,
                    note.pitch(),
                    (float) (note.at() - from),
                    (float) note.length(),
                    (float) note.velocity(),
                    false);
        }
        return arguments.toArray();
    }

    /** At the end, as its number. */
    private int newTrack() throws IOException {
        // "/live/song/create_midi_track | index | | Create a new MIDI track at the specified index (-1 = end of list)"
        live.say("/live/song/create_midi_track", -1);
        // "/live/song/get/num_tracks | | num_tracks | Query the number of tracks"
        return (int) live.ask("/live/song/get/num_tracks")[0] - 1;
    }

    private int emptySlot() throws IOException {
        // "/live/song/get/num_scenes | | num_scenes | Query the number of scenes"
        int scenes = (int) live.ask("/live/song/get/num_scenes")[0];
        for (int slot = scene + 1; slot < scenes; slot++) {
            if (live.ask("/live/clip_slot/get/has_clip", track, slot)[2] == 0) {
                return slot;
            }
        }
        // "/live/song/create_scene | index | | Create a new scene at the specified index (-1 = end of list)"
        live.say("/live/song/create_scene", -1);
        return scenes;
    }

    @Override
    public void close() {
        live.close();
    }
}
