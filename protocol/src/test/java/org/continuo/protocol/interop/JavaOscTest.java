package org.continuo.protocol.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.illposed.osc.ByteArrayListBytesReceiver;
import com.illposed.osc.OSCBundle;
import com.illposed.osc.OSCMessage;
import com.illposed.osc.OSCPacket;
import com.illposed.osc.OSCParseException;
import com.illposed.osc.OSCSerializeException;
import com.illposed.osc.OSCSerializerAndParserBuilder;
import com.illposed.osc.argument.OSCTimeTag64;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.continuo.protocol.message.GoldenFile;
import org.continuo.protocol.message.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JavaOSC, another implementation of OSC 1.0. */
class JavaOscTest {
    static Stream<GoldenFile> sent() {
        return GoldenFile.sent();
    }

    @ParameterizedTest
    @MethodSource("sent")
    void javaOscReadsEveryGoldenMessageAndWritesItAsWeDo(GoldenFile file)
            throws OSCParseException, OSCSerializeException {
        OSCPacket packet = new OSCSerializerAndParserBuilder().buildParser().convert(ByteBuffer.wrap(file.bytes()));
        assertEquals(PlainOsc.of(file.packet()), plain(packet).toList());
        assertArrayEquals(file.bytes(), bytes(packet));
    }

    private static Stream<String> plain(OSCPacket packet) {
        if (packet instanceof OSCBundle bundle) {
            return bundle.getPackets().stream().flatMap(JavaOscTest::plain);
        }
        OSCMessage message = (OSCMessage) packet;
        StringBuilder line = new StringBuilder(message.getAddress() + " ");
        line.append(message.getInfo().getArgumentTypeTags());
        for (Object argument : message.getArguments()) {
            line.append(' ');
            if (argument instanceof String) {
                line.append('"').append(argument).append('"');
            } else if (argument instanceof Double) {
                line.append(String.format(Locale.ROOT, "%f", argument));
            } else {
                line.append(argument);
            }
        }
        return Stream.of(line.toString().strip());
    }

    private static byte[] bytes(OSCPacket packet) throws OSCSerializeException {
        ByteArrayListBytesReceiver bytes = new ByteArrayListBytesReceiver();
        new OSCSerializerAndParserBuilder().buildSerializer(bytes).write(packet);
        return bytes.toByteArray();
    }

    @Test
    void whatJavaOscWritesIsRead() throws OSCSerializeException {
        long seed = System.nanoTime();
        System.out.println("JavaOSC: seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            double at = random.nextInt(1_000_000) / 64.0;
            int channel = random.nextInt(16);
            int pitch = random.nextInt(128);
            int velocity = 1 + random.nextInt(127);
            OSCMessage on = new OSCMessage("/continuo/note/on", numbers(random, at, channel, pitch, velocity));
            OSCMessage off = new OSCMessage("/continuo/note/off", numbers(random, at, channel, pitch));
            OSCBundle bundle = new OSCBundle(List.of(on, new OSCBundle(List.of(off))), OSCTimeTag64.IMMEDIATE);
            assertEquals(
                    List.of(
                            "noteOn " + at + " " + channel + " " + pitch + " " + velocity,
                            "noteOff " + at + " " + channel + " " + pitch),
                    Reading.lines(Unpooled.wrappedBuffer(bytes(bundle)), true));
        }
    }

    /** The same numbers as int32, int64, float32 or float64, as programs happen to send them. */
    private static List<Object> numbers(SplittableRandom random, double at, int... whole) {
        List<Object> numbers = new ArrayList<>();
        numbers.add(random.nextBoolean() && (float) at == at ? (Object) (float) at : (Object) at);
        for (int value : whole) {
            switch (random.nextInt(4)) {
                case 0 -> numbers.add(value);
                case 1 -> numbers.add((long) value);
                case 2 -> numbers.add((float) value);
                default -> numbers.add((double) value);
            }
        }
        return numbers;
    }
}
