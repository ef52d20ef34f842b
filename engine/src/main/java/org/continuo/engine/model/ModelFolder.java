package org.continuo.engine.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A model as it lies on disk or in a jar: {@code model.json}, read and checked, and {@code model.onnx}, read and checked
 * against its hash only when {@link #graph()} asks for it.
 *
 * <p>Damage anywhere is found before a byte of the graph is given to the runtime. Malice is not: the hash stands beside
 * the file, so load folders only from whom you trust as much as a plugin's author.
 *
 * <p>Immutable, thread-safe. Reading blocks on the disk.
 */
public final class ModelFolder {
    /** Names of the models that every engine has, the quickest first. */
    public static final List<String> SHIPPED = List.of("s", "m");

    /** The format this engine reads. */
    public static final int VERSION = 1;

    private static final String DESCRIPTION = "model.json";
    private static final String GRAPH = "model.onnx";
    private static final int LARGEST_DESCRIPTION = 8 << 20;
    private static final long LARGEST_GRAPH = 1L << 30;
    private static final int LONGEST_NAME = 64;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Where the two files come from. */
    private interface Source {
        InputStream open(String file) throws IOException, ModelException;

        /** The file's length, known before any of it is read. */
        long size(String file) throws IOException;
    }

    private record Folder(Path path) implements Source {
        @Override
        public InputStream open(String file) throws IOException, ModelException {
            Path wanted = path.resolve(file);
            if (!Files.isRegularFile(wanted)) {
                throw new ModelException(
                        wanted + " is missing or not a file; a model is a folder with model.json and model.onnx");
            }
            return Files.newInputStream(wanted);
        }

        @Override
        public long size(String file) throws IOException {
            return Files.size(path.resolve(file));
        }
    }

    private record Resource(Class<?> owner, String path) implements Source {
        @Override
        public InputStream open(String file) throws IOException, ModelException {
            return connect(file).getInputStream();
        }

        @Override
        public long size(String file) throws IOException {
            try {
                return connect(file).getContentLengthLong();
            } catch (ModelException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private URLConnection connect(String file) throws IOException, ModelException {
            URL url = owner.getResource(path + "/" + file);
            if (url == null) {
                throw new ModelException(path + "/" + file + " is not on the class path; build the engine again");
            }
            return url.openConnection();
        }
    }

    private final String place;
    private final Source source;
    private final JsonNode description;
    private final String name;
    private final ModelShape shape;
    private final int graphBytes;
    private final String graphHash;

    private ModelFolder(String place, Source source) throws ModelException {
        this.place = place;
        this.source = source;
        this.description = readDescription();
        int version = description.path("version").asInt(-1);
        if (version != VERSION) {
            throw wrong("version is " + description.path("version") + "; this engine reads version " + VERSION);
        }
        this.name = text("name");
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong("name is not 1 to " + LONGEST_NAME + " printable characters");
        }
        try {
            this.shape = ModelShape.read(description.path("shape"));
        } catch (ModelException e) {
            throw new ModelException(place + ": " + e.getMessage(), e);
        }
        JsonNode vocabulary = description.path("vocabulary");
        same("vocabulary.tokens", vocabulary.path("tokens"), "tokens", shape.tokens());
        same("vocabulary.slots", vocabulary.path("slots"), "features", shape.features());
        if (vocabulary.path("rows").asInt(-1) != shape.rows()) {
            throw wrong("vocabulary.rows is " + vocabulary.path("rows") + ", shape.rows is " + shape.rows());
        }
        JsonNode graph = description.path("files").path(GRAPH);
        long bytes = graph.path("bytes").asLong(-1);
        if (bytes <= 0 || bytes > LARGEST_GRAPH) {
            throw wrong("files.model.onnx.bytes is " + graph.path("bytes") + ", not 1 to " + LARGEST_GRAPH);
        }
        this.graphBytes = (int) bytes;
        this.graphHash = graph.path("sha256").asText();
        if (!graphHash.matches("[0-9a-f]{64}")) {
            throw wrong("files.model.onnx.sha256 is not 64 hexadecimal digits");
        }
    }

    /** The folder at {@code folder}. Follows links, refuses files that are not regular. */
    public static ModelFolder read(Path folder) throws ModelException {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is not a folder; a model is a folder with model.json and model.onnx");
        }
        return new ModelFolder(folder.toString(), new Folder(folder));
    }

    /** A model that every engine has, by one of the {@link #SHIPPED} names. */
    public static ModelFolder shipped(String name) throws ModelException {
        return ofResource(ModelFolder.class, name);
    }

    /** The folder that lies beside {@code owner}'s class file under {@code name}, as shipped models do. */
    public static ModelFolder ofResource(Class<?> owner, String name) throws ModelException {
        return new ModelFolder(name, new Resource(owner, name));
    }

    public String name() {
        return name;
    }

    public ModelShape shape() {
        return shape;
    }

    /** "int8" or "float32", as the exporter wrote it; for display. */
    public String precision() {
        return description.path("precision").asText("unknown");
    }

    /** The vocabulary that the token ids and feature rows follow; its tokens and slots agree with the shape in number. */
    public JsonNode vocabulary() {
        return description.path("vocabulary");
    }

    /** What the training run says of itself; may be empty. */
    public JsonNode training() {
        return description.path("training");
    }

    /** Where each style lies among the others: its name, then two numbers from -1 to 1; may be empty. */
    public JsonNode styleMap() {
        return description.path("style_map");
    }

    /** The licences of the weights and of the data behind them; may be empty. */
    public JsonNode licences() {
        return description.path("licences");
    }

    /** Where it was read from, for messages. */
    @Override
    public String toString() {
        return place;
    }

    /**
     * The graph's bytes in a new direct buffer, after their number and hash were compared with model.json. Takes as much
     * memory as model.json claims, which is at most 1 GiB and never more than the file holds.
     */
    ByteBuffer graph() throws ModelException {
        try (InputStream in = source.open(GRAPH)) {
            long size = source.size(GRAPH);
            if (size != graphBytes) {
                throw damaged("is " + size + " bytes, model.json speaks of " + graphBytes);
            }
            ByteBuffer graph = ByteBuffer.allocateDirect(graphBytes);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            int wanted = Math.min(chunk.length, graphBytes);
            for (int n = in.read(chunk, 0, wanted); n > 0; n = in.read(chunk, 0, wanted)) {
                graph.put(chunk, 0, n);
                digest.update(chunk, 0, n);
                wanted = Math.min(chunk.length, graph.remaining());
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(graphHash)) {
                throw damaged("does not have the hash that model.json speaks of");
            }
            return graph.flip();
        } catch (IOException e) {
            throw new ModelException(place + ": " + GRAPH + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private JsonNode readDescription() throws ModelException {
        try (InputStream in = source.open(DESCRIPTION)) {
            byte[] bytes = in.readNBytes(LARGEST_DESCRIPTION + 1);
            if (bytes.length > LARGEST_DESCRIPTION) {
                throw wrong("is over " + LARGEST_DESCRIPTION + " bytes");
            }
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new ModelException(place + ": model.json is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException(place + ": model.json cannot be read: " + e.getMessage(), e);
        }
    }

    private String text(String field) throws ModelException {
        JsonNode value = description.path(field);
        if (!value.isTextual()) {
            throw wrong(field + " is missing or not text");
        }
        return value.textValue();
    }

    private void same(String list, JsonNode value, String field, int expected) throws ModelException {
        if (!value.isArray() || value.size() != expected) {
            throw wrong(list + " has " + value.size() + " entries, shape." + field + " is " + expected);
        }
    }

    private ModelException wrong(String what) {
        return new ModelException(place + ": model.json: " + what);
    }

    private ModelException damaged(String what) {
        return new ModelException(place + ": model.onnx " + what + "; the folder is damaged, install the model again");
    }
}
