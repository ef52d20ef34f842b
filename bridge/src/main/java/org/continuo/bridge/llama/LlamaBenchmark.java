package org.continuo.bridge.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.continuo.engine.bench.Percentiles;
import org.continuo.engine.bench.RandomMusic;
import org.continuo.engine.bench.SideBySide;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.model.TokenHistory;

/**
 * Measures a step of our model beside a step of llama.cpp, in one process and in turns: a model of the same shape with
 * random 8-bit weights (q8_0), one thread each, the logits copied out on both sides. llama.cpp attends as it chooses by
 * itself, then plainly: the faster of the two is what it can do.
 *
 * <p>What differs: llama.cpp's MLP is gated, of as many weights as ours ({@link LlamaShape#of}); it caches keys and values
 * in half precision, we in 8 bits where the model ships so; we add condition rows to each token.
 */
public final class LlamaBenchmark {
    /**
     * One context length and one way to attend; microseconds.
     *
     * @param context tokens read before the step
     * @param attention of llama.cpp: as it chooses, or plain
     * @param ratio our median over llama.cpp's: below 1, ours is faster
     */
    public record AtLength(int context, String attention, Percentiles ours, Percentiles llama, double ratio) {}

    /**
     * What was measured.
     *
     * @param library llama.cpp's file name, which holds its version
     * @param precision of its weights
     * @param feedForward width of its MLP
     */
    public record Result(String library, String precision, int feedForward, List<AtLength> steps) {}

    private final LlamaLibrary library;

    /**
     * Loads llama.cpp, so that what fails fails before anything is measured.
     *
     * @param libraries a folder with llama.cpp's shared libraries in it or below it
     * @throws LlamaException if there are none, they do not load, or they would compute on a graphics card
     */
    public LlamaBenchmark(Path libraries) throws LlamaException {
        this.library = LlamaLibrary.load(libraries);
    }

    /**
     * Runs it all on the calling thread. Blocks for some seconds. Writes llama.cpp's model into the system's folder for
     * temporary files and removes it.
     *
     * @param contexts lengths to measure a step at, each from 1 to the model's context less 1
     * @param runs measured steps of each side at each length
     * @param nanoseconds a clock that never goes back, such as {@code System::nanoTime}
     * @throws LlamaException if the model has no counterpart, or llama.cpp refuses it or computes nonsense
     */
    public Result run(NoteModel model, int[] contexts, int runs, LongSupplier nanoseconds)
            throws LlamaException, IOException {
        LlamaShape shape = LlamaShape.of(model.shape());
        TokenHistory music = RandomMusic.of(model.shape(), new Random(1));
        int[] tokens = IntStream.range(0, music.end()).map(music::token).toArray();
        Path file = Files.createTempFile("continuo-bench-", ".gguf");
        try {
            RandomLlama.write(file, shape, 1);
            List<AtLength> steps = new ArrayList<>();
            for (LlamaAttention attention : LlamaAttention.values()) {
                try (LlamaReader llama = new LlamaReader(library, file, shape, attention, tokens);
                        Decoder decoder = model.newDecoder()) {
                    SideBySide sides = new SideBySide(ours(decoder, music), llama, nanoseconds);
                    for (int context : contexts) {
                        SideBySide.Result at = sides.after(context, runs);
                        checkFinite(llama.logits());
                        steps.add(new AtLength(context, attention.toString(), at.first(), at.second(), at.ratio()));
                    }
                }
            }
            return new Result(library.name(), "q8_0", shape.feedForward(), List.copyOf(steps));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static SideBySide.Reader ours(Decoder decoder, TokenHistory music) {
        return new SideBySide.Reader() {
            @Override
            public void rollback(int length) {
                decoder.rollback(length);
            }

            @Override
            public void read(int from, int to) {
                decoder.read(music, from, to);
            }
        };
    }

    /** Numbers that are none may cost another time. */
    private void checkFinite(float[] logits) throws LlamaException {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new LlamaException(library.name() + " computes numbers that are none; its times mean nothing");
            }
        }
    }
}
