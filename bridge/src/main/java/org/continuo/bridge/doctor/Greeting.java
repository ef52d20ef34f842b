package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.bench.LocalClient;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.Limits;

/**
 * Says hello at a local socket and hears who answers.
 *
 * @param engine as it names itself; null but for {@link Outcome#ANSWERED}
 */
record Greeting(Outcome outcome, String engine) {
    enum Outcome {
        ANSWERED,
        /** Somebody listens and says nothing. */
        SILENT,
        /** Nobody listens. */
        STALE
    }

    private static final long PATIENCE_SECONDS = 3;

    /** Blocks for at most some seconds. */
    static Greeting at(Path socket) throws InterruptedException {
        Ear ear = new Ear();
        try (LocalClient client = LocalClient.connect(socket, ear, (address, reason, detail) -> {})) {
            Thread listener = new Thread(() -> listen(client), "doctor-listener");
            listener.setDaemon(true);
            listener.start();
            client.say().hello(Limits.VERSION, "doctor", "doctor", "");
            boolean answered = ear.welcomed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answered) {
                client.say().goodbye();
            }
            return answered ? new Greeting(Outcome.ANSWERED, ear.engine) : new Greeting(Outcome.SILENT, null);
        } catch (LocalClient.ClosedException e) {
            return new Greeting(Outcome.SILENT, null);
        } catch (IOException e) {
            return new Greeting(Outcome.STALE, null);
        }
    }

    private static void listen(LocalClient client) {
        try {
            while (client.listen()) {
                // The ear takes it.
            }
        } catch (IOException e) {
            // The end of the visit.
        }
    }

    private static final class Ear implements FromEngine {
        private final CountDownLatch welcomed = new CountDownLatch(1);
        private volatile String engine;

        @Override
        public void welcome(int version, int session, CharSequence name) {
            engine = name.toString();
            welcomed.countDown();
        }

        @Override
        public void refused(CharSequence address, CharSequence reason) {}

        @Override
        public void pong(int number) {}

        @Override
        public void capability(CharSequence name, CharSequence value) {}

        @Override
        public void counter(CharSequence name, long value) {}

        @Override
        public void captured(CharSequence file) {}

        @Override
        public void plan(int epoch, int revision, double from, double to) {}

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {}

        @Override
        public void planOff(int note, double at) {}

        @Override
        public void planEnd() {}
    }
}
