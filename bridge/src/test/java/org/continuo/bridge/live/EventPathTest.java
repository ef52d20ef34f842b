package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import org.continuo.bridge.net.OutboxPeer;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Refusals;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.message.ToEngineReader;
import org.continuo.protocol.message.ToEngineWriter;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine itself does for an event, from the bytes of the musician's note to the bytes of the plan, while somebody watches. */
class EventPathTest {
    /** Events until the compiler has taken back the last of its guesses, for which it allocates a few kilobytes, once. */
    private static final int WARM = 200_000;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static ResourceLeakDetector.Level level;

    private final Inbox inbox = new Inbox();
    private final OutboxPeer out = new OutboxPeer();
    private final Member member = new Member(out);
    private final Member[] members = new Member[Limits.SESSIONS];
    private final Tape tape = new Tape();
    private final PlanRouter router = new PlanRouter(members, tape);
    private final OutboxPeer watching = new OutboxPeer();
    private final Watchers watchers = new Watchers(members);
    private final BandTime time = new BandTime();
    private final TransportSnapshot transport = new TransportSnapshot();
    private int note;
    private int revision;

    private final ByteBuf stream = Unpooled.directBuffer(1 << 12, 1 << 12);
    private final ToEngine client = new ToEngineWriter(packet -> Frames.write(packet, stream));
    private final ToEngineReader reader = new ToEngineReader();
    private final Ear ear = new Ear();
    private int refusals;
    private final Refusals refused = (address, reason, detail) -> refusals++;
    private final Frames frames = new Frames(packet -> reader.read(packet, ear, refused), refused);

    /** As a session does, puts what it hears into the band's inbox. */
    private final class Ear extends DeafEar {
        @Override
        public void noteOn(double at, int channel, int pitch, int velocity) {
            Inbox.Event event = inbox.claim(true);
            event.kind = Inbox.Kind.NOTE_ON;
            event.member = member;
            event.at = at;
            event.a = channel;
            event.b = pitch;
            event.c = velocity;
            inbox.publish();
        }

        @Override
        public void transport(TransportSnapshot snapshot) {
            Inbox.Event event = inbox.claim(true);
            event.kind = Inbox.Kind.TRANSPORT;
            event.member = member;
            event.transport.copyFrom(snapshot);
            inbox.publish();
        }
    }

    /** The detector that the other tests run under notes down every access. */
    @BeforeAll
    static void watchNoBuffers() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterAll
    static void watchBuffers() {
        ResourceLeakDetector.setLevel(level);
    }

    /** One note there, one note back. */
    private void oneEvent(int i) {
        client.noteOn(i * 0.001, 0, i % 128, 90);
        transport.performance = i * 0.001;
        client.transport(transport);
        frames.read(stream);
        stream.clear();
        for (Inbox.Event event = inbox.peek(); event != null; event = inbox.peek()) {
            if (event.kind == Inbox.Kind.TRANSPORT) {
                time.told(member, event.transport, i);
                tape.transport(time.snapshot(), false);
                watchers.transport(time.snapshot());
            } else {
                member.hold(event.a, event.b, true);
                double at = member.toBand(event.at);
                tape.struck(at, event.a, event.b, event.c);
                watchers.struck(at, event.a, event.b, event.c);
                note++;
                router.plan(time.snapshot().epoch, ++revision, at, at + 2);
                router.planOn(note, at + 0.1, 1, event.b, 90);
                router.planOff(note, at + 1);
                router.planEnd();
                router.sounded(note, at + 0.1);
                watchers.sounded(note, at + 0.1);
                router.forgetBefore(at);
            }
            inbox.release();
        }
        out.drain();
        watching.drain();
    }

    private void run(int events) {
        members[0] = member;
        members[1] = new Member(watching);
        members[1].watches = true;
        watchers.gather();
        transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_BEAT;
        transport.tempo = 120;
        for (int i = 0; i < WARM; i++) {
            oneEvent(i);
        }
        long sent = out.bytes();
        long thread = Thread.currentThread().getId();
        long before = MEMORY.getThreadAllocatedBytes(thread);
        for (int i = WARM; i < WARM + events; i++) {
            oneEvent(i);
        }
        long allocated = MEMORY.getThreadAllocatedBytes(thread) - before;
        System.out.println(events + " events: " + allocated + " bytes allocated");
        assertTrue(out.bytes() - sent > 100L * events);
        assertTrue(watching.bytes() > out.bytes());
        // The counter itself, and a class that is loaded late, cost a few.
        assertTrue(allocated < 4096, allocated + " bytes for " + events + " events");
        assertEquals(0, refusals);
    }

    @Test
    void aHundredThousandEventsAllocateNothing() {
        run(100_000);
    }

    @Test
    @Tag("full")
    void aMillionEventsAllocateNothing() {
        run(1_000_000);
    }
}
