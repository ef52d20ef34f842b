package org.continuo.bridge.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.SustainPedal;
import org.continuo.engine.perform.Player;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Remembers what the band plays from the host's last start on: the musicians' notes, as long as key or pedal hold them, and those
 * of the model that sounded, the latest {@value #NOTES}. The band's thread only; allocates nothing but in {@link #passage}.
 */
final class Tape {
    /** Notes remembered. */
    static final int NOTES = 4096;

    /** Notes told to who begins to watch: less than a third of what a peer may let wait. */
    static final int TOLD = 512;

    private static final double SHORTEST = 1.0 / 960;
    private static final int KEYS = Limits.PARTS * 128;
    /** Of a key that the musician holds. */
    private static final int NO_NUMBER = 0;

    private final int[] number = new int[NOTES];
    private final int[] channel = new int[NOTES];
    private final int[] pitch = new int[NOTES];
    private final int[] velocity = new int[NOTES];
    private final Instrument[] instrument = new Instrument[NOTES];
    private final double[] on = new double[NOTES];
    /** Infinity while it is not known. */
    private final double[] off = new double[NOTES];

    private final Instrument[] plays = new Instrument[Limits.PARTS];
    /** By the lowest bits of a note's number, its place on the tape plus one; by key, that of the note held. */
    private final int[] placeOfNote = new int[NOTES];

    private final int[] placeOfKey = new int[KEYS];
    /** The same of a key that is up, of which the pedal holds the note. */
    private final int[] placeByPedal = new int[KEYS];

    private final boolean[] pedal = new boolean[Limits.PARTS];
    /** By key: the velocity that it is down with, or 0. */
    private final byte[] down = new byte[KEYS];

    private int recorded;

    private boolean playing;
    private double origin;
    private double tempo = 120;
    private Meter meter = Meter.COMMON;

    Tape() {
        Arrays.fill(plays, Instrument.PIANO);
        plays[ClipNote.DRUM_CHANNEL] = Instrument.DRUMS;
    }

    /** Who is heard on a channel from now on. */
    void part(int channel, Instrument instrument) {
        plays[channel] = instrument;
    }

    /** The band's transport, of which the timeline may have broken: what the model plays has ended then. */
    void transport(TransportSnapshot snapshot, boolean broke) {
        if (broke) {
            endModel(snapshot.performance);
        }
        boolean starts = snapshot.has(TransportSnapshot.PLAYING) && !playing;
        if (playing && !snapshot.has(TransportSnapshot.PLAYING)) {
            endAll(snapshot.performance);
        }
        playing = snapshot.has(TransportSnapshot.PLAYING);
        if (starts) {
            begin(snapshot);
        }
    }

    /**
     * Another host plays on where the band's stood: what was played before stays, and what the model played has ended. Where nothing
     * was, what is played from now on counts from its place, in its tempo and meter.
     */
    void goesOn(TransportSnapshot snapshot) {
        endModel(snapshot.performance);
        playing = snapshot.has(TransportSnapshot.PLAYING);
        if (recorded == 0) {
            begin(snapshot);
        }
    }

    private void begin(TransportSnapshot snapshot) {
        recorded = 0;
        Arrays.fill(placeOfNote, 0);
        Arrays.fill(placeOfKey, 0);
        Arrays.fill(placeByPedal, 0);
        boolean inBar = snapshot.has(TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_BAR_START);
        origin = snapshot.performance - (inBar ? snapshot.beat - snapshot.barStart : 0);
        tempo = snapshot.has(TransportSnapshot.HAS_TEMPO) ? Tempo.clamped(snapshot.tempo) : 120;
        meter = snapshot.has(TransportSnapshot.HAS_METER)
                ? new Meter(snapshot.numerator, snapshot.denominator)
                : Meter.COMMON;
        for (int key = 0; key < KEYS; key++) {
            if (down[key] > 0) { // it sounds from here on
                placeOfKey[key] = 1 + add(NO_NUMBER, snapshot.performance, key / 128, key % 128, down[key]);
            }
        }
    }

    private void endModel(double moment) {
        for (int place = 0; place < Math.min(recorded, NOTES); place++) {
            if (number[place] != NO_NUMBER && off[place] > moment) {
                off[place] = moment;
            }
        }
    }

    private void endAll(double moment) {
        endModel(moment);
        for (int place = 0; place < Math.min(recorded, NOTES); place++) {
            off[place] = Math.min(off[place], moment);
        }
    }

    /** The musician struck a key. While the host stands it has no place in time, but where it is still down at the start. */
    void struck(double at, int channel, int pitch, int velocity) {
        int key = channel * 128 + pitch;
        end(placeOfKey, key, at);
        end(placeByPedal, key, at);
        down[key] = (byte) velocity;
        if (playing) {
            placeOfKey[key] = 1 + add(NO_NUMBER, at, channel, pitch, velocity);
        }
    }

    /** The musician let a key go. */
    void released(double at, int channel, int pitch) {
        int key = channel * 128 + pitch;
        int place = placeOfKey[key];
        down[key] = 0;
        if (place > 0 && pedal[channel] && plays[channel].sustains()) {
            end(placeOfKey, key, Math.max(at, on[place - 1] + SustainPedal.LONGEST_HOLD));
            placeByPedal[key] = place;
        } else {
            end(placeOfKey, key, at);
        }
    }

    /** The musician moved the sustain pedal of a channel. */
    void pedalled(double at, int channel, boolean isDown) {
        pedal[channel] = isDown;
        for (int key = channel * 128; key < channel * 128 + 128 && !isDown; key++) {
            end(placeByPedal, key, at);
        }
    }

    /** A panic: keys and pedals are forgotten. */
    void letGo(double at) {
        Arrays.fill(pedal, false);
        Arrays.fill(down, (byte) 0);
        for (int key = 0; key < KEYS; key++) {
            end(placeOfKey, key, at);
            end(placeByPedal, key, at);
        }
    }

    /** Ends at {@code at} the note that a key has, unless it has ended before. */
    private void end(int[] places, int key, double at) {
        int place = places[key] - 1;
        places[key] = 0;
        boolean isThere =
                place >= 0 && number[place] == NO_NUMBER && channel[place] == key / 128 && pitch[place] == key % 128;
        if (isThere) {
            off[place] = Math.min(off[place], at);
        }
    }

    /** A note of the model sounded; {@code end} is its planned end, or infinity. */
    void sounded(int note, double at, int channel, int pitch, int velocity, double end) {
        // Every member that plays the channel reports it.
        if (playing && place(note) < 0) {
            int place = add(note, at, channel, pitch, velocity);
            off[place] = end;
            placeOfNote[note & (NOTES - 1)] = place + 1;
        }
    }

    /** The end of a note of the model is planned otherwise, or not known any more: infinity. */
    void ends(int note, double at) {
        int place = place(note);
        if (place >= 0) {
            off[place] = at;
        }
    }

    private int place(int note) {
        int place = placeOfNote[note & (NOTES - 1)] - 1;
        return place >= 0 && number[place] == note ? place : -1;
    }

    private int add(int note, double at, int channel, int pitch, int velocity) {
        int place = recorded % NOTES;
        recorded = recorded + 1 == 2 * NOTES ? NOTES : recorded + 1;
        number[place] = note;
        this.channel[place] = channel;
        this.pitch[place] = pitch;
        this.velocity[place] = velocity;
        instrument[place] = plays[channel];
        on[place] = at;
        off[place] = Double.POSITIVE_INFINITY;
        return place;
    }

    /**
     * Tells a member the latest notes, each in its own time: those that are over, or whose end is planned, with their ends;
     * those of the model that sound without a planned end as if they ended {@code now}.
     */
    void tell(Member member, double now) {
        for (int i = Math.max(0, recorded - TOLD); i < recorded; i++) {
            int place = i % NOTES;
            double from = member.fromBand(on[place]);
            boolean known = off[place] < Double.POSITIVE_INFINITY;
            if (known || number[place] != NO_NUMBER) {
                boolean byPedal = number[place] == NO_NUMBER && off[place] > now; // of which no end is told
                double to = Math.max(from, member.fromBand(known && !byPedal ? off[place] : now));
                Player player = number[place] == NO_NUMBER ? Player.MUSICIAN : Player.MODEL;
                member.writer.heardPlayed(player.label(), from, to, channel[place], pitch[place], velocity[place]);
            } else {
                member.writer.heardOn(from, channel[place], pitch[place], velocity[place]);
            }
        }
    }

    /** Everything up to {@code now}, at which what sounds ends; null where there is nothing. Allocates. */
    Passage passage(double now) {
        List<TakeNote> notes = new ArrayList<>();
        for (int place = 0; place < Math.min(recorded, NOTES); place++) {
            double start = Math.max(0, on[place] - origin);
            double end = Math.min(off[place], Math.max(now, on[place])) - origin;
            if (start >= TakeNote.LAST - 1 || end > TakeNote.LAST) {
                continue; // a client's figure, not a musician's
            }
            notes.add(new TakeNote(
                    number[place] != NO_NUMBER,
                    channel[place],
                    instrument[place],
                    pitch[place],
                    velocity[place],
                    start,
                    Math.max(end, start + SHORTEST)));
        }
        notes.sort(Comparator.comparingDouble(TakeNote::start));
        return notes.isEmpty() ? null : new Passage(meter, tempo, notes);
    }
}
