package org.continuo.bridge.llama;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.continuo.engine.bench.SideBySide;

/**
 * A model in llama.cpp with an empty cache; reads given tokens in one thread, the caller's. Keys and values are cached as
 * llama.cpp does it unless told: in half precision.
 *
 * <p>Confined to one thread.
 */
final class LlamaReader implements SideBySide.Reader, AutoCloseable {
    /** The most tokens that one call reads. */
    private static final int CHUNK = 256;

    private final LlamaLibrary library;
    private final LlamaLibrary.Api api;
    private final Pointer model;
    private final Pointer context;
    private final Pointer memory;
    private final Memory tokens;
    private final LlamaLibrary.Batch batch = new LlamaLibrary.Batch();
    private final float[] logits;

    /**
     * Loads the model. Blocks for some hundred milliseconds.
     *
     * @param tokens to read, by their numbers
     * @throws LlamaException if llama.cpp refuses it
     */
    LlamaReader(LlamaLibrary library, Path file, LlamaShape shape, LlamaAttention attention, int[] tokens)
            throws LlamaException {
        this.library = library;
        this.api = library.api();
        this.model = api.llama_model_load_from_file(file.toString(), api.llama_model_default_params());
        if (model == null) {
            throw new LlamaException(library.name() + " refuses the model: " + library.lastError());
        }
        LlamaLibrary.Parameters parameters = api.llama_context_default_params();
        parameters.setContext(shape.context());
        boolean off = attention == LlamaAttention.PLAIN && parameters.switchFlashAttentionOff();
        this.context = api.llama_init_from_model(model, parameters);
        if (context == null || api.llama_n_ctx(context) < shape.context()) {
            close();
            throw new LlamaException(
                    library.name() + " gives no context of " + shape.context() + " tokens: " + library.lastError());
        }
        if (attention == LlamaAttention.PLAIN
                && !(off && library.flashAttention().equals("disabled"))) {
            close();
            throw new LlamaException(library.name() + " does not let its flash attention be switched off; take the"
                    + " version that 'continuo bench --help' names");
        }
        api.llama_set_n_threads(context, 1, 1);
        this.memory = api.llama_get_memory(context);
        this.tokens = new Memory((long) tokens.length * Integer.BYTES);
        this.tokens.write(0, tokens, 0, tokens.length);
        this.logits = new float[shape.tokens()];
    }

    @Override
    public void rollback(int length) {
        if (api.llama_memory_seq_rm(memory, 0, length, -1) == 0) {
            throw new IllegalStateException(library.name() + " does not forget: " + library.lastError());
        }
    }

    @Override
    public void read(int from, int to) {
        for (int start = from; start < to; start += CHUNK) {
            batch.count = Math.min(CHUNK, to - start);
            batch.tokens = tokens.share((long) start * Integer.BYTES);
            int code = api.llama_decode(context, batch);
            if (code != 0) {
                throw new IllegalStateException(
                        library.name() + " does not read (code " + code + "): " + library.lastError());
            }
        }
        api.llama_get_logits_ith(context, -1).read(0, logits, 0, logits.length);
    }

    /** What follows the last token read; the same array each time, overwritten by the next read. */
    float[] logits() {
        return logits;
    }

    @Override
    public void close() {
        if (context != null) {
            api.llama_free(context);
        }
        api.llama_model_free(model);
    }
}
