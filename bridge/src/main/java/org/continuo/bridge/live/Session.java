package org.continuo.bridge.live;

import io.netty.buffer.ByteBuf;
import org.continuo.bridge.net.Listener;
import org.continuo.bridge.net.Peer;
import org.continuo.protocol.message.Address;
import org.continuo.protocol.message.FromEngineWriter;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;

/**
 * One client, from its first packet to its last: hello first, then what it plays and where its host stands goes to its band.
 * What is not in order is refused with a reason and counted, and the next message still arrives. I/O thread only.
 */
final class Session extends Seat implements Listener {
    /** Refusals told a packet; the others are only counted. */
    private static final int MOST_TOLD = 8;

    private final Stage stage;
    private final Peer peer;
    private final FromEngineWriter writer;
    private boolean over;
    private long heardAt;
    private int silentChecks;
    private int told;

    Session(Stage stage, Peer peer, long nanos) {
        this.stage = stage;
        this.peer = peer;
        this.writer = new FromEngineWriter(peer::send);
        this.heardAt = nanos;
    }

    Peer peer() {
        return peer;
    }

    /** When it last sent a packet. */
    long heardAt() {
        return heardAt;
    }

    /** It was found silent for long; how often now since its last packet. */
    int silentAgain() {
        return ++silentChecks;
    }

    @Override
    public void packet(ByteBuf packet) {
        if (over) {
            return;
        }
        heardAt = stage.now();
        silentChecks = 0;
        told = 0;
        stage.reader().read(packet, this, this);
    }

    @Override
    public void badFrame() {
        told = 0;
        refuse("", Reason.FRAME, "");
    }

    @Override
    public void closed() {
        leave();
        stage.forget(this);
    }

    @Override
    public void refuse(CharSequence address, Reason reason, CharSequence detail) {
        stage.count(reason);
        if (!over && told++ < MOST_TOLD) {
            writer.refuse(address, reason, detail);
        }
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence name, CharSequence token) {
        if (over) {
            return;
        }
        if (band() != null) {
            refuse(Address.HELLO, Reason.HELLO_AGAIN, "");
        } else if (!peer.admits(token)) {
            end(Reason.BAD_TOKEN);
        } else if (version != Limits.VERSION) {
            end(Reason.WRONG_VERSION);
        } else if (!take(stage.band(name.toString()), peer)) {
            end(Reason.FULL);
        } else {
            writer.welcome(Limits.VERSION, stage.opened(this), stage.engine());
        }
    }

    /** Says why, and closes. */
    private void end(Reason reason) {
        refuse(Address.HELLO, reason, "");
        finish();
    }

    /** Closes after what waits has been sent; nothing more is heard. */
    void finish() {
        leave();
        over = true;
        peer.close();
    }

    private void leave() {
        Band left = band();
        if (left != null) {
            left.standing().leave(writer);
            giveUp();
            stage.left(left);
        }
    }

    @Override
    public void goodbye() {
        if (isOpen(Address.GOODBYE)) {
            finish();
        }
    }

    @Override
    public void ping(int number) {
        writer.pong(number);
    }

    @Override
    public void query() {
        stage.capabilities(isOwner(), writer::capability);
    }

    /** Whether it is the engine's owner who is there: known at once on a socket that nobody else can open. */
    private boolean isOwner() {
        return peer.isOwner() && (band() != null || peer.admits(""));
    }

    @Override
    public void bands() {
        if (!isOpen(Address.BANDS)) {
            return;
        }
        if (isOwner()) {
            stage.bands(writer::band);
        } else {
            refuse(Address.BANDS, Reason.BAD_TOKEN, "over UDP there is none");
        }
    }

    @Override
    public void watch() {
        if (order(Inbox.Kind.WATCH, 0, Address.WATCH)) {
            band().standing().watch(writer);
        }
    }

    @Override
    public void counters() {
        if (isOpen(Address.COUNTERS)) {
            stage.counters(band(), writer::counter);
        }
    }

    @Override
    public void capture() {
        if (stage.keepsTakes()) {
            order(Inbox.Kind.CAPTURE, 0, Address.CAPTURE);
        } else if (isOpen(Address.CAPTURE)) {
            refuse(Address.CAPTURE, Reason.NOT_KEPT, "this engine keeps no takes");
        }
    }
}
