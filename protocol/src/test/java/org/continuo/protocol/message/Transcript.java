package org.continuo.protocol.message;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.continuo.protocol.time.TransportSnapshot;

/** Writes down what readers deliver and refuse, a line a call, in the words of the golden files' first lines. */
final class Transcript implements ToEngine, FromEngine, Refusals {
    final List<String> lines = new ArrayList<>();

    private void add(String call, Object... arguments) {
        StringJoiner line = new StringJoiner(" ").add(call);
        for (Object argument : arguments) {
            line.add(argument instanceof CharSequence ? "\"" + argument + "\"" : String.valueOf(argument));
        }
        lines.add(line.toString());
    }

    /** Everything so far, in one line. */
    @Override
    public String toString() {
        return String.join("; ", lines);
    }

    /** What was delivered, without what was refused. */
    List<String> delivered() {
        return lines.stream()
                .filter(line -> !line.startsWith("refused ") || line.startsWith("refused \""))
                .toList();
    }

    @Override
    public void refuse(CharSequence address, Reason reason, CharSequence detail) {
        lines.add("refused " + reason.counter());
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence band, CharSequence token) {
        add("hello", version, kind, band, token);
    }

    @Override
    public void goodbye() {
        add("goodbye");
    }

    @Override
    public void ping(int number) {
        add("ping", number);
    }

    @Override
    public void query() {
        add("query");
    }

    @Override
    public void counters() {
        add("counters");
    }

    @Override
    public void part(int channel, CharSequence instrument, CharSequence player) {
        add("part", channel, instrument, player);
    }

    @Override
    public void set(CharSequence name, double value) {
        add("set", name, value);
    }

    @Override
    public void set(CharSequence name, CharSequence value) {
        add("set", name, value);
    }

    @Override
    public void register(int channel, int low, int high) {
        add("register", channel, low, high);
    }

    @Override
    public void panic() {
        add("panic");
    }

    @Override
    public void keep() {
        add("keep");
    }

    @Override
    public void discard() {
        add("discard");
    }

    @Override
    public void keepUntil(double at) {
        add("keepUntil", at);
    }

    @Override
    public void discardFrom(double at) {
        add("discardFrom", at);
    }

    @Override
    public void watch() {
        add("watch");
    }

    @Override
    public void bands() {
        add("bands");
    }

    @Override
    public void capture() {
        add("capture");
    }

    @Override
    public void transport(TransportSnapshot t) {
        add("transport", t);
    }

    @Override
    public void heardTransport(TransportSnapshot t) {
        add("heardTransport", t);
    }

    private void add(String call, TransportSnapshot t) {
        add(
                call,
                t.flags,
                t.epoch,
                t.performance,
                t.beat,
                t.tempo,
                t.numerator,
                t.denominator,
                t.barStart,
                t.loopStart,
                t.loopEnd);
    }

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {
        add("noteOn", at, channel, pitch, velocity);
    }

    @Override
    public void noteOff(double at, int channel, int pitch) {
        add("noteOff", at, channel, pitch);
    }

    @Override
    public void control(double at, int channel, int controller, int value) {
        add("control", at, channel, controller, value);
    }

    @Override
    public void sounded(int note, double at) {
        add("sounded", note, at);
    }

    @Override
    public void missed(int note) {
        add("missed", note);
    }

    @Override
    public void welcome(int version, int session, CharSequence engine) {
        add("welcome", version, session, engine);
    }

    @Override
    public void refused(CharSequence address, CharSequence reason) {
        add("refused", address, reason);
    }

    @Override
    public void pong(int number) {
        add("pong", number);
    }

    @Override
    public void capability(CharSequence name, CharSequence value) {
        add("capability", name, value);
    }

    @Override
    public void counter(CharSequence name, long value) {
        add("counter", name, value);
    }

    @Override
    public void captured(CharSequence file) {
        add("captured", file);
    }

    @Override
    public void band(CharSequence name, int sessions) {
        add("band", name, sessions);
    }

    @Override
    public void heardOn(double at, int channel, int pitch, int velocity) {
        add("heardOn", at, channel, pitch, velocity);
    }

    @Override
    public void heardOff(double at, int channel, int pitch) {
        add("heardOff", at, channel, pitch);
    }

    @Override
    public void heardSounded(int note, double at) {
        add("heardSounded", note, at);
    }

    @Override
    public void heardMissed(int note) {
        add("heardMissed", note);
    }

    @Override
    public void heardPlayed(CharSequence player, double from, double to, int channel, int pitch, int velocity) {
        add("heardPlayed", player, from, to, channel, pitch, velocity);
    }

    @Override
    public void heardPart(int channel, CharSequence instrument, CharSequence player) {
        add("heardPart", channel, instrument, player);
    }

    @Override
    public void heardSet(CharSequence name, double value) {
        add("heardSet", name, value);
    }

    @Override
    public void heardSet(CharSequence name, CharSequence value) {
        add("heardSet", name, value);
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        add("plan", epoch, revision, from, to);
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        add("planOn", note, at, channel, pitch, velocity);
    }

    @Override
    public void planOff(int note, double at) {
        add("planOff", note, at);
    }

    @Override
    public void planEnd() {
        add("planEnd");
    }
}
