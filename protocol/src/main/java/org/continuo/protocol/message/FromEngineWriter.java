package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscWriter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Encodes what the engine says: each call is one packet, handed to the sink before the call returns; a plan is one
 * bundle, handed over at {@link #planEnd}. A plan too big for one packet leaves as several ranges of the same revision,
 * one after the other. As a {@link Refusals} it tells the client what was refused.
 *
 * <p>Throws {@link IllegalArgumentException} for arguments outside the limits, and then sends nothing of that call.
 * Allocates nothing once made. Confined to one thread.
 */
public final class FromEngineWriter implements FromEngine, Refusals {
    private final OscWriter osc = new OscWriter();
    private final MessageWriter message = new MessageWriter(osc);
    private final PlanWriter plans;
    private final StringBuilder words = new StringBuilder(256);
    private final PacketSink sink;

    /** @param sink takes the packets; it may not call back into this */
    public FromEngineWriter(PacketSink sink) {
        this.sink = sink;
        this.plans = new PlanWriter(sink);
    }

    @Override
    public void welcome(int version, int session, CharSequence engine) {
        begin(Address.WELCOME).integer(version).integer(session).text(engine);
        send();
    }

    @Override
    public void refused(CharSequence address, CharSequence reason) {
        begin(Address.REFUSED).text(address).text(reason);
        send();
    }

    /** Sends {@link #refused} with the reason and, where there is one, the detail. */
    @Override
    public void refuse(CharSequence address, Reason reason, CharSequence detail) {
        words.setLength(0);
        words.append(reason.text());
        // a name that was sent may be as long as a text can be
        if (detail.length() > 0 && detail.length() <= 64) {
            words.append(": ").append(detail);
        }
        refused(address, words);
    }

    @Override
    public void pong(int number) {
        begin(Address.PONG).integer(number);
        send();
    }

    @Override
    public void capability(CharSequence name, CharSequence value) {
        begin(Address.CAPABILITY).text(name).text(value);
        send();
    }

    @Override
    public void counter(CharSequence name, long value) {
        begin(Address.COUNTER).text(name).tally(value);
        send();
    }

    @Override
    public void captured(CharSequence file) {
        begin(Address.CAPTURED).text(file);
        send();
    }

    @Override
    public void band(CharSequence name, int sessions) {
        begin(Address.BAND).text(name).integer(sessions);
        send();
    }

    @Override
    public void heardOn(double at, int channel, int pitch, int velocity) {
        begin(Address.HEARD_ON).number(at).integer(channel).integer(pitch).integer(velocity);
        send();
    }

    @Override
    public void heardOff(double at, int channel, int pitch) {
        begin(Address.HEARD_OFF).number(at).integer(channel).integer(pitch);
        send();
    }

    @Override
    public void heardSounded(int note, double at) {
        begin(Address.HEARD_SOUNDED).integer(note).number(at);
        send();
    }

    @Override
    public void heardMissed(int note) {
        begin(Address.HEARD_MISSED).integer(note);
        send();
    }

    @Override
    public void heardPlayed(CharSequence player, double from, double to, int channel, int pitch, int velocity) {
        begin(Address.HEARD_PLAYED)
                .text(player)
                .number(from)
                .number(to)
                .integer(channel)
                .integer(pitch)
                .integer(velocity);
        send();
    }

    @Override
    public void heardTransport(TransportSnapshot told) {
        begin(Address.HEARD_TRANSPORT).transport(told);
        send();
    }

    @Override
    public void heardPart(int channel, CharSequence instrument, CharSequence player) {
        begin(Address.HEARD_PART).integer(channel).text(instrument).text(player);
        send();
    }

    @Override
    public void heardSet(CharSequence name, double value) {
        begin(Address.HEARD_SET_NUMBER).text(name).number(value);
        send();
    }

    @Override
    public void heardSet(CharSequence name, CharSequence value) {
        begin(Address.HEARD_SET_TEXT).text(name).text(value);
        send();
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        plans.plan(epoch, revision, from, to);
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        plans.planOn(note, at, channel, pitch, velocity);
    }

    @Override
    public void planOff(int note, double at) {
        plans.planOff(note, at);
    }

    @Override
    public void planEnd() {
        plans.planEnd();
    }

    private MessageWriter begin(Address address) {
        osc.clear();
        return message.begin(address);
    }

    private void send() {
        sink.packet(osc.packet());
    }
}
