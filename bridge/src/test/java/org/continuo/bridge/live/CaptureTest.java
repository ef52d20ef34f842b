package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.continuo.bridge.net.LocalSocket;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.takes.TakeTree;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.ToEngineWriter;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** Captures, asked for at a real socket. */
class CaptureTest extends EngineFixture {
    private static List<Integer> pitches(File file) throws Exception {
        List<Integer> pitches = new ArrayList<>();
        for (Track track : MidiSystem.getSequence(file).getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                if (track.get(i).getMessage() instanceof ShortMessage message
                        && message.getCommand() == ShortMessage.NOTE_ON
                        && message.getData2() > 0) {
                    pitches.add(message.getData1());
                }
            }
        }
        return pitches;
    }

    private static String answer(ScriptedClient client) {
        client.await("an answer", () -> client.heard("captured") || client.heard("refused"));
        return client.words().get(client.words().size() - 1);
    }

    @Test
    void whatTheBandHasPlayedIsKeptAsATakeAndAsAMidiFile() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.say().part(0, "piano", "musician");
            client.say().part(1, "bass", "model");
            client.say().set("temperature", 3); // so that it is not silent for long
            client.play();
            client.say().noteOn(client.transport.performance, 0, 60, 90);
            client.playFor(1);
            client.say().noteOff(client.transport.performance, 0, 60);
            ScriptedClient.On on = client.playUntilPlanned();
            client.say().sounded(on.note(), on.at());
            client.say().sounded(999_999, on.at()); // no note of this engine
            client.playFor(1);
            client.stop();
            client.say().capture();
            Path file = Path.of(answer(client).substring("captured ".length()));
            assertEquals(folder.resolve("takes"), file.getParent());
            assertTrue(
                    file.getFileName()
                            .toString()
                            .matches("001 captured \\d{4}-\\d\\d-\\d\\d \\d\\d\\.\\d\\d\\.\\d\\d\\.mid"),
                    file.toString());
            List<Integer> pitches = pitches(file.toFile());
            assertEquals(2, pitches.size(), pitches.toString());
            assertTrue(pitches.containsAll(List.of(60, on.pitch())), pitches + ", planned " + on);
            TakeTree takes = TakeTree.open(folder.resolve("takes"));
            assertEquals(1, takes.takes().size());
            assertEquals(1, takes.music(1).stream().filter(note -> note.model()).count());
        }
    }

    @Test
    void whatThePedalHeldIsCapturedAsLong() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.play();
            client.say().control(client.transport.performance, 0, 64, 127);
            client.say().noteOn(client.transport.performance, 0, 60, 90);
            client.playFor(0.25);
            client.say().noteOff(client.transport.performance, 0, 60);
            client.playFor(0.5);
            client.say().control(client.transport.performance, 0, 64, 0);
            client.playFor(0.25);
            client.say().capture();
            assertTrue(answer(client).startsWith("captured "));
            TakeNote note = TakeTree.open(folder.resolve("takes")).music(1).get(0);
            double length = note.end() - note.start();
            assertTrue(length >= 0.74 && length < client.transport.performance - 0.2, "it is " + length + " long");
        }
    }

    @Test
    void whoAsksForItAndLeavesAtOnceHasIt() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.play();
            for (int pitch = 60; pitch < 160; pitch++) {
                client.say().noteOn(client.transport.performance, 0, pitch % 128, 90);
            }
            client.say().capture();
            client.say().goodbye();
        }
        Path takes = folder.resolve("takes");
        await("the take", () -> Files.exists(takes));
        assertTrue(engine.end());
        assertEquals(100, TakeTree.open(takes).music(1).size());
    }

    @Test
    void whoCanBeToldNothingMoreIsHeardToTheEnd() throws Exception {
        try (SocketChannel client = LocalSocket.connect(socket)) {
            ToEngineWriter says = new ToEngineWriter(packet -> {
                ByteBuf frame =
                        Unpooled.buffer().writeInt(packet.readableBytes()).writeBytes(packet);
                try {
                    client.write(frame.nioBuffer());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            says.hello(Limits.VERSION, "test", "song", "");
            client.read(ByteBuffer.allocate(1024));
            client.shutdownInput();
            says.ping(1);
            await(
                    "the answer that cannot be told",
                    () -> engine.counters().packetsOut.sum() >= 2);
            TransportSnapshot transport = new TransportSnapshot();
            transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO;
            transport.tempo = 120;
            says.transport(transport);
            says.noteOn(0, 0, 60, 90);
            says.capture();
            Path takes = folder.resolve("takes");
            await("the take", () -> Files.exists(takes));
        }
        assertTrue(engine.end());
        assertEquals(1, TakeTree.open(folder.resolve("takes")).music(1).size());
    }

    @Test
    void whereNothingWasPlayedItIsRefusedAndCountedAndTheNextMessageArrives() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.say().capture();
            assertEquals(
                    "refused /continuo/capture it could not be kept: nothing has been played since the host started",
                    answer(client));
            assertEquals(1, client.counter("not_kept"));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedInTheRefusal() throws Exception {
        Files.writeString(folder.resolve("takes"), "a file is in its place");
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.play();
            client.say().noteOn(0, 0, 60, 90);
            client.playFor(0.5);
            client.say().capture();
            String answer = answer(client);
            assertTrue(answer.startsWith("refused /continuo/capture it could not be kept: "), answer);
            assertTrue(answer.contains("takes"), answer);
        }
    }
}
