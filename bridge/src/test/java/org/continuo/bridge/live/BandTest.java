package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A band whose thread finds several things said at once, as it does after a read of the model. */
class BandTest {
    private static final int BASS_CHANNEL = 1;

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void unload() {
        model.close();
    }

    /** A peer that keeps the channels of the notes that it is told. */
    private static final class Ear extends HearingPeer {
        final Set<Integer> channels = new ConcurrentSkipListSet<>();

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {
            channels.add(channel);
        }
    }

    private static Band band() {
        return new Band(
                "song",
                model,
                Engine.SETTINGS,
                new OperatingSystem.Unknown("test"),
                System::nanoTime,
                grant -> {},
                problem -> {
                    throw new AssertionError(problem);
                },
                null);
    }

    @Test
    void aPartIsPlayedByWhomItWasTakenAtOnceWhenTheSessionThatHadItLeft() throws Exception {
        Band band = band();
        Ear ear = new Ear();
        Member former = band.join(new Ear());
        Member next = band.join(ear);
        band.part(former, BASS_CHANNEL, Instrument.BASS, Player.MODEL);
        band.leave(former);
        band.part(next, BASS_CHANNEL, Instrument.BASS, Player.MODEL);
        band.start();
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_BEAT;
        transport.epoch = 1;
        transport.tempo = 120;
        // a bass is never silent for so long
        for (int i = 0; i < 1000 && ear.channels.isEmpty(); i++) {
            band.transport(next, transport);
            Thread.sleep(20);
            transport.performance += 0.04;
            transport.beat = transport.performance;
        }
        band.stop();
        assertTrue(band.await(10_000));
        assertEquals(Set.of(BASS_CHANNEL), ear.channels);
    }
}
