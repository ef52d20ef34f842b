package org.continuo.bridge.live;

import org.continuo.bridge.net.Peer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Address;
import org.continuo.protocol.message.Parameter;
import org.continuo.protocol.message.Reason;
import org.continuo.protocol.message.Refusals;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * A session's place in its band, from hello to the end: what it plays and wishes, and where its host stands, goes to the band, or is
 * refused with a reason. I/O thread only.
 */
abstract class Seat implements ToEngine, Refusals {
    /** The player of a part that stays a session's though nobody plays it. */
    private static final String HELD = "held";

    private Band band;
    private Member member;
    private boolean placed;
    private int epoch;
    private double performance;

    /** Takes a place in a band, which is null where there is none, for who is at {@code peer}; whether there was one. */
    final boolean take(Band wanted, Peer peer) {
        member = wanted == null ? null : wanted.join(peer);
        band = member == null ? null : wanted;
        return band != null;
    }

    /** Gives its place up; its keys are let go of and its parts played by nobody. */
    final void giveUp() {
        Band left = band;
        band = null;
        left.leave(member);
    }

    /** Its band; null before hello and after the end. */
    final Band band() {
        return band;
    }

    final void refuse(Address address, Reason reason, CharSequence detail) {
        refuse(address.path(), reason, detail);
    }

    /** Whether it has said hello; where it has not, this is refused. */
    final boolean isOpen(Address address) {
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

    /** Something for the band to do now: not a setting, which would stay. */
    final boolean order(Inbox.Kind kind, int amount, Address address) {
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
