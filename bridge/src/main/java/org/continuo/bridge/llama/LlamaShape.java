package org.continuo.bridge.llama;

import org.continuo.engine.model.ModelShape;

/**
 * The numbers of a model of llama.cpp's architecture "llama".
 *
 * @param feedForward width of the gated MLP's hidden layer
 * @param context tokens the key/value cache holds
 */
record LlamaShape(int layers, int dim, int heads, int kvHeads, int headDim, int feedForward, int tokens, int context) {
    /** Weights that share one scale; every matrix's rows and the MLP's width are whole blocks. */
    static final int BLOCK = 32;

    /**
     * The shape that has as many weights as ours: all is equal but the MLP, whose three matrices are as large together as
     * our two with their hidden width of four times {@code dim}, to the nearest block.
     *
     * @throws LlamaException if the model is too narrow for whole blocks
     */
    static LlamaShape of(ModelShape ours) throws LlamaException {
        if (ours.dim() % BLOCK != 0) {
            throw new LlamaException("llama.cpp's 8-bit weights come in blocks of " + BLOCK + "; a model of width "
                    + ours.dim() + " has no counterpart");
        }
        int feedForward = Math.round(8f * ours.dim() / 3 / BLOCK) * BLOCK;
        return new LlamaShape(
                ours.layers(),
                ours.dim(),
                ours.heads(),
                ours.kvHeads(),
                ours.headDim(),
                feedForward,
                ours.tokens(),
                ours.context());
    }
}
