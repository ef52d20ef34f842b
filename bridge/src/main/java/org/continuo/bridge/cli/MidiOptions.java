package org.continuo.bridge.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.continuo.bridge.jam.JamResult;
import org.continuo.bridge.jam.KeyQueue;
import org.continuo.bridge.jam.LiveJam;
import org.continuo.bridge.jam.MidiConnection;
import org.continuo.bridge.jam.SynthEar;
import org.continuo.bridge.live.Wishes;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Parameter;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.Tempo;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A jam with a MIDI keyboard and a synthesizer. */
final class MidiOptions {
    private static final String NO_FILE = "nothing is captured without -o FILE, which says where";

    @Option(
            names = "--in",
            paramLabel = "PORT",
            description = "The keyboard, by part of its name; the first unless given.")
    private String in;

    @Option(names = "--out", paramLabel = "PORT", description = "The synthesizer; the first output unless given.")
    private String out;

    @Option(names = "--tempo", paramLabel = "BPM", defaultValue = "100", description = "Quarter notes a minute.")
    private double tempo;

    @Option(names = "--meter", paramLabel = "N/D", defaultValue = "4/4", description = "The meter.")
    private String meter;

    @Option(names = "--play", paramLabel = "INSTRUMENT", defaultValue = "piano", description = "What you play.")
    private String musician;

    @Option(
            names = "--with",
            paramLabel = "a,b,c",
            split = ",",
            defaultValue = "bass,drums",
            description = "Who joins in.")
    private List<String> band;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of SPEC.md section 6.2, such as mode=trade.")
    private List<String> sets;

    @Option(
            names = "--count-in",
            paramLabel = "BARS",
            defaultValue = "1",
            description = "Bars clicked before it starts.")
    private int countIn;

    @Option(names = "--no-click", description = "No metronome after the count-in.")
    private boolean noClick;

    @Option(names = "--echo", description = "Your notes go to the synthesizer too.")
    private boolean echo;

    @Option(
            names = "--learn",
            paramLabel = "ORDER",
            split = ",",
            description = "Learns a control of the keyboard for each: panic, capture (with -o), keep, discard.")
    private List<LiveJam.Order> learn;

    /** Plays until it is interrupted or 'q' is typed. */
    int jam(
            NoteModel model,
            PerformerSettings settings,
            Path output,
            boolean json,
            CommandLine line,
            Interruption interruption)
            throws Exception {
        LiveJam.Setting setting = setting();
        if (output == null && setting.learn().contains(LiveJam.Order.CAPTURE)) {
            throw new UsageException("--learn capture: " + NO_FILE);
        }
        PerformerSettings wished = wished(settings);
        AtomicBoolean quit = new AtomicBoolean();
        KeyQueue keys = new KeyQueue();
        JamResult[] last = new JamResult[1];
        JamFile file = new JamFile(output, line.getErr());
        try (file;
                MidiConnection midi = MidiConnection.open(in, out, keys)) {
            LiveJam jam = new LiveJam(
                    setting,
                    model,
                    wished,
                    keys,
                    new SynthEar(midi.synth(), echo),
                    OperatingSystem.current(),
                    System::nanoTime,
                    text -> line.getErr().println("continuo: " + text),
                    result -> {
                        last[0] = result;
                        file.write(result);
                    });
            line.getErr()
                    .println("continuo: " + midi.words() + "; type p for panic, "
                            + (output == null ? "" : "c to capture, ") + "k to keep, d to discard, q to quit,"
                            + " each with Enter");
            Runnable capture = output == null
                    ? () -> line.getErr().println("continuo: " + NO_FILE)
                    : () -> jam.order(LiveJam.Order.CAPTURE);
            listen(jam, capture, quit);
            jam.play(() -> !interruption.requested() && !quit.get());
        }
        JamReport report =
                new JamReport(last[0], List.of(), file.written(), model.folder().name());
        line.getOut().println(json ? report.json() : report.lines());
        line.getOut().flush();
        return output == null || file.written() != null ? 0 : 1;
    }

    private LiveJam.Setting setting() throws UsageException {
        if (!Tempo.isPlayed(tempo)) {
            throw new UsageException("--tempo " + tempo + " is not 5..999");
        }
        if (countIn < 0 || countIn > 16) {
            throw new UsageException("--count-in " + countIn + " is not 0..16");
        }
        Set<Instrument> model = new LinkedHashSet<>();
        for (String name : band) {
            model.add(instrument("--with", name));
        }
        return new LiveJam.Setting(
                tempo,
                meter(),
                instrument("--play", musician),
                List.copyOf(model),
                countIn,
                !noClick,
                learn == null ? List.of() : learn);
    }

    private Meter meter() throws UsageException {
        Meter wanted = Meter.of(meter);
        if (wanted == null) {
            throw new UsageException("--meter '" + meter + "' is not a meter, such as 3/4");
        }
        return wanted;
    }

    private static Instrument instrument(String option, String name) throws UsageException {
        Instrument instrument = Instrument.ofLabel(name.strip().toLowerCase(Locale.ROOT));
        if (instrument == null) {
            throw new UsageException(option + " '" + name + "' is none of the ten instruments");
        }
        return instrument;
    }

    private PerformerSettings wished(PerformerSettings settings) throws UsageException {
        PerformerSettings wished = settings;
        for (String set : sets == null ? List.<String>of() : sets) {
            String[] halves = set.split("=", 2);
            if (halves.length < 2) {
                throw new UsageException("--set '" + set + "' is not a setting and its value, such as mode=trade");
            }
            if (Parameter.find(halves[0]) == Parameter.END) {
                throw new UsageException("--set " + set + ": an end counts from where it is said; a script can say it");
            }
            try {
                wished = Wishes.typed(wished, halves[0], halves[1]);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--set " + set + ": " + e.getMessage());
            }
        }
        return wished;
    }

    /** Keys that are typed; a thread that dies with the process, as nothing wakes it from reading. */
    private static void listen(LiveJam jam, Runnable capture, AtomicBoolean quit) {
        Thread thread = new Thread(() -> {
            try {
                BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String text = typed.readLine(); text != null; text = typed.readLine()) {
                    switch (text.strip()) {
                        case "p" -> jam.order(LiveJam.Order.PANIC);
                        case "c" -> capture.run();
                        case "k" -> jam.order(LiveJam.Order.KEEP);
                        case "d" -> jam.order(LiveJam.Order.DISCARD);
                        case "q" -> quit.set(true);
                        default -> {}
                    }
                }
            } catch (IOException e) {
                // no keys then
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
