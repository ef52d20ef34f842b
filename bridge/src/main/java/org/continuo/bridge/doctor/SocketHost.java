package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.net.LocalClient;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/** Plays at the socket without the plugin's core, and waits for a plan with a note in it. */
final class SocketHost {
    private static final double TEMPO = 120;
    private static final long TELL_MILLIS = 20;

    private SocketHost() {}

    /** Nanoseconds from the first transport to the first planned note, -1 if none came in time. */
    static long firstPlan(Path socket, long patience) throws IOException, InterruptedException {
        Ear ear = new Ear();
        try (LocalClient client = LocalClient.connect(socket, ear, (address, reason, detail) -> {})) {
            client.listenOn("doctor-listener");
            client.say().hello(Limits.VERSION, "doctor", "doctor", "");
            client.say().part(0, "piano", "musician");
            client.say().part(1, "bass", "model");
            client.say().part(9, "drums", "model");
            TransportSnapshot transport = new TransportSnapshot();
            transport.flags = TransportSnapshot.PLAYING
                    | TransportSnapshot.HAS_TEMPO
                    | TransportSnapshot.HAS_METER
                    | TransportSnapshot.HAS_BEAT;
            transport.numerator = 4;
            transport.denominator = 4;
            transport.tempo = TEMPO;
            transport.epoch = 1;
            long begun = System.nanoTime();
            int keys = 0;
            while (System.nanoTime() - begun < patience) {
                double now = Tempo.quartersIn(System.nanoTime() - begun, TEMPO);
                transport.performance = now;
                transport.beat = now;
                client.say().transport(transport);
                if (now >= keys) {
                    client.say().noteOn(now, 0, 60 + keys % 5, 90);
                    client.say().noteOff(now + 0.5, 0, 60 + keys % 5);
                    keys++;
                }
                if (ear.planned.await(TELL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return System.nanoTime() - begun;
                }
            }
            return -1;
        }
    }

    private static final class Ear implements FromEngine {
        private final CountDownLatch planned = new CountDownLatch(1);

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {
            planned.countDown();
        }
    }
}
