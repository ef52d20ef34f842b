package org.continuo.bridge.llama;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * llama.cpp's shared libraries, found below a folder and loaded for the life of the process.
 *
 * <p>Its parameters are handed back nearly as they came, for the structures' layouts change from version to version: see
 * {@link Parameters}. Its messages go nowhere; what is wanted of them is kept.
 */
final class LlamaLibrary {
    private static final int DEEPEST = 8;
    private static final int LEVEL_ERROR = 4;
    private static final int UNSAID = -1;
    private static final Pattern FLASH = Pattern.compile("llama_context: flash_attn\\s*=\\s*(\\w+)\\s*");
    private static final Pattern LLAMA = named("llama");
    private static final Pattern GGML = named("ggml");

    /** What is called in it. */
    interface Api extends Library {
        void llama_log_set(Log log, Pointer data);

        void llama_backend_init();

        boolean llama_supports_gpu_offload();

        Parameters llama_model_default_params();

        Pointer llama_model_load_from_file(String path, Parameters parameters);

        void llama_model_free(Pointer model);

        Parameters llama_context_default_params();

        Pointer llama_init_from_model(Pointer model, Parameters parameters);

        void llama_free(Pointer context);

        int llama_n_ctx(Pointer context);

        void llama_set_n_threads(Pointer context, int threads, int threadsOfBatches);

        int llama_decode(Pointer context, Batch batch);

        Pointer llama_get_logits_ith(Pointer context, int index);

        Pointer llama_get_memory(Pointer context);

        byte llama_memory_seq_rm(Pointer memory, int sequence, int from, int to);
    }

    /** The backends, which the package keeps in libraries of their own, one for each kind of processor. */
    interface Backends extends Library {
        void ggml_backend_load_all_from_path(String folder);
    }

    /** Takes a message. */
    interface Log extends Callback {
        void message(int level, String text, Pointer data);
    }

    /** Some structure of parameters, by value. Larger than any of them: what is too much is neither written nor read. */
    @FieldOrder("words")
    public static final class Parameters extends Structure implements Structure.ByValue {
        public int[] words = new int[256];

        /** Of a context: how many tokens it holds, always the first field. */
        void setContext(int tokens) {
            words[0] = tokens;
        }

        /**
         * Of a context: switches flash attention off. Its field is the last of the four that stand in a row and are left
         * to the library, each as -1: the kinds of rotation, pooling, attention and flash attention.
         *
         * @return whether there are four such fields; older versions have three, and no flash attention unless told
         */
        boolean switchFlashAttentionOff() {
            int first = 1;
            while (first < words.length && words[first] != UNSAID) {
                first++;
            }
            int end = first;
            while (end < words.length && words[end] == UNSAID) {
                end++;
            }
            if (end - first != 4) {
                return false;
            }
            words[end - 1] = 0;
            return true;
        }
    }

    /** Tokens to read; positions are counted on by the library, and only the last one's logits are made. */
    @FieldOrder({"count", "tokens", "others"})
    public static final class Batch extends Structure implements Structure.ByValue {
        public int count;
        public Pointer tokens;
        public Pointer[] others = new Pointer[5];
    }

    private final Api api;
    private final String name;
    private final Log log = this::note;
    private String lastError = "it does not say why";
    private String flashAttention = "";

    private LlamaLibrary(Path file) {
        this.name = file.getFileName().toString();
        this.api = Native.load(file.toString(), Api.class);
    }

    /**
     * Loads the libraries that lie in {@code folder} or below it.
     *
     * @throws LlamaException if there are none, they do not load, are of another version, or would compute on a graphics card
     */
    static LlamaLibrary load(Path folder) throws LlamaException {
        Path llama = find(folder, LLAMA);
        Path home = llama.getParent();
        try {
            Backends backends = Native.load(find(home, GGML).toString(), Backends.class);
            LlamaLibrary library = new LlamaLibrary(llama);
            checkVersion(llama);
            library.api.llama_log_set(library.log, null);
            backends.ggml_backend_load_all_from_path(home.toString());
            library.api.llama_backend_init();
            if (library.api.llama_supports_gpu_offload()) {
                throw new LlamaException(home + ": this llama.cpp computes on a graphics card; the comparison is of one"
                        + " processor thread, take a build for the processor alone");
            }
            return library;
        } catch (LinkageError e) {
            throw new LlamaException(home + ": llama.cpp does not load: " + firstReason(e), e);
        }
    }

    /** All that is called later is there: other versions have other names. */
    private static void checkVersion(Path llama) throws LlamaException {
        NativeLibrary library = NativeLibrary.getInstance(llama.toString());
        for (Method call : Api.class.getDeclaredMethods()) {
            try {
                library.getFunction(call.getName());
            } catch (UnsatisfiedLinkError e) {
                throw new LlamaException(
                        llama + " has no " + call.getName() + "; take the version that 'continuo bench --help' names",
                        e);
            }
        }
    }

    Api api() {
        return api;
    }

    /** The library's file name, which holds its version. */
    String name() {
        return name;
    }

    /** What it last complained of. */
    String lastError() {
        return lastError;
    }

    /** Whether the newest context uses flash attention, in the library's own words: auto, enabled, disabled. */
    String flashAttention() {
        return flashAttention;
    }

    private void note(int level, String text, Pointer data) {
        if (text == null || text.isBlank()) {
            return;
        }
        if (level == LEVEL_ERROR) {
            lastError = text.strip();
        }
        Matcher told = FLASH.matcher(text);
        if (told.matches()) {
            flashAttention = told.group(1);
        }
    }

    /** JNA tells all places where it looked; what the system said of the file itself comes first. */
    private static String firstReason(LinkageError problem) {
        Throwable[] tries = problem.getSuppressed();
        String message = String.valueOf((tries.length > 0 ? tries[0] : problem).getMessage());
        return message.lines().findFirst().orElse("no reason given");
    }

    private static Path find(Path folder, Pattern pattern) throws LlamaException {
        if (!Files.isDirectory(folder)) {
            throw new LlamaException(folder + ": no such folder; llama.cpp's libraries should lie there");
        }
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            List<Path> found = files.filter(file ->
                            pattern.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new LlamaException(
                        folder + ": no llama.cpp found there or below (no shared library of a name like "
                                + System.mapLibraryName("llama") + "); 'continuo bench --help' says how to get it");
            }
            return found.get(0).toAbsolutePath().normalize();
        } catch (IOException | UncheckedIOException e) {
            throw new LlamaException(folder + ": cannot be searched: " + e.getMessage(), e);
        }
    }

    /** Such as libllama.so, libllama.so.0, libllama.v0.5.0.so, llama.dll; not libllama-common.so. */
    private static Pattern named(String library) {
        return Pattern.compile("(lib)?" + library + "(\\.v?\\d[\\d.]*)?\\.(so|dylib|dll)(\\.[\\d.]+)?");
    }
}
