package org.continuo.engine.roll;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;

/**
 * Where everything stands in a piano roll: time runs to the right in systems of whole bars, one below the other, each with
 * a row for every pitch and, beneath, a row for every drum. Pixels. Immutable.
 */
final class RollLayout {
    static final int WIDTH = 1600;
    static final int LEFT = 56;
    static final int RIGHT = 16;
    static final int TOP = 54;
    static final int SYSTEM_GAP = 30;

    private static final int LANE_GAP = 8;
    private static final int MOST_SYSTEMS = 12;
    private static final double ROOMY_TICK = 1.5;
    private static final int LEAST_PITCHES = 25;
    private static final int HANDY_HEIGHT = 3000;
    private static final int LEAST_ROW = 2;
    private static final int TALLEST_ROW = 7;

    /** Bars {@code firstBar} up to, not including, {@code endBar}, which share one row of the picture. */
    record System(int firstBar, int endBar, int startTick, int endTick) {}

    private final List<System> systems = new ArrayList<>();
    private final List<Integer> drums;
    private final int lowestPitch;
    private final int highestPitch;
    private final int rowHeight;
    private final double pixelsPerTick;
    private final boolean pitched;

    /** @param endTick the picture shows the bars up to here */
    RollLayout(MeterMap meters, List<Note> notes, int endTick) {
        int lowest = 127;
        int highest = 0;
        TreeSet<Integer> strokes = new TreeSet<>();
        for (Note note : notes) {
            if (note.instrument() == Instrument.DRUMS) {
                strokes.add(note.pitch());
            } else {
                lowest = Math.min(lowest, note.pitch());
                highest = Math.max(highest, note.pitch());
            }
        }
        drums = List.copyOf(strokes);
        pitched = lowest <= highest || strokes.isEmpty();
        if (lowest > highest) {
            lowest = 60;
            highest = 72;
        }
        int spare = Math.max(4, LEAST_PITCHES - (highest - lowest + 1));
        lowestPitch = Math.max(0, lowest - spare / 2);
        highestPitch = Math.min(127, highest + spare / 2);
        int bars = meters.barAt(Math.max(0, endTick - 1)) + 1;
        int ticks = meters.barStart(bars);
        double roomy = (WIDTH - LEFT - RIGHT) / ROOMY_TICK;
        int wanted = (int) Math.min(MOST_SYSTEMS - 1, Math.ceil(ticks / roomy));
        breakIntoSystems(meters, bars, (double) ticks / wanted);
        rowHeight = rowHeight(systems.size() * (highestPitch - lowestPitch + 1 + drums.size()));
        int longest =
                systems.stream().mapToInt(s -> s.endTick - s.startTick).max().orElse(1);
        pixelsPerTick = (double) (WIDTH - LEFT - RIGHT) / longest;
    }

    /** As tall as keeps the whole picture handy. */
    private static int rowHeight(int rows) {
        return Math.max(LEAST_ROW, Math.min(TALLEST_ROW, HANDY_HEIGHT / rows));
    }

    private void breakIntoSystems(MeterMap meters, int bars, double ticksPerSystem) {
        int first = 0;
        for (int bar = 1; bar <= bars; bar++) {
            // Bars that are not quite as many as the systems' share still fill one: the last is never a remnant.
            boolean full = bar < bars && meters.barStart(bar) - meters.barStart(first) >= ticksPerSystem - 1;
            if (bar == bars || full) {
                systems.add(new System(first, bar, meters.barStart(first), meters.barStart(bar)));
                first = bar;
            }
        }
    }

    List<System> systems() {
        return systems;
    }

    int height() {
        return TOP + systems.size() * (systemHeight() + SYSTEM_GAP);
    }

    int top(int system) {
        return TOP + system * (systemHeight() + SYSTEM_GAP);
    }

    int systemHeight() {
        return pitchesHeight() + (drums.isEmpty() ? 0 : drums.size() * drumHeight() + (pitched ? LANE_GAP : 0));
    }

    int pitchesHeight() {
        return pitched ? (highestPitch - lowestPitch + 1) * rowHeight : 0;
    }

    int rowHeight() {
        return rowHeight;
    }

    int drumHeight() {
        return rowHeight + 2;
    }

    int lowestPitch() {
        return lowestPitch;
    }

    int highestPitch() {
        return highestPitch;
    }

    boolean hasPitches() {
        return pitched;
    }

    /** Drum keys in use, lowest first: the lowest has the lowest row. */
    List<Integer> drums() {
        return drums;
    }

    int x(System system, int tick) {
        return LEFT + (int) Math.round((tick - system.startTick) * pixelsPerTick);
    }

    /** The top of a pitch's row. */
    int y(int system, int pitch) {
        return top(system) + (highestPitch - pitch) * rowHeight;
    }

    /** The top of a drum's row. */
    int drumY(int system, int pitch) {
        int rowFromTop = drums.size() - 1 - drums.indexOf(pitch);
        return top(system) + pitchesHeight() + (pitched ? LANE_GAP : 0) + rowFromTop * drumHeight();
    }

    double pixelsPerTick() {
        return pixelsPerTick;
    }
}
