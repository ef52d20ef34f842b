package org.continuo.bridge.live;

import java.util.Arrays;

/**
 * The events of one plan, in order of time: starts and ends of notes. Confined to one thread; allocates nothing once the longest plan
 * has been seen.
 */
final class PlanEvents {
    int[] note = new int[1024];
    double[] at = new double[1024];
    int[] channel = new int[1024];
    int[] pitch = new int[1024];
    /** 0 is an end. */
    int[] velocity = new int[1024];

    int size;

    void clear() {
        size = 0;
    }

    /** Appends. */
    void add(int note, double at, int channel, int pitch, int velocity) {
        if (size == this.note.length) {
            grow();
        }
        set(size++, note, at, channel, pitch, velocity);
    }

    /** Adds where its time belongs, after those of the same moment. */
    void insert(int note, double at, int channel, int pitch, int velocity) {
        add(note, at, channel, pitch, velocity);
        int place = size - 1;
        while (place > 0 && this.at[place - 1] > at) {
            int before = place - 1;
            set(
                    place,
                    this.note[before],
                    this.at[before],
                    this.channel[before],
                    this.pitch[before],
                    this.velocity[before]);
            place = before;
        }
        set(place, note, at, channel, pitch, velocity);
    }

    private void set(int place, int note, double at, int channel, int pitch, int velocity) {
        this.note[place] = note;
        this.at[place] = at;
        this.channel[place] = channel;
        this.pitch[place] = pitch;
        this.velocity[place] = velocity;
    }

    private void grow() {
        int capacity = 2 * size;
        note = Arrays.copyOf(note, capacity);
        at = Arrays.copyOf(at, capacity);
        channel = Arrays.copyOf(channel, capacity);
        pitch = Arrays.copyOf(pitch, capacity);
        velocity = Arrays.copyOf(velocity, capacity);
    }
}
