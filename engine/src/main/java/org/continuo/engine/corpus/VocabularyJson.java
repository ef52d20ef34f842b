package org.continuo.engine.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Vocabulary;

/** The score language described as data, for training and for model.json: each token, each feature slot. */
public final class VocabularyJson {
    private VocabularyJson() {}

    /** A tree of maps, lists, strings and numbers, ready for a JSON writer. */
    public static Map<String, Object> describe() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", Vocabulary.VERSION);
        json.put("ticks_per_quarter", Score.TICKS_PER_QUARTER);
        json.put(
                "instruments",
                Stream.of(Instrument.values()).map(Instrument::label).toList());
        json.put(
                "tokens",
                IntStream.range(0, Vocabulary.SIZE)
                        .mapToObj(VocabularyJson::token)
                        .toList());
        json.put("slots", FeatureLayout.LAYOUT);
        json.put("rows", FeatureLayout.ROWS);
        List<Integer> barsLeft = new ArrayList<>();
        for (int bars = 0; bars <= FeatureLayout.barsLeftLimit(); bars++) {
            barsLeft.add(FeatureLayout.barsLeftValue(bars));
        }
        json.put("bars_left_value", barsLeft);
        return json;
    }

    private static Map<String, Object> token(int token) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (Vocabulary.isPosition(token)) {
            json.put("type", "position");
            json.put("tick", Vocabulary.tickOf(token));
        } else if (Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token)) {
            json.put("type", Vocabulary.isNoteOn(token) ? "on" : "off");
            json.put("instrument", Vocabulary.instrumentOf(token).ordinal());
            json.put("pitch", Vocabulary.pitchOf(token));
            if (Vocabulary.isNoteOn(token)) {
                json.put("velocity", Vocabulary.velocityOf(token));
            }
        } else {
            json.put("type", Vocabulary.describe(token));
        }
        return json;
    }
}
