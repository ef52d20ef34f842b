package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * A host with its plugin on a virtual clock: transport, loop, meters, and the plugin's rules for plans: what is void, what
 * is late, which note ends which. Everything that a plan must hold is asserted on the way.
 */
final class VirtualHost implements PlanSink {
    /** A planned note as it sounded. */
    record Onset(
            int note, double performance, double beat, double sinceBarLine, int channel, int pitch, int velocity) {}

    private record Planned(int note, double at, boolean on, int channel, int pitch, int velocity, int revision) {}

    private record Sounding(int note, double since, int channel) {}

    final List<Onset> onsets = new ArrayList<>();
    /** Everything the performer said, to be compared. */
    final StringBuilder said = new StringBuilder();

    final TransportSnapshot transport = new TransportSnapshot();

    double performance;
    double beat;
    double tempo = 120;
    boolean playing;
    private boolean takesOver;
    boolean hasTimeline = true;
    Meter meter = Meter.COMMON;
    /** A host beat with a bar line. */
    double barLine;

    boolean looping;
    double loopStart;
    double loopEnd;

    /** Quarter notes by which the performer's clock is behind: a host that stumbled makes up for it in a burst of blocks. */
    double ahead;
    /** Notes that were struck while they sounded, which the plugin ends first; only where the host is ahead. */
    int struckAgain;

    /** Whether what sounded is told with the next block, after the performer has worked. */
    boolean tellsLater;

    int late;
    int latestRevision;
    double plannedTo;
    int plans;
    /** Quarter notes that the longest note of each channel has sounded. */
    final double[] longestRing = new double[16];

    private int epoch;
    private Performer performer;
    private double sinceTransport;
    /** Quarter notes that the commit line lay ahead, that a block lasted and that no plan came, at the most. */
    double furthestCommit;

    double longestBlock;
    double longestWait;
    private double plannedAt;

    private final List<Planned> pending = new ArrayList<>();
    private final Map<Integer, Sounding> sounding = new HashMap<>();
    private final Map<Integer, Integer> keyOf = new HashMap<>();
    private final Set<Integer> ids = new HashSet<>();
    private final ArrayDeque<Integer> missed = new ArrayDeque<>();
    private final ArrayDeque<Onset> untold = new ArrayDeque<>();
    private boolean planAccepted;
    private double from;
    private double to;
    private double lastAt;
    private int lastRevision;
    private double lastTo;
    private int planEpoch;

    void play(Performer player) {
        this.performer = player;
    }

    /** A break: all that is planned is void, all that sounds ends, and the engine is told at once. */
    void breakHere() {
        epoch++;
        pending.clear();
        untold.clear();
        sounding.clear();
        keyOf.clear();
        tell();
    }

    void start() {
        playing = true;
        breakHere();
    }

    /** Where it stood, another host of the band is followed that has played all along. */
    void takeOver() {
        playing = true;
        takesOver = true;
        breakHere();
        takesOver = false;
    }

    void stop() {
        playing = false;
        breakHere();
        assertTrue(sounding.isEmpty());
    }

    void seek(double target) {
        beat = target;
        breakHere();
    }

    void loop(double start, double end) {
        looping = true;
        loopStart = start;
        loopEnd = end;
        breakHere();
    }

    void unloop() {
        looping = false;
        breakHere();
    }

    void meter(Meter value) {
        meter = value;
        barLine = beat;
        breakHere();
    }

    private void tell() {
        transport.flags = TransportSnapshot.HAS_TEMPO | (playing ? TransportSnapshot.PLAYING : 0);
        if (hasTimeline) {
            transport.flags |=
                    TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_METER | TransportSnapshot.HAS_BAR_START;
            transport.flags |= looping ? TransportSnapshot.LOOPING : 0;
        }
        transport.epoch = epoch;
        transport.performance = performance;
        transport.beat = beat;
        transport.tempo = tempo;
        transport.numerator = meter.numerator();
        transport.denominator = meter.denominator();
        transport.barStart = beat - sinceBarLine(beat);
        transport.loopStart = loopStart;
        transport.loopEnd = loopEnd;
        said.append("transport ")
                .append(epoch)
                .append(' ')
                .append(performance)
                .append(' ')
                .append(beat)
                .append(" flags ")
                .append(transport.flags)
                .append('\n');
        if (takesOver) {
            performer.takeOver(transport);
        } else {
            performer.transport(transport);
        }
        sinceTransport = 0;
    }

    private double sinceBarLine(double at) {
        double length = meter.quarters();
        double since = at - barLine;
        return since - Math.floor(since / length + 1e-12) * length;
    }

    /** Whether it stands beside a bar line, no further than {@code distance}, and not on it. */
    boolean isBeside(double distance) {
        double since = sinceBarLine(beat);
        double off = Math.min(since, meter.quarters() - since);
        return off > 1e-9 && off <= distance;
    }

    /** Plays one block of {@code seconds}; the engine does as much as it likes before. */
    void block(double seconds, int mostWork) {
        for (int i = 0; i < mostWork && performer.work(performance - ahead); i++) {}
        for (Onset onset = untold.poll(); onset != null; onset = untold.poll()) {
            performer.sounded(onset.note);
        }
        Integer note = missed.poll();
        while (note != null) {
            performer.missed(note);
            note = missed.poll();
        }
        if (!playing) {
            return;
        }
        if (sinceTransport >= 0.02) {
            tell();
        }
        sinceTransport += seconds;
        double length = seconds * tempo / 60;
        furthestCommit = Math.max(furthestCommit, performer.commitQuarters());
        longestBlock = Math.max(longestBlock, length);
        longestWait = Math.max(longestWait, performance - plannedAt);
        while (length > 0) {
            boolean wraps = wrapsAhead() && beat + length >= loopEnd;
            double step = wraps ? loopEnd - beat : length;
            emit(performance + step);
            performance += step;
            beat = wraps ? loopStart : beat + step;
            length -= step;
        }
        for (Sounding ringing : sounding.values()) {
            int channel = ringing.channel;
            longestRing[channel] = Math.max(longestRing[channel], performance - ringing.since);
        }
    }

    private boolean wrapsAhead() {
        return hasTimeline && looping && loopEnd - loopStart >= Timeline.SHORTEST_LOOP && beat < loopEnd;
    }

    private void emit(double end) {
        pending.sort(Comparator.comparingDouble(Planned::at).thenComparing(Planned::on));
        while (!pending.isEmpty() && pending.get(0).at < end) {
            Planned event = pending.remove(0);
            if (event.on) {
                strike(event);
            } else {
                release(event.note);
            }
        }
    }

    private void strike(Planned event) {
        int key = event.channel * 128 + event.pitch;
        Integer former = keyOf.get(key);
        assertTrue(former == null || ahead > 0, () -> "doubled: " + event + " while " + former + " sounds");
        if (former != null) {
            struckAgain++;
            release(former);
        }
        said.append("sounded ").append(event.note).append('\n');
        keyOf.put(key, event.note);
        sounding.put(event.note, new Sounding(event.note, event.at, event.channel));
        double at = beat + event.at - performance;
        onsets.add(new Onset(event.note, event.at, at, sinceBarLine(at), event.channel, event.pitch, event.velocity));
        if (tellsLater) {
            untold.add(onsets.get(onsets.size() - 1));
        } else {
            performer.sounded(event.note);
        }
    }

    private void release(int note) {
        if (sounding.remove(note) != null) {
            keyOf.values().remove(note);
        }
    }

    /** How many notes sound that are not the drums'. */
    int ringing() {
        return sounding.size();
    }

    boolean rings(int note) {
        return sounding.containsKey(note);
    }

    @Override
    public void plan(int planEpoch, int revision, double from, double to) {
        said.append("plan ")
                .append(planEpoch)
                .append(' ')
                .append(revision)
                .append(' ')
                .append(from)
                .append(' ')
                .append(to)
                .append('\n');
        assertTrue(from <= to, "a plan from " + from + " to " + to);
        assertTrue(revision >= latestRevision, "revisions rise");
        if (revision == lastRevision && lastTo > Math.nextUp(lastAt)) {
            assertEquals(lastTo, from, "the ranges of a revision follow one another");
        } else if (revision == lastRevision) {
            assertTrue(lastTo == from || lastAt == from, "a moment told in part stands in the next range too");
        }
        lastRevision = revision;
        lastTo = to;
        this.from = from;
        this.to = to;
        this.planEpoch = planEpoch;
        lastAt = from;
        plans++;
        plannedAt = performance;
        planAccepted = planEpoch == epoch && revision >= latestRevision;
        if (planAccepted && revision > latestRevision) {
            latestRevision = revision;
            pending.removeIf(event -> event.at >= from);
        }
        plannedTo = to;
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        said.append("on ")
                .append(note)
                .append(' ')
                .append(at)
                .append(' ')
                .append(channel)
                .append(' ')
                .append(pitch)
                .append(' ')
                .append(velocity)
                .append('\n');
        assertTrue(note >= 1 && ids.add(note), "note numbers are used once");
        assertTrue(velocity >= 1 && velocity <= 127);
        inOrder(at);
        if (!planAccepted) {
            return;
        }
        if (at < performance) {
            late++;
            missed.add(note);
        } else {
            pending.add(new Planned(note, at, true, channel, pitch, velocity, latestRevision));
        }
    }

    @Override
    public void planOff(int note, double at) {
        said.append("off ").append(note).append(' ').append(at).append('\n');
        inOrder(at);
        if (planAccepted) {
            if (at < performance) {
                release(note);
            } else {
                pending.add(new Planned(note, at, false, 0, 0, 0, latestRevision));
            }
        }
    }

    private void inOrder(double at) {
        assertTrue(at >= from && at < to, () -> at + " is not in the plan " + from + ".." + to);
        assertTrue(at >= lastAt, () -> at + " after " + lastAt);
        lastAt = at;
    }

    @Override
    public void planEnd() {}
}
