package org.continuo.engine.token;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.continuo.protocol.time.Meter;

/** Random valid scores, of any meters, instruments and density. */
public final class Scores {
    private Scores() {}

    public static Score random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MeterMap meters = randomMeters(random);
        int length = 24 * (1 + random.nextInt(200));
        int wanted = random.nextInt(300);
        List<Note> notes = new ArrayList<>();
        int[] freeFrom = new int[Instrument.COUNT * 128];
        int tick = random.nextInt(100);
        while (notes.size() < wanted && tick < length) {
            Instrument instrument = Instrument.ofIndex(random.nextInt(Instrument.COUNT));
            int pitch = instrument.lowestPitch() + random.nextInt(instrument.pitchCount());
            int key = instrument.ordinal() * 128 + pitch;
            int start = Math.max(tick, freeFrom[key]);
            int end = instrument.sustains() ? start + 1 + random.nextInt(random.nextBoolean() ? 12 : 200) : start + 1;
            notes.add(new Note(instrument, pitch, random.nextInt(8), start, end));
            freeFrom[key] = end;
            tick += random.nextInt(3) == 0 ? random.nextInt(40) : 0;
        }
        return new Score(meters, notes);
    }

    private static MeterMap randomMeters(SplittableRandom random) {
        List<MeterMap.Change> changes = new ArrayList<>();
        int tick = 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            changes.add(new MeterMap.Change(tick, new Meter(1 + random.nextInt(17), 1 << random.nextInt(7))));
            tick += 1 + random.nextInt(800);
        }
        return MeterMap.of(changes);
    }
}
