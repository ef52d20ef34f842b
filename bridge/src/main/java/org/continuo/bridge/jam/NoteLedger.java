package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.token.Instrument;

/**
 * Every note of a jam, from its plan to its end: what is to come, what sounds, what the musician holds, what was played. The one
 * owner of ends. Performance time, in quarter notes. Confined to one thread.
 */
final class NoteLedger {
    /** The performer ends its notes after eight quarters; one that rings for so long was forgotten. */
    private static final double STUCK = 12;

    /** A planned start or end; an end has no more than its note's number. */
    record Event(double at, boolean on, int note, int channel, int pitch, int velocity, long order)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(at, other.at);
            int endsFirst = byTime != 0 ? byTime : Boolean.compare(on, other.on);
            return endsFirst != 0 ? endsFirst : Long.compare(order, other.order);
        }
    }

    private record Sounding(boolean model, int channel, int pitch, int velocity, double since, double beat) {}

    private final Ear ear;
    private final JamCounts counts;
    private final List<Played> played = new ArrayList<>();
    private final PriorityQueue<Event> pending = new PriorityQueue<>();
    private long order;
    /** By the model's note number. */
    private final Map<Integer, Sounding> sounding = new HashMap<>();
    /** By channel and pitch: the model's note that sounds there. */
    private final Map<Integer, Integer> noteOf = new HashMap<>();
    /** By channel and pitch: what the musician holds. */
    private final Map<Integer, Sounding> held = new HashMap<>();

    private final Instrument[] instruments = new Instrument[16];

    NoteLedger(Ear ear, JamCounts counts) {
        this.ear = ear;
        this.counts = counts;
    }

    /** Everything that has sounded and ended, the musician's notes too. */
    List<Played> played() {
        return played;
    }

    void instrument(int channel, Instrument instrument) {
        instruments[channel] = instrument;
    }

    /** The musician strikes a key, at a host beat too. */
    void strikeKey(int channel, int pitch, int velocity, double performance, double beat) {
        held.put(channel * 128 + pitch, new Sounding(false, channel, pitch, velocity, performance, beat));
        ear.on(false, channel, pitch, velocity);
    }

    /** The musician lets a key go; whether it was down. */
    boolean releaseKey(int channel, int pitch, double performance) {
        Sounding key = held.remove(channel * 128 + pitch);
        if (key != null) {
            end(key, performance);
        }
        return key != null;
    }

    void releaseKeys(double performance) {
        held.values().forEach(key -> end(key, performance));
        held.clear();
    }

    /** A start is to come. */
    void plan(double at, int note, int channel, int pitch, int velocity) {
        pending.add(new Event(at, true, note, channel, pitch, velocity, order++));
    }

    /** An end is to come. */
    void planEnd(double at, int note) {
        pending.add(new Event(at, false, note, 0, 0, 0, order++));
    }

    /** What is planned from {@code from} on is void. */
    void withdraw(double from) {
        for (Iterator<Event> events = pending.iterator(); events.hasNext(); ) {
            Event event = events.next();
            if (event.at >= from) {
                counts.withdrawn += event.on ? 1 : 0;
                events.remove();
            }
        }
    }

    /**
     * Everything that is due before {@code to} sounds or ends.
     *
     * @param ahead host beats less performance time
     * @param began told each start that sounded
     */
    void sound(double to, double ahead, Consumer<Event> began) {
        while (!pending.isEmpty() && pending.peek().at < to) {
            Event event = pending.poll();
            if (event.on) {
                strike(event, ahead);
                began.accept(event);
            } else {
                release(event.note, event.at);
            }
        }
    }

    private void strike(Event event, double ahead) {
        Integer before = noteOf.get(event.channel * 128 + event.pitch);
        if (before != null) {
            counts.doubled++;
            release(before, event.at);
        }
        counts.sounded++;
        noteOf.put(event.channel * 128 + event.pitch, event.note);
        sounding.put(
                event.note, new Sounding(true, event.channel, event.pitch, event.velocity, event.at, event.at + ahead));
        ear.on(true, event.channel, event.pitch, event.velocity);
    }

    /** Ends a note of the model, if it sounds. */
    void release(int note, double at) {
        Sounding sounded = sounding.remove(note);
        if (sounded != null) {
            noteOf.remove(sounded.channel * 128 + sounded.pitch);
            end(sounded, at);
        }
    }

    /** Ends every note of the model. */
    void releaseAll(double at) {
        sounding.values().forEach(note -> end(note, at));
        sounding.clear();
        noteOf.clear();
    }

    private void end(Sounding note, double at) {
        if (note.model && at - note.since > STUCK) {
            counts.stuck++;
        }
        ear.off(note.model, note.channel, note.pitch);
        Instrument instrument = instruments[note.channel];
        played.add(new Played(
                note.model,
                note.channel,
                instrument != null
                        ? instrument
                        : note.channel == ClipNote.DRUM_CHANNEL ? Instrument.DRUMS : Instrument.PIANO,
                note.pitch,
                note.velocity,
                note.since,
                Math.max(at, note.since),
                note.beat));
    }
}
