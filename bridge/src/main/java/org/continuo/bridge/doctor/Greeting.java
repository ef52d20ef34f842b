package org.continuo.bridge.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
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
            client.listenOn("doctor-listener");
            client.say().hello(Limits.VERSION, "doctor", "doctor", "");
            boolean answered = ear.welcomed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answered) {
                client.say().goodbye();
            }
            return answered ? new Greeting(Outcome.ANSWERED, ear.engine) : new Greeting(Outcome.SILENT, null);
        } catch (LocalClient.ClosedException | SocketTimeoutException e) {
            return new Greeting(Outcome.SILENT, null);
        } catch (IOException e) {
            return new Greeting(Outcome.STALE, null);
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
    }
}
