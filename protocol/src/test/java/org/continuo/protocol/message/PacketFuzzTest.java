package org.continuo.protocol.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets that a fuzzer found. A test run reads those of the corpus, {@code PacketFuzzTestInputs}, and the golden files;
 * with {@code -Pfuzz} the fuzzer starts from both and looks for more.
 */
class PacketFuzzTest {
    private final EveryWay everyWay = new EveryWay();

    static Stream<Arguments> goldenFiles() {
        return GoldenFile.all().stream().map(file -> Arguments.of((Object) file.bytes()));
    }

    @MethodSource("goldenFiles")
    @FuzzTest(maxDuration = "60s")
    void everyPacketIsRefusedOrInsideTheLimitsAndTheNextMessageArrives(byte[] packet) {
        everyWay.read(packet, 1);
    }
}
