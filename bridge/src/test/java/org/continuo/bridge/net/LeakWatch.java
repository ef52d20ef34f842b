package org.continuo.bridge.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the tests of a class that lose a buffer: Netty's detector is paranoid, and this listens to it. */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    // Held: a logger that nobody holds forgets its handlers.
    private static final Logger LOGGER = Logger.getLogger(ResourceLeakDetector.class.getName());

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (String.valueOf(record.getMessage()).contains("LEAK")) {
                leaks.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeAll(ExtensionContext context) {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        LOGGER.addHandler(handler);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // A lost buffer is found when it is collected and the next one is made.
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
            io.netty.buffer.ByteBufAllocator.DEFAULT.ioBuffer(16).release();
        }
        LOGGER.removeHandler(handler);
        assertEquals(List.of(), leaks);
    }
}
