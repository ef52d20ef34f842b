package org.continuo.bridge.live;

import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.time.TransportSnapshot;

/** Puts what the engine says, plans apart, into words such as "heardOn 0 60 90", for tests to wait for. */
public abstract class HeardWords implements FromEngine {
    /** Takes a word; on the thread that hears. */
    protected abstract void word(String word);

    @Override
    public void welcome(int version, int session, CharSequence engine) {
        word("welcome " + version + " " + session + " " + engine);
    }

    @Override
    public void refused(CharSequence address, CharSequence reason) {
        word("refused " + address + " " + reason);
    }

    @Override
    public void pong(int number) {
        word("pong " + number);
    }

    @Override
    public void capability(CharSequence name, CharSequence value) {
        word("capability " + name + " " + value);
    }

    @Override
    public void captured(CharSequence file) {
        word("captured " + file);
    }

    @Override
    public void band(CharSequence name, int sessions) {
        word("band " + name + " " + sessions);
    }

    @Override
    public void heardOn(double at, int channel, int pitch, int velocity) {
        word("heardOn " + channel + " " + pitch + " " + velocity);
    }

    @Override
    public void heardOff(double at, int channel, int pitch) {
        word("heardOff " + channel + " " + pitch);
    }

    @Override
    public void heardSounded(int note, double at) {
        word("heardSounded " + note);
    }

    @Override
    public void heardMissed(int note) {
        word("heardMissed " + note);
    }

    @Override
    public void heardPlayed(CharSequence player, double from, double to, int channel, int pitch, int velocity) {
        word("heardPlayed " + player + " " + channel + " " + pitch + " " + velocity + " " + from + " " + to);
    }

    @Override
    public void heardTransport(TransportSnapshot told) {
        String playing = told.has(TransportSnapshot.PLAYING) ? "playing" : "stopped";
        word("heardTransport " + playing + " " + told.flags + " " + told.tempo);
    }

    @Override
    public void heardPart(int channel, CharSequence instrument, CharSequence player) {
        word("heardPart " + channel + " " + instrument + " " + player);
    }

    @Override
    public void heardSet(CharSequence name, double value) {
        word("heardSet " + name + " " + value);
    }

    @Override
    public void heardSet(CharSequence name, CharSequence value) {
        word("heardSet " + name + " " + value);
    }
}
