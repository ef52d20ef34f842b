package org.continuo.bridge.daw;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that speaks as much of AbletonOSC as its README documents and {@link LiveClip} asks for, at ports of its own. */
public final class FakeLive implements AutoCloseable {
    private final DatagramSocket socket;
    private final int replies;
    private final Thread thread;
    private final AtomicInteger tracks = new AtomicInteger(2);
    private final AtomicInteger scenes = new AtomicInteger(3);
    /** By "track scene": length and name, then each note as AbletonOSC lists it. */
    private final Map<String, List<Object>> clips = new TreeMap<>();

    /** Of every clip; null where this AbletonOSC does not know the word. */
    private volatile Float loopStart = 0f;

    public FakeLive() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            replies = free.getLocalPort();
        }
        thread = new Thread(this::serve, "fake-live");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int replies() {
        return replies;
    }

    /** A clip in track 0; each note has five figures: pitch, start, duration, velocity, mute. */
    public void put(int scene, float length, Object... notes) {
        synchronized (clips) {
            List<Object> clip = new ArrayList<>(List.of(length, "given"));
            clip.addAll(Arrays.asList(notes));
            clips.put("0 " + scene, clip);
        }
    }

    /** Where the loop of every clip begins; null for an AbletonOSC that cannot say it. */
    void loopFrom(Float start) {
        loopStart = start;
    }

    /** What is in a slot: length, name, figures of notes; null where there is no clip. */
    public List<Object> clip(int track, int scene) {
        synchronized (clips) {
            List<Object> clip = clips.get(track + " " + scene);
            return clip == null ? null : List.copyOf(clip);
        }
    }

    public int clips() {
        synchronized (clips) {
            return clips.size();
        }
    }

    private void serve() {
        byte[] bytes = new byte[1 << 16];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        try {
            while (true) {
                packet.setLength(bytes.length);
                socket.receive(packet);
                answer(OscPacket.read(ByteBuffer.wrap(bytes, 0, packet.getLength())));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(OscPacket said) throws IOException {
        List<Object> words = said.arguments();
        String slot = words.size() >= 2 ? (int) said.number(0) + " " + (int) said.number(1) : "";
        synchronized (clips) {
            List<Object> clip = clips.get(slot);
            switch (said.address()) {
                case "/live/view/get/selected_track", "/live/view/get/selected_scene" -> reply(said, 0);
                case "/live/clip_slot/get/has_clip" -> reply(said, words.get(0), words.get(1), clip != null);
                case "/live/clip/get/is_midi_clip" -> reply(said, words.get(0), words.get(1), true);
                case "/live/clip/get/length" -> reply(said, words.get(0), words.get(1), clip.get(0));
                case "/live/clip/get/loop_start" -> {
                    if (loopStart == null) {
                        reply(new OscPacket("/live/error", List.of()), "Unknown OSC address: " + said.address());
                    } else {
                        reply(said, words.get(0), words.get(1), loopStart);
                    }
                }
                case "/live/song/get/tempo" -> reply(said, 96f);
                case "/live/song/get/signature_numerator" -> reply(said, 3);
                case "/live/song/get/signature_denominator" -> reply(said, 4);
                case "/live/song/get/num_scenes" -> reply(said, scenes.get());
                case "/live/song/get/num_tracks" -> reply(said, tracks.get());
                case "/live/song/create_scene" -> scenes.incrementAndGet();
                case "/live/song/create_midi_track" -> tracks.incrementAndGet();
                case "/live/clip/get/notes" -> {
                    List<Object> all = new ArrayList<>(words);
                    all.addAll(clip.subList(2, clip.size()));
                    reply(said, all.toArray());
                }
                case "/live/clip_slot/create_clip" -> clips.put(slot, new ArrayList<>(List.of(words.get(2), "")));
                case "/live/clip/add/notes" -> clip.addAll(words.subList(2, words.size()));
                case "/live/clip/set/name" -> clip.set(1, words.get(2));
                default -> reply(new OscPacket("/live/error", List.of()), "Unknown OSC address: " + said.address());
            }
        }
    }

    private void reply(OscPacket to, Object... arguments) throws IOException {
        byte[] bytes = new OscPacket(to.address(), Arrays.asList(arguments)).bytes();
        socket.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), replies)));
    }

    @Override
    public void close() {
        socket.close();
    }
}
