package org.continuo.protocol.message;

import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/** Counts what readers deliver and refuse, and fails where anything delivered is outside the limits of SPEC.md. */
final class InsideLimits implements ToEngine, FromEngine, Refusals {
    long delivered;
    long refused;
    int lastPing;
    private boolean inPlan;

    private void delivered(boolean right) {
        delivered++;
        if (!right) {
            throw new AssertionError("delivered outside the limits");
        }
    }

    private static boolean time(double at) {
        return at >= 0 && at <= 1e9;
    }

    private static boolean seven(int value) {
        return value >= 0 && value <= 127;
    }

    private static boolean channel(int value) {
        return value >= 0 && value <= 15;
    }

    private static boolean text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= 255;
    }

    @Override
    public void refuse(CharSequence address, Reason reason, CharSequence detail) {
        refused++;
        if (!text(address) || !text(detail)) {
            throw new AssertionError("a refusal outside the limits");
        }
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence band, CharSequence token) {
        delivered(text(kind) && text(band) && text(token));
    }

    @Override
    public void goodbye() {
        delivered(true);
    }

    @Override
    public void ping(int number) {
        lastPing = number;
        delivered(true);
    }

    @Override
    public void query() {
        delivered(true);
    }

    @Override
    public void counters() {
        delivered(true);
    }

    @Override
    public void part(int channel, CharSequence instrument, CharSequence player) {
        delivered(channel(channel) && text(instrument) && text(player));
    }

    @Override
    public void set(CharSequence name, double value) {
        delivered(Parameter.find(name).takes(value));
    }

    @Override
    public void set(CharSequence name, CharSequence value) {
        delivered(Parameter.find(name).isText() && text(value));
    }

    @Override
    public void register(int channel, int low, int high) {
        delivered(channel(channel) && seven(low) && seven(high));
    }

    @Override
    public void panic() {
        delivered(true);
    }

    @Override
    public void keep() {
        delivered(true);
    }

    @Override
    public void discard() {
        delivered(true);
    }

    @Override
    public void keepUntil(double at) {
        delivered(time(at));
    }

    @Override
    public void discardFrom(double at) {
        delivered(time(at));
    }

    @Override
    public void watch() {
        delivered(true);
    }

    @Override
    public void bands() {
        delivered(true);
    }

    @Override
    public void capture() {
        delivered(true);
    }

    @Override
    public void transport(TransportSnapshot t) {
        delivered(t.epoch >= 0
                && time(t.performance)
                && Math.abs(t.beat) <= 1e9
                && t.tempo > 0
                && t.tempo <= 1000
                && Meter.isValid(t.numerator, t.denominator)
                && Math.abs(t.barStart) <= 1e9
                && Math.abs(t.loopStart) <= 1e9
                && Math.abs(t.loopEnd) <= 1e9
                && (!t.has(TransportSnapshot.LOOPING) || t.loopEnd > t.loopStart));
    }

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {
        delivered(time(at) && channel(channel) && seven(pitch) && seven(velocity) && velocity > 0);
    }

    @Override
    public void noteOff(double at, int channel, int pitch) {
        delivered(time(at) && channel(channel) && seven(pitch));
    }

    @Override
    public void control(double at, int channel, int controller, int value) {
        delivered(time(at) && channel(channel) && seven(controller) && seven(value));
    }

    @Override
    public void sounded(int note, double at) {
        delivered(note >= 1 && time(at));
    }

    @Override
    public void missed(int note) {
        delivered(note >= 1);
    }

    @Override
    public void welcome(int version, int session, CharSequence engine) {
        delivered(session >= 0 && text(engine));
    }

    @Override
    public void refused(CharSequence address, CharSequence reason) {
        delivered(text(address) && text(reason));
    }

    @Override
    public void pong(int number) {
        lastPing = number;
        delivered(true);
    }

    @Override
    public void capability(CharSequence name, CharSequence value) {
        delivered(text(name) && text(value));
    }

    @Override
    public void counter(CharSequence name, long value) {
        delivered(text(name));
    }

    @Override
    public void captured(CharSequence file) {
        delivered(text(file));
    }

    @Override
    public void band(CharSequence name, int sessions) {
        delivered(text(name) && sessions >= 0);
    }

    @Override
    public void heardOn(double at, int channel, int pitch, int velocity) {
        noteOn(at, channel, pitch, velocity);
    }

    @Override
    public void heardOff(double at, int channel, int pitch) {
        noteOff(at, channel, pitch);
    }

    @Override
    public void heardSounded(int note, double at) {
        sounded(note, at);
    }

    @Override
    public void heardMissed(int note) {
        missed(note);
    }

    @Override
    public void heardPlayed(CharSequence player, double from, double to, int channel, int pitch, int velocity) {
        boolean note = channel(channel) && seven(pitch) && seven(velocity) && velocity > 0;
        delivered(time(from) && time(to) && from <= to && note && text(player));
    }

    @Override
    public void heardTransport(TransportSnapshot snapshot) {
        transport(snapshot);
    }

    @Override
    public void heardPart(int channel, CharSequence instrument, CharSequence player) {
        part(channel, instrument, player);
    }

    @Override
    public void heardSet(CharSequence name, double value) {
        delivered(text(name) && Double.isFinite(value));
    }

    @Override
    public void heardSet(CharSequence name, CharSequence value) {
        delivered(text(name) && text(value));
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        delivered(!inPlan && epoch >= 0 && revision >= 0 && time(from) && time(to) && from <= to);
        inPlan = true;
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        delivered(inPlan && note >= 1 && time(at) && channel(channel) && seven(pitch) && seven(velocity));
    }

    @Override
    public void planOff(int note, double at) {
        delivered(inPlan && note >= 1 && time(at));
    }

    @Override
    public void planEnd() {
        delivered(inPlan);
        inPlan = false;
    }
}
