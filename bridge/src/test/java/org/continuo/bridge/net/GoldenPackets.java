package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.protocol.message.Address;
import org.continuo.protocol.message.Frames;

/** The protocol's golden files, as bytes: what clients send. */
public final class GoldenPackets {
    private GoldenPackets() {}

    /** Of the files whose names begin with {@code prefix}, in order of their names. */
    public static List<byte[]> startingWith(String prefix) throws IOException, URISyntaxException {
        Path one = Path.of(Address.class
                .getResource("/org/continuo/protocol/golden/to-engine-hello.hex")
                .toURI());
        List<byte[]> packets = new ArrayList<>();
        try (Stream<Path> files = Files.list(one.getParent())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()) {
                packets.add(bytes(file));
            }
        }
        return packets;
    }

    private static byte[] bytes(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : Files.readAllLines(file)) {
            for (String pair : line.replaceFirst("#.*", "").strip().split(" +")) {
                if (!pair.isEmpty()) {
                    bytes.write(Integer.parseInt(pair, 16));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** The packet with its length before it. */
    public static ByteBuf framed(byte[] packet) {
        ByteBuf out = Unpooled.buffer();
        Frames.write(Unpooled.wrappedBuffer(packet), out);
        return out;
    }
}
