package org.continuo.engine.critic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Weighted sums over named numbers, one for each label: what {@code training/critic.py} learns. A number is counted in spreads
 * from its mean, and as no more than six of them. Immutable, thread-safe.
 */
final class LinearRule {
    private static final double FURTHEST = 6;

    private record Row(String name, double mean, double spread, double[] weights) {}

    private final List<String> labels = new ArrayList<>();
    private final double[] biases;
    private final List<Row> rows = new ArrayList<>();

    private LinearRule(JsonNode json) {
        json.get("labels").forEach(label -> labels.add(label.textValue()));
        biases = numbers(json.get("biases"));
        for (JsonNode row : json.get("numbers")) {
            rows.add(new Row(
                    row.get("name").textValue(),
                    row.get("mean").doubleValue(),
                    row.get("spread").doubleValue(),
                    numbers(row.get("weights"))));
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }

    /** One that ships beside this class. */
    static LinearRule shipped(String file) {
        try (InputStream in = LinearRule.class.getResourceAsStream(file)) {
            return new LinearRule(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> labels() {
        return labels;
    }

    /** The sum of each label. A number that is missing or not finite counts as the mean. */
    double[] sums(Map<String, Double> numbers) {
        double[] sums = biases.clone();
        for (Row row : rows) {
            double number = numbers.getOrDefault(row.name, Double.NaN);
            if (Double.isFinite(number)) {
                double apart = Math.max(-FURTHEST, Math.min(FURTHEST, (number - row.mean) / row.spread));
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += row.weights[i] * apart;
                }
            }
        }
        return sums;
    }
}
