package org.continuo.engine.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The numbers that fix a model's graph and its memory.
 *
 * <p>Immutable, thread-safe.
 *
 * @param layers blocks of the decoder
 * @param dim width of the residual stream
 * @param heads query heads of each layer
 * @param kvHeads key and value heads of each layer; divides {@code heads}
 * @param headDim width of a head; {@code dim = heads * headDim}
 * @param context tokens the key/value cache holds; a multiple of {@link #CONTEXT_UNIT}
 * @param tokens size of the vocabulary
 * @param features feature rows that accompany each token
 * @param rows rows of the feature table; row 0 is all zeros
 * @param cacheBits of each number in the key/value cache: 32 for floating point, 8 for whole numbers that the graph scales
 */
public record ModelShape(
        int layers,
        int dim,
        int heads,
        int kvHeads,
        int headDim,
        int context,
        int tokens,
        int features,
        int rows,
        int cacheBits) {
    /** The context is a multiple of this, so that half a context is filled in whole chunks. */
    public static final int CONTEXT_UNIT = 128;

    /** The most bytes one key/value cache may take. */
    public static final long LARGEST_CACHE = 1L << 30;

    static ModelShape read(JsonNode json) throws ModelException {
        ModelShape shape = new ModelShape(
                number(json, "layers", 1, 64),
                number(json, "dim", 8, 8192),
                number(json, "heads", 1, 128),
                number(json, "kv_heads", 1, 128),
                number(json, "head_dim", 8, 256),
                number(json, "context", CONTEXT_UNIT, 1 << 17),
                number(json, "tokens", 2, 1 << 16),
                number(json, "features", 1, 64),
                number(json, "rows", 1, 1 << 16),
                json.has("cache_bits") ? number(json, "cache_bits", 8, 32) : 32);
        if (shape.cacheBits != 8 && shape.cacheBits != 32) {
            throw new ModelException("model.json: shape.cache_bits is " + shape.cacheBits + ", neither 8 nor 32");
        }
        if (shape.dim != shape.heads * shape.headDim || shape.heads % shape.kvHeads != 0) {
            throw new ModelException("model.json: dim " + shape.dim + ", heads " + shape.heads + ", kv_heads "
                    + shape.kvHeads + ", head_dim " + shape.headDim + " do not fit one another");
        }
        if (shape.context % CONTEXT_UNIT != 0) {
            throw new ModelException("model.json: context " + shape.context + " is not a multiple of " + CONTEXT_UNIT
                    + "; export again");
        }
        if (shape.cacheBytes() > LARGEST_CACHE) {
            throw new ModelException("model.json: a cache of " + shape.cacheBytes() + " bytes is over the limit of "
                    + LARGEST_CACHE + "; export with a smaller --context");
        }
        return shape;
    }

    private static int number(JsonNode json, String name, int least, int most) throws ModelException {
        JsonNode value = json.path(name);
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw new ModelException("model.json: shape." + name + " is " + (value.isMissingNode() ? "missing" : value)
                    + ", not a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /**
     * The same model with a shorter memory.
     *
     * @throws IllegalArgumentException if it cannot remember so much, or not so exactly
     */
    ModelShape withContext(int shorter) {
        if (shorter < CONTEXT_UNIT || shorter > context || shorter % CONTEXT_UNIT != 0) {
            throw new IllegalArgumentException("a context of " + shorter + " tokens is not a multiple of "
                    + CONTEXT_UNIT + " up to the " + context + " that this model can remember");
        }
        return new ModelShape(layers, dim, heads, kvHeads, headDim, shorter, tokens, features, rows, cacheBits);
    }

    /** Bytes of one token's key, or value, of one head. */
    int tokenBytes() {
        return headDim * cacheBits / Byte.SIZE;
    }

    /** Bytes of the keys, or of the values, of one layer. */
    int layerBytes() {
        return Math.toIntExact((long) kvHeads * tokenBytes() * context);
    }

    /** Bytes of one whole key/value cache. */
    public long cacheBytes() {
        return (long) kvHeads * tokenBytes() * context * 2 * layers;
    }

    /** The line that the graph carries in its metadata under {@code continuo.shape}. */
    String signature() {
        return "layers=" + layers + " dim=" + dim + " heads=" + heads + " kv_heads=" + kvHeads + " head_dim=" + headDim
                + " context=" + context + " tokens=" + tokens + " features=" + features + " rows=" + rows
                + (cacheBits == 32 ? "" : " cache_bits=" + cacheBits);
    }
}
