package org.continuo.bridge.live;

import io.netty.buffer.ByteBuf;
import org.continuo.bridge.net.Listener;
import org.continuo.bridge.net.Peer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Address;
import org.continuo.protocol.message.FromEngineWriter;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Parameter;
import org.continuo.protocol.message.Reason;
import org.continuo.protocol.message.Refusals;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * One client, from its first packet to its last: hello first, then what it plays and where its host stands goes to its band.
 * What is not in order is refused with a reason and counted, and the next message still arrives. I/O thread only.
 */
final class Session implements Listener, ToEngine, Refusals {
    /** Refusals told a packet; the others are only counted. */
    private static final int MOST_TOLD = 8;

    /** The player of a part that stays a session's though nobody plays it. */
    private static final String HELD = "held";

    private final Stage stage;
    private final Peer peer;
    private final FromEngineWriter writer;
    private Band band;
    private Member member;
    private boolean over;
    private long heardAt;
    private int silentChecks;
    private int told;
    private boolean placed;
    private int epoch;
    private double performance;

    Session(Stage stage, Peer peer, long nanos) {
        this.stage = stage;
        this.peer = peer;
        this.writer = new FromEngineWriter(peer::send);
        this.heardAt = nanos;
    }

    Peer peer() {
        return peer;
    }

    /** Its band; null before hello and after the end. */
    Band band() {
        return band;
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

    private void refuse(Address address, Reason reason, CharSequence detail) {
        refuse(address.path(), reason, detail);
    }

    private boolean isOpen(Address address) {
        if (band == null) {
            refuse(address, Reason.HELLO_FIRST, "");
        }
        return band != null;
    }

    private boolean taken(boolean taken, Address address) {
        if (!taken) {
            refuse(address, Reason.TOO_FAST, "");
        }
        return taken;
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence name, CharSequence token) {
        if (over) {
            return;
        }
        if (band != null) {
            refuse(Address.HELLO, Reason.HELLO_AGAIN, "");
        } else if (!peer.admits(token)) {
            end(Reason.BAD_TOKEN);
        } else if (version != Limits.VERSION) {
            end(Reason.WRONG_VERSION);
        } else {
            band = stage.band(name.toString());
            member = band == null ? null : band.join(peer);
            if (member == null) {
                band = null;
                end(Reason.FULL);
            } else {
                writer.welcome(Limits.VERSION, stage.opened(this), stage.engine());
            }
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
        if (band != null) {
            Band left = band;
            band = null;
            left.standing().leave(writer);
            left.leave(member);
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
        return peer.isOwner() && (band != null || peer.admits(""));
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
        if (isOpen(Address.WATCH) && taken(band.event(Inbox.Kind.WATCH, member, 0, 0, 0, 0), Address.WATCH)) {
            band.standing().watch(writer);
        }
    }

    @Override
    public void counters() {
        if (isOpen(Address.COUNTERS)) {
            stage.counters(band, writer::counter);
        }
    }

    @Override
    public void part(int channel, CharSequence instrument, CharSequence player) {
        if (!isOpen(Address.PART)) {
            return;
        }
        Instrument played = Instrument.ofLabel(instrument);
        boolean holds = CharSequence.compare(HELD, player) == 0;
        Player who = Player.ofLabel(player);
        if (played == null || who == null && !holds) {
            refuse(Address.PART, Reason.UNKNOWN_NAME, played == null ? instrument : player);
        } else if (band.isTaken(channel, member)) {
            member.asked = true; // and is not told what another plays
            if (who != Player.NOBODY) { // a part that it has not got is given up as it is
                refuse(Address.PART, Reason.TAKEN, channelName(channel));
            }
        } else if (holds) {
            taken(band.hold(member, channel, played), Address.PART);
        } else {
            taken(band.part(member, channel, played, who), Address.PART);
        }
    }

    /** Of several that were asked for at once. */
    private static String channelName(int channel) {
        return "channel " + channel;
    }

    @Override
    public void set(CharSequence name, double value) {
        Parameter parameter = Parameter.find(name);
        if (!isOpen(Address.SET_NUMBER)) {
            return;
        }
        boolean taken = parameter == Parameter.END
                ? order(Inbox.Kind.END, (int) Math.max(0, value), Address.SET_NUMBER)
                : set(Wishes.with(band.settings(), parameter, value), Address.SET_NUMBER, name);
        if (taken) {
            band.standing().set(parameter, value);
        }
    }

    @Override
    public void set(CharSequence name, CharSequence value) {
        if (isOpen(Address.SET_TEXT)) {
            Parameter parameter = Parameter.find(name);
            String text = value.toString();
            if (set(Wishes.with(band.settings(), parameter, text), Address.SET_TEXT, text)) {
                band.standing().set(parameter, text);
            }
        }
    }

    private boolean set(PerformerSettings settings, Address address, CharSequence unknown) {
        if (settings == null) {
            refuse(address, Reason.UNKNOWN_NAME, unknown);
            return false;
        }
        return taken(band.settings(member, settings), address);
    }

    @Override
    public void register(int channel, int low, int high) {
        if (!isOpen(Address.REGISTER)) {
            return;
        }
        if (band.isTaken(channel, member)) {
            refuse(Address.REGISTER, Reason.TAKEN, channelName(channel));
        } else {
            taken(band.event(Inbox.Kind.REGISTER, member, 0, channel, low, high), Address.REGISTER);
        }
    }

    @Override
    public void panic() {
        order(Inbox.Kind.PANIC, 0, Address.PANIC);
    }

    @Override
    public void keep() {
        order(Inbox.Kind.KEEP, 0, Address.KEEP);
    }

    @Override
    public void discard() {
        order(Inbox.Kind.DISCARD, 0, Address.DISCARD);
    }

    @Override
    public void keepUntil(double at) {
        if (isOpen(Address.KEEP_UNTIL)) {
            taken(band.event(Inbox.Kind.KEEP_UNTIL, member, at, 0, 0, 0), Address.KEEP_UNTIL);
        }
    }

    @Override
    public void discardFrom(double at) {
        if (isOpen(Address.DISCARD_FROM)) {
            taken(band.event(Inbox.Kind.DISCARD_FROM, member, at, 0, 0, 0), Address.DISCARD_FROM);
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

    /** Something for the band to do now: not a setting, which would stay. */
    private boolean order(Inbox.Kind kind, int amount, Address address) {
        return isOpen(address) && taken(band.event(kind, member, 0, amount, 0, 0), address);
    }

    @Override
    public void transport(TransportSnapshot snapshot) {
        if (!isOpen(Address.TRANSPORT)) {
            return;
        }
        if (placed && (snapshot.epoch < epoch || snapshot.performance < performance)) {
            refuse(Address.TRANSPORT, Reason.OUT_OF_RANGE, "epoch and performance only rise");
            return;
        }
        placed = true;
        epoch = snapshot.epoch;
        performance = snapshot.performance;
        taken(band.transport(member, snapshot), Address.TRANSPORT);
    }

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {
        if (isOpen(Address.NOTE_ON)) {
            taken(band.event(Inbox.Kind.NOTE_ON, member, at, channel, pitch, velocity), Address.NOTE_ON);
        }
    }

    @Override
    public void noteOff(double at, int channel, int pitch) {
        if (isOpen(Address.NOTE_OFF)) {
            taken(band.event(Inbox.Kind.NOTE_OFF, member, at, channel, pitch, 0), Address.NOTE_OFF);
        }
    }

    @Override
    public void control(double at, int channel, int controller, int value) {
        if (isOpen(Address.CONTROL)) {
            taken(band.event(Inbox.Kind.CONTROL, member, at, channel, controller, value), Address.CONTROL);
        }
    }

    @Override
    public void sounded(int note, double at) {
        if (isOpen(Address.SOUNDED)) {
            taken(band.event(Inbox.Kind.SOUNDED, member, at, note, 0, 0), Address.SOUNDED);
        }
    }

    @Override
    public void missed(int note) {
        if (isOpen(Address.MISSED)) {
            taken(band.event(Inbox.Kind.MISSED, member, 0, note, 0, 0), Address.MISSED);
        }
    }
}
