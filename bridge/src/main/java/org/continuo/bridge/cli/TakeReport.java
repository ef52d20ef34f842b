package org.continuo.bridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one take.
 *
 * @param picture null for none
 * @param bars whole bars that were added; a bar that the clip began and the take filled is not counted
 * @param tokens of the take
 * @param judged what the critic says, comparable between takes of one clip; null where nobody asked it
 * @param said tokens in all, those of candidates that were not kept too
 * @param seconds spent playing, without loading the model and reading the clip
 */
record TakeReport(
        Path file,
        Path picture,
        int bars,
        int notes,
        int tokens,
        double seconds,
        int said,
        Double judged,
        long seed,
        String model) {

    private long tokensPerSecond() {
        return Math.round(said / Math.max(seconds, 1e-9));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d bars, %d notes, %d of %d tokens in %.2f s (%d tokens/s), seed %d, model %s",
                file,
                bars,
                notes,
                tokens,
                said,
                seconds,
                tokensPerSecond(),
                seed,
                model);
    }

    String json() throws JsonProcessingException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("file", file.toString());
        if (picture != null) {
            figures.put("picture", picture.toString());
        }
        figures.put("bars", bars);
        figures.put("notes", notes);
        figures.put("tokens", tokens);
        figures.put("tokens_in_all", said);
        figures.put("seconds", Math.round(seconds * 1000) / 1000.0);
        figures.put("tokens_per_second", tokensPerSecond());
        if (judged != null) {
            figures.put("critic", Math.round(judged * 1000) / 1000.0);
        }
        figures.put("seed", seed);
        figures.put("model", model);
        return new ObjectMapper().writeValueAsString(figures);
    }
}
