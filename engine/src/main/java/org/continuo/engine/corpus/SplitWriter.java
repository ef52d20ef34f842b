package org.continuo.engine.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreEncoder;
import org.continuo.engine.token.TokenSequence;

/**
 * The arrays of one split, piece after piece: a column for each token (id, beat, tick, bar) and for each bar (meter, key,
 * density, bars left), and a list of the pieces. engine/training/README.md lists the files. Not thread-safe.
 */
final class SplitWriter implements Closeable {
    private final Path pieceList;
    private final ArrayFile token;
    private final ArrayFile beat;
    private final ArrayFile tick;
    private final ArrayFile bar;
    private final ArrayFile barMeter;
    private final ArrayFile barKey;
    private final ArrayFile barDensity;
    private final ArrayFile barLeft;
    private final List<Map<String, Object>> pieces = new ArrayList<>();
    private long tokens;
    private long bars;
    private long notes;

    SplitWriter(Path folder, String split) throws IOException {
        pieceList = folder.resolve(split + ".pieces.json");
        token = new ArrayFile(folder.resolve(split + ".token.u16"), 2);
        beat = new ArrayFile(folder.resolve(split + ".beat.u8"), 1);
        tick = new ArrayFile(folder.resolve(split + ".tick.u8"), 1);
        bar = new ArrayFile(folder.resolve(split + ".bar.u32"), 4);
        barMeter = new ArrayFile(folder.resolve(split + ".bar_metre.u8"), 1);
        barKey = new ArrayFile(folder.resolve(split + ".bar_key.u8"), 1);
        barDensity = new ArrayFile(folder.resolve(split + ".bar_density.u8"), 1);
        barLeft = new ArrayFile(folder.resolve(split + ".bar_left.u16"), 2);
    }

    void add(Manifest.Entry entry, Score score) throws IOException {
        TokenSequence sequence = ScoreEncoder.encode(score);
        for (int i = 0; i < sequence.size(); i++) {
            token.write(sequence.token(i));
            beat.write(sequence.beat(i));
            tick.write(sequence.tick(i));
            bar.write((int) bars + sequence.bar(i));
        }
        // A last note may end exactly on the bar line after the last bar of music.
        int pieceBars = Math.max(score.bars(), sequence.bar(sequence.size() - 1) + 1);
        BarTraits traits = BarTraits.of(score);
        for (int i = 0; i < pieceBars; i++) {
            int traitBar = Math.min(i, score.bars() - 1);
            barMeter.write(FeatureLayout.meterValue(score.meters().meterOfBar(i)));
            barKey.write(traits.key(traitBar));
            barDensity.write(traits.density(traitBar));
            barLeft.write(Math.min(0xffff, Math.max(0, score.bars() - 1 - i)));
        }
        pieces.add(describe(entry, score, sequence.size(), pieceBars));
        tokens += sequence.size();
        bars += pieceBars;
        notes += score.notes().size();
    }

    private Map<String, Object> describe(Manifest.Entry entry, Score score, int length, int pieceBars) {
        int[] starts = new int[Instrument.COUNT];
        for (Note note : score.notes()) {
            starts[note.instrument().ordinal()]++;
        }
        Map<String, Object> piece = new LinkedHashMap<>();
        piece.put("path", entry.path());
        piece.put("start", tokens);
        piece.put("length", length);
        piece.put("bar_start", bars);
        piece.put("bars", pieceBars);
        piece.put("notes", score.notes().size());
        piece.put("ons_by_instrument", starts);
        piece.put("styles", entry.styles());
        piece.put("kind", entry.kind().ordinal());
        piece.put("source", entry.source());
        piece.put("licence", entry.licence());
        return piece;
    }

    int pieces() {
        return pieces.size();
    }

    long tokens() {
        return tokens;
    }

    long notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        for (ArrayFile file : List.of(token, beat, tick, bar, barMeter, barKey, barDensity, barLeft)) {
            file.close();
        }
        new ObjectMapper().writeValue(pieceList.toFile(), pieces);
    }
}
