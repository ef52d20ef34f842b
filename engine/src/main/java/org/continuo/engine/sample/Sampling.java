package org.continuo.engine.sample;

/**
 * How one token is picked from the model's distribution. The rules apply in this order, each to what the one before left:
 * the mask; the temperature; the {@code topK} most probable tokens; the fewest most probable tokens whose probabilities,
 * as shares of what is left, reach {@code topP} together; tokens at least {@code minP} times as probable as the most
 * probable one. What is left is drawn from in proportion. Of equally probable tokens the lower id counts as more probable.
 *
 * <p>Top-p: Holtzman et al. 2019, "The Curious Case of Neural Text Degeneration". Min-p: Nguyen et al. 2024, "Turning Up
 * the Heat".
 *
 * <p>Immutable, thread-safe.
 *
 * @param temperature 0, and all below 1e-9, always picks the most probable token, 1 leaves the distribution as it is, more
 *     flattens it
 * @param topK 0 for no limit
 * @param topP above 0, at most 1; 1 for no limit
 * @param minP from 0 up to 1; 0 for no limit
 */
public record Sampling(double temperature, int topK, double topP, double minP) {
    /** The model's distribution as it is. */
    public static final Sampling PLAIN = new Sampling(1, 0, 1, 0);

    /** Always the most probable token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

    /** The most that a temperature may be; the distribution is flat long before. */
    public static final double HIGHEST_TEMPERATURE = 100;

    /** Below this a temperature counts as 0: it would tell only equal logits apart, and its inverse may be infinite. */
    static final double COLDEST = 1e-9;

    public Sampling {
        // written so that NaN fails too
        if (!(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not 0 to " + HIGHEST_TEMPERATURE);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k " + topK + " is negative; 0 means no limit");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p " + topP + " is not above 0 and at most 1");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("min-p " + minP + " is not 0 to 1");
        }
    }

    public Sampling withTemperature(double value) {
        return new Sampling(value, topK, topP, minP);
    }

    public Sampling withTopK(int value) {
        return new Sampling(temperature, value, topP, minP);
    }

    public Sampling withTopP(double value) {
        return new Sampling(temperature, topK, value, minP);
    }

    public Sampling withMinP(double value) {
        return new Sampling(temperature, topK, topP, value);
    }
}
