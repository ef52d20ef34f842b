package org.continuo.bridge.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.net.LocalClient;
import org.continuo.protocol.message.FromEngine;

/**
 * Asks at a local socket who listens there. Without a hello, for which an engine may have no room left, and would make a band.
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
            client.say().query();
            boolean answered = ear.told.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answered ? new Greeting(Outcome.ANSWERED, ear.engine) : new Greeting(Outcome.SILENT, null);
        } catch (LocalClient.ClosedException | SocketTimeoutException e) {
            return new Greeting(Outcome.SILENT, null);
        } catch (IOException e) {
            return new Greeting(Outcome.STALE, null);
        }
    }

    private static final class Ear implements FromEngine {
        private final CountDownLatch told = new CountDownLatch(1);
        private volatile String engine;

        @Override
        public void capability(CharSequence name, CharSequence value) {
            if (CharSequence.compare(name, "engine") == 0) {
                engine = value.toString();
                told.countDown();
            }
        }
    }
}
