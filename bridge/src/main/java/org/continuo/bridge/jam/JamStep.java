package org.continuo.bridge.jam;

import org.continuo.bridge.live.Wishes;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Parameter;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.Tempo;

/** The words of a script that do one thing at one moment, and what each does. Stateless. */
final class JamStep {
    private static final double FURTHEST_BEAT = 1e6;
    private static final String WORDS =
            "at, every, until, tempo, meter, part, set, register, note, play, pedal, loop, seek, stop, start, panic, keep,"
                    + " discard, expect";

    /** What a step does. */
    interface Act {
        void on(JamHost host);
    }

    private JamStep() {}

    /** Reads what comes after the word. */
    static Act of(String word, JamLine line) throws ScriptException {
        return switch (word) {
            case "tempo" -> {
                double tempo = line.number("a tempo", Tempo.SLOWEST, Tempo.FASTEST);
                yield host -> host.tempo(tempo);
            }
            case "meter" -> meter(line);
            case "part" -> part(line);
            case "set" -> set(line);
            case "register" -> register(line);
            case "pedal" -> pedal(line);
            case "loop" -> loop(line);
            case "seek" -> {
                double beat = line.number("a host beat", -FURTHEST_BEAT, FURTHEST_BEAT);
                yield host -> host.seek(beat);
            }
            case "stop" -> JamHost::stop;
            case "start" -> JamHost::start;
            case "panic" -> JamHost::panic;
            case "keep" -> JamHost::keep;
            case "discard" -> JamHost::discard;
            default -> throw line.wrong("'" + word + "' is no word of scripts: " + WORDS);
        };
    }

    private static Act meter(JamLine line) throws ScriptException {
        String word = line.word("a meter");
        Meter meter = Meter.of(word);
        if (meter == null) {
            throw line.wrong("'" + word + "' is not a meter, such as 3/4");
        }
        return host -> host.meter(meter);
    }

    private static Act part(JamLine line) throws ScriptException {
        int channel = line.whole("a channel", 0, 15);
        String name = line.word("an instrument");
        String who = line.word("a player");
        Player player = Player.ofLabel(who);
        if (player == null) {
            throw line.wrong("'" + who + "' is not musician, model or nobody");
        }
        Instrument instrument = Instrument.ofLabel(name);
        if (instrument == null) {
            throw line.wrong("'" + name + "' is none of the ten instruments");
        }
        return host -> host.part(channel, instrument, player);
    }

    /** As {@code /continuo/set}. */
    private static Act set(JamLine line) throws ScriptException {
        String name = line.word("a setting");
        String value = line.rest("a value");
        try {
            Wishes.typed(PerformerSettings.DEFAULT, name, value);
        } catch (IllegalArgumentException e) {
            throw line.wrong(e.getMessage());
        }
        if (Parameter.find(name) == Parameter.END) {
            int bars = (int) Math.max(0, Double.parseDouble(value));
            return host -> host.endIn(bars);
        }
        return host -> host.settings(Wishes.typed(host.settings(), name, value));
    }

    private static Act register(JamLine line) throws ScriptException {
        int channel = line.whole("a channel", 0, 15);
        int low = line.whole("a pitch", 0, 127);
        int high = line.whole("a pitch", 0, 127);
        return host -> host.register(channel, low, high);
    }

    private static Act pedal(JamLine line) throws ScriptException {
        int channel = line.whole("a channel", 0, 15);
        int value = line.whole("a position of the pedal", 0, 127);
        return host -> host.control(channel, 64, value);
    }

    private static Act loop(JamLine line) throws ScriptException {
        if (line.peek().equals("off")) {
            line.word("off");
            return JamHost::unloop;
        }
        double start = line.number("a host beat", -FURTHEST_BEAT, FURTHEST_BEAT);
        double end = line.number("a host beat", start + 0.25, FURTHEST_BEAT);
        return host -> host.loop(start, end);
    }
}
