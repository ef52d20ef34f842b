package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscWriter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Encodes what a client says: each call is one packet, handed to the sink before the call returns. Throws {@link
 * IllegalArgumentException} for arguments outside the limits, and then sends nothing. Allocates nothing once made.
 * Confined to one thread.
 */
public final class ToEngineWriter implements ToEngine {
    private final OscWriter osc = new OscWriter();
    private final MessageWriter message = new MessageWriter(osc);
    private final PacketSink sink;

    /** @param sink takes the packets; it may not call back into this */
    public ToEngineWriter(PacketSink sink) {
        this.sink = sink;
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence band, CharSequence token) {
        begin(Address.HELLO).integer(version).text(kind).text(band).text(token);
        send();
    }

    @Override
    public void goodbye() {
        begin(Address.GOODBYE);
        send();
    }

    @Override
    public void ping(int number) {
        begin(Address.PING).integer(number);
        send();
    }

    @Override
    public void query() {
        begin(Address.QUERY);
        send();
    }

    @Override
    public void counters() {
        begin(Address.COUNTERS);
        send();
    }

    @Override
    public void part(int channel, CharSequence instrument, CharSequence player) {
        begin(Address.PART).integer(channel).text(instrument).text(player);
        send();
    }

    @Override
    public void set(CharSequence name, double value) {
        begin(Address.SET_NUMBER).text(name).number(value);
        send();
    }

    @Override
    public void set(CharSequence name, CharSequence value) {
        begin(Address.SET_TEXT).text(name).text(value);
        send();
    }

    @Override
    public void register(int channel, int low, int high) {
        begin(Address.REGISTER).integer(channel).integer(low).integer(high);
        send();
    }

    @Override
    public void panic() {
        begin(Address.PANIC);
        send();
    }

    @Override
    public void keep() {
        begin(Address.KEEP);
        send();
    }

    @Override
    public void discard() {
        begin(Address.DISCARD);
        send();
    }

    @Override
    public void keepUntil(double at) {
        begin(Address.KEEP_UNTIL).number(at);
        send();
    }

    @Override
    public void discardFrom(double at) {
        begin(Address.DISCARD_FROM).number(at);
        send();
    }

    @Override
    public void watch() {
        begin(Address.WATCH);
        send();
    }

    @Override
    public void bands() {
        begin(Address.BANDS);
        send();
    }

    @Override
    public void capture() {
        begin(Address.CAPTURE);
        send();
    }

    /** Sends it cleaned: a host's figures may be anything. */
    @Override
    public void transport(TransportSnapshot told) {
        begin(Address.TRANSPORT).transport(told);
        send();
    }

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {
        begin(Address.NOTE_ON).number(at).integer(channel).integer(pitch).integer(velocity);
        send();
    }

    @Override
    public void noteOff(double at, int channel, int pitch) {
        begin(Address.NOTE_OFF).number(at).integer(channel).integer(pitch);
        send();
    }

    @Override
    public void control(double at, int channel, int controller, int value) {
        begin(Address.CONTROL).number(at).integer(channel).integer(controller).integer(value);
        send();
    }

    @Override
    public void sounded(int note, double at) {
        begin(Address.SOUNDED).integer(note).number(at);
        send();
    }

    @Override
    public void missed(int note) {
        begin(Address.MISSED).integer(note);
        send();
    }

    private MessageWriter begin(Address address) {
        osc.clear();
        return message.begin(address);
    }

    private void send() {
        sink.packet(osc.packet());
    }
}
