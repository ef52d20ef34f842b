package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A golden file: the section of SPEC.md it shows, the calls it means, and its bytes. SPEC.md section 12. */
public record GoldenFile(String name, String section, String calls, byte[] bytes) {
    public static List<GoldenFile> all() {
        try {
            Path folder = Path.of(Address.class
                    .getResource("/org/continuo/protocol/golden/to-engine-hello.hex")
                    .toURI());
            try (Stream<Path> files = Files.list(folder.getParent())) {
                return files.sorted().map(GoldenFile::read).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Those whose name begins with {@code prefix}. */
    static Stream<GoldenFile> startingWith(String prefix) {
        return all().stream().filter(file -> file.name.startsWith(prefix));
    }

    /** Those that one side sends just so: "to-engine-" or "from-engine-", and what only a panel says or is told. */
    public static Stream<GoldenFile> sent() {
        return Stream.of("to-engine-", "from-engine-", "panel-to-engine-", "panel-from-engine-")
                .flatMap(GoldenFile::startingWith);
    }

    private static GoldenFile read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path);
            String[] head = lines.get(0).split(" ", 4);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (String line : lines) {
                String hex = line.replaceFirst("#.*", "").strip();
                for (String pair : hex.isEmpty() ? new String[0] : hex.split(" ")) {
                    bytes.write(Integer.parseInt(pair, 16));
                }
            }
            String name = path.getFileName().toString();
            return new GoldenFile(name, head[2], head.length > 3 ? head[3] : "", bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isToEngine() {
        return name.contains("to-engine-");
    }

    public ByteBuf packet() {
        return Unpooled.wrappedBuffer(bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
