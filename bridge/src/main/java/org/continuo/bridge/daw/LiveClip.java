package org.continuo.bridge.daw;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The clip that is shown in Ableton Live, by the words of AbletonOSC (github.com/ideoforms/AbletonOSC, its README, from which
 * the comments below quote): "listens for OSC messages on port 11000, and sends replies on port 11001".
 *
 * <p>Never run with Live: tested against a program that speaks these words. Blocks; confined to one thread.
 */
public final class LiveClip implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int LARGEST = 1 << 16;
    /** Five arguments each; a datagram of this many is well under what a loopback takes. */
    private static final int NOTES_A_MESSAGE = 100;

    private final DatagramSocket socket;
    private final InetSocketAddress live;
    private final int track;
    private final int scene;

    private LiveClip(DatagramSocket socket, InetSocketAddress live, int[] selected) {
        this.socket = socket;
        this.live = live;
        this.track = selected[0];
        this.scene = selected[1];
    }

    /**
     * The clip in the selected track and scene.
     *
     * @param port where AbletonOSC listens; 11000 unless it was changed
     * @param replies where it answers to; 11001
     * @throws IOException with one line, where nobody answers or the port for answers is taken
     */
    public static LiveClip selected(int port, int replies) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        DatagramSocket socket;
        try {
            socket = new DatagramSocket(replies, here);
        } catch (SocketException e) {
            throw new IOException(
                    "UDP port " + replies + ", where AbletonOSC answers, is taken; end the program that has it", e);
        }
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            InetSocketAddress live = new InetSocketAddress(here, port);
            // "/live/view/get/selected_track | | selected_track | returns selected track (start at 0)"
            int track = (int) ask(socket, live, "/live/view/get/selected_track").number(0);
            // "/live/view/get/selected_scene | | selected_scene | returns the selected scene (start at 0)"
            int scene = (int) ask(socket, live, "/live/view/get/selected_scene").number(0);
            return new LiveClip(socket, live, new int[] {track, scene});
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** What it holds. */
    public Clip read() throws IOException {
        // "/live/clip_slot/get/has_clip | track_id, clip_id | track_id, clip_id, has_clip"
        if (ask("/live/clip_slot/get/has_clip", track, scene).number(2) == 0) {
            throw new IOException("the selected slot (track " + (track + 1) + ", scene " + (scene + 1)
                    + ") has no clip; select one that has");
        }
        // "/live/clip/get/is_midi_clip | track_id, clip_id | track_id, clip_id, is_midi_clip"
        if (ask("/live/clip/get/is_midi_clip", track, scene).number(2) == 0) {
            throw new IOException("the selected clip is audio; select one with notes");
        }
        // "/live/clip/get/length | track_id, clip_id | track_id, clip_id, length"
        double length = ask("/live/clip/get/length", track, scene).number(2);
        // "/live/song/get/tempo | | tempo_bpm"
        double tempo = ask("/live/song/get/tempo").number(0);
        // "/live/song/get/signature_numerator | | numerator", and the same for the denominator
        int numerator = (int) ask("/live/song/get/signature_numerator").number(0);
        int denominator = (int) ask("/live/song/get/signature_denominator").number(0);
        // "/live/clip/get/notes | track_id, clip_id | track_id, clip_id, pitch, start_time, duration, velocity, mute,
        // [...]"
        OscPacket answer = ask("/live/clip/get/notes", track, scene);
        List<ClipNote> notes = new ArrayList<>();
        for (int i = 2; i + 4 < answer.arguments().size(); i += 5) {
            double at = answer.number(i + 1);
            boolean muted = answer.number(i + 4) != 0;
            if (!muted && at >= 0 && at < length) {
                notes.add(new ClipNote(
                        0,
                        (int) answer.number(i),
                        Math.max(1, Math.min(127, (int) Math.round(answer.number(i + 3)))),
                        at,
                        Math.max(1e-3, answer.number(i + 2))));
            }
        }
        return new Clip(length, tempo, numerator, denominator, Map.of(), notes);
    }

    /**
     * Puts music into the first empty slot below, as a clip of its own, one for each channel in the tracks to the right.
     *
     * @return how many clips were made
     */
    public int write(AddedMusic music, String name) throws IOException {
        int[] channels = music.notes().stream()
                .mapToInt(ClipNote::channel)
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
            say("/live/clip_slot/create_clip", to, slot, (float) length);
            List<ClipNote> notes = music.notes().stream()
                    .filter(note -> note.channel() == channel)
                    .toList();
            for (int i = 0; i < notes.size(); i += NOTES_A_MESSAGE) {
                say(
                        "/live/clip/add/notes",
                        notes(to, slot, notes.subList(i, Math.min(notes.size(), i + NOTES_A_MESSAGE)), music.from()));
            }
            // "/live/clip/set/name | track_id, clip_id, name | | Set clip name"
            say("/live/clip/set/name", to, slot, name);
            // Asked for something about it, it has done all that came before.
            ask("/live/clip/get/length", to, slot);
            made++;
        }
        return made;
    }

    /** "/live/clip/add/notes | track_id, clip_id, pitch, start_time, duration, velocity, mute, ..." */
    private static Object[] notes(int track, int slot, List<ClipNote> notes, double from) {
        List<Object> arguments = new ArrayList<>(List.of(track, slot));
        for (ClipNote note : notes) {
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
        say("/live/song/create_midi_track", -1);
        // "/live/song/get/num_tracks | | num_tracks | Query the number of tracks"
        return (int) ask("/live/song/get/num_tracks").number(0) - 1;
    }

    private int emptySlot() throws IOException {
        // "/live/song/get/num_scenes | | num_scenes | Query the number of scenes"
        int scenes = (int) ask("/live/song/get/num_scenes").number(0);
        for (int slot = scene + 1; slot < scenes; slot++) {
            if (ask("/live/clip_slot/get/has_clip", track, slot).number(2) == 0) {
                return slot;
            }
        }
        // "/live/song/create_scene | index | | Create a new scene at the specified index (-1 = end of list)"
        say("/live/song/create_scene", -1);
        return scenes;
    }

    private void say(String address, Object... arguments) throws IOException {
        send(socket, live, address, arguments);
    }

    private OscPacket ask(String address, Object... arguments) throws IOException {
        return ask(socket, live, address, arguments);
    }

    private static void send(DatagramSocket socket, InetSocketAddress live, String address, Object... arguments)
            throws IOException {
        byte[] bytes = new OscPacket(address, Arrays.asList(arguments)).bytes();
        socket.send(new DatagramPacket(bytes, bytes.length, live));
    }

    /** Its answer has the same address; "/live/error | error_msg" comes instead where something went wrong. */
    private static OscPacket ask(DatagramSocket socket, InetSocketAddress live, String address, Object... arguments)
            throws IOException {
        send(socket, live, address, arguments);
        byte[] bytes = new byte[LARGEST];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        try {
            while (System.nanoTime() < end) {
                packet.setLength(bytes.length);
                socket.receive(packet);
                OscPacket answer = OscPacket.read(ByteBuffer.wrap(bytes, 0, packet.getLength()));
                if (answer != null && answer.address().equals("/live/error")) {
                    throw new IOException("Live says: " + answer.arguments());
                }
                if (answer != null
                        && answer.address().equals(address)
                        && !answer.arguments().isEmpty()) {
                    return answer;
                }
            }
        } catch (SocketTimeoutException e) {
            // Said below.
        }
        throw new IOException("AbletonOSC does not answer at UDP port " + live.getPort()
                + "; in Live: Preferences > Link, Tempo & MIDI > Control Surface > AbletonOSC");
    }

    @Override
    public void close() {
        socket.close();
    }
}
