package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SPEC.md section 12: the golden files, which C++ reads too. */
class GoldenTest {
    static Stream<GoldenFile> all() {
        return GoldenFile.all().stream();
    }

    static Stream<GoldenFile> sent() {
        return GoldenFile.sent();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theBytesAreReadAsTheFirstLineSays(GoldenFile file) {
        assertEquals(file.calls(), Reading.of(file.packet(), file.isToEngine()).toString());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void theCallsInTheFirstLineAreWrittenAsTheBytes(GoldenFile file) {
        List<String> packets = new ArrayList<>();
        PacketSink sink = packet -> packets.add(ByteBufUtil.hexDump(packet));
        Script.run(file.calls(), file.isToEngine() ? new ToEngineWriter(sink) : new FromEngineWriter(sink));
        assertEquals(List.of(ByteBufUtil.hexDump(file.bytes())), packets);
    }

    @Test
    void everyAddressHasAGoldenFile() {
        Set<Address> missing = EnumSet.allOf(Address.class);
        for (GoldenFile file : GoldenFile.sent().toList()) {
            ByteBuf bytes = file.packet();
            for (Address address : Address.values()) {
                if (ByteBufUtil.hexDump(bytes).contains(ByteBufUtil.hexDump(address.head()))) {
                    missing.remove(address);
                }
            }
        }
        assertTrue(missing.isEmpty(), () -> "without a golden file: " + missing);
    }

    @Test
    void theSpecNamesEveryAddressWithItsTypesAndEverySectionThatAFileShows() throws IOException {
        String spec = Files.readString(Path.of("SPEC.md"));
        for (Address address : Address.values()) {
            String form = "`" + address.path() + "`" + (address.count() == 0 ? "" : " `," + address.tags() + "`");
            assertTrue(spec.contains(form), () -> "SPEC.md does not say " + form);
        }
        for (Reason reason : Reason.values()) {
            assertTrue(spec.contains("| `" + reason.counter() + "` | " + reason.text()), reason::counter);
        }
        for (Parameter parameter : Parameter.values()) {
            assertTrue(spec.contains("| `" + parameter.title() + "` |"), parameter::title);
        }
        for (GoldenFile file : GoldenFile.all()) {
            assertTrue(
                    spec.lines().anyMatch(line -> line.matches("##+ " + file.section() + "\\.? .*")),
                    () -> file + " shows section " + file.section() + ", which SPEC.md does not have");
        }
    }
}
