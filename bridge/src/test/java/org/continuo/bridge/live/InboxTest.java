package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class InboxTest {
    @Test
    void whatOneThreadPutsInTheOtherTakesOutInOrder() throws Exception {
        Inbox inbox = new Inbox();
        int count = 300_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                Inbox.Event event = inbox.claim(i % 2 == 0);
                while (event == null) {
                    Thread.onSpinWait();
                    event = inbox.claim(i % 2 == 0);
                }
                event.a = i;
                event.at = i * 0.5;
                inbox.publish();
            }
        });
        writer.start();
        for (int i = 0; i < count; i++) {
            Inbox.Event event = inbox.peek();
            while (event == null) {
                Thread.onSpinWait();
                event = inbox.peek();
            }
            assertEquals(i, event.a);
            assertEquals(i * 0.5, event.at);
            inbox.release();
        }
        writer.join();
        assertNull(inbox.peek());
    }

    @Test
    void aFullInboxKeepsRoomForWhatMustNotBeLost() {
        Inbox inbox = new Inbox();
        int taken = 0;
        while (inbox.claim(false) != null) {
            inbox.publish();
            taken++;
        }
        int kept = 0;
        while (inbox.claim(true) != null) {
            inbox.publish();
            kept++;
        }
        assertEquals(1536, taken);
        assertEquals(512, kept);
        assertNotNull(inbox.peek());
        inbox.release();
        assertNull(inbox.claim(false));
        assertNotNull(inbox.claim(true));
    }
}
