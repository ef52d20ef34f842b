package org.continuo.engine.midi;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.continuo.engine.token.Instrument;

/** Decides which track and channel of a clip play each added instrument. */
final class PartPlan {
    private static final int CHANNELS = 16;

    /** How an instrument comes to its channel. */
    enum Seat {
        /** The clip plays it here; of several such channels the one that plays it most. */
        HOME,
        /** The clip leaves the channel free. */
        FREE,
        /**
         * The clip uses all channels; of those on which it plays nothing, or nothing more, this one fell silent first. Or the
         * tenth, whose kit the clip took away without playing there.
         */
        TAKEN_OVER,
        /** The clip needs all channels; this one plays least, and its sound has to do. */
        SHARED
    }

    /**
     * Where an instrument plays.
     *
     * @param seat how it comes there
     * @param staves the clip's tracks at {@link Seat#HOME}, else null for a new one
     * @param voice port and channel, as {@link ClipNote#voice()}
     * @param program the program it should have there
     * @param kit the messages that give the channel a drum kit first; none where it has one or needs none
     */
    record Part(Seat seat, Staves staves, int voice, int program, List<byte[]> kit) {
        int channel() {
            return voice & 0x0f;
        }
    }

    private record Home(Instrument instrument, int track, int voice, int program) {}

    private final MidiClip clip;
    private final boolean continues;
    private final Set<Integer> usedByClip = new HashSet<>();
    /** By track. */
    private final Map<Integer, Integer> portAtEnd = new HashMap<>();
    /** As the clip leaves them; a message makes a kit of a channel on which nothing is played, too. */
    private final DrumKits kits;

    private final Set<Integer> assigned = new HashSet<>();
    private final Map<Instrument, Part> parts = new EnumMap<>(Instrument.class);

    private PartPlan(MidiClip clip, boolean continues) {
        this.clip = clip;
        this.continues = continues;
        this.kits = DrumKits.after(clip.events());
        for (PlacedEvent placed : clip.events()) {
            portAtEnd.put(placed.track(), placed.port());
            if (placed.event().isChannelMessage()) {
                usedByClip.add(placed.voice());
            }
        }
    }

    /**
     * Plans all instruments; the same input gives the same plan.
     *
     * @param continues whether they play on from the clip, or beside it
     */
    static Map<Instrument, Part> of(MidiClip clip, Set<Instrument> instruments, boolean continues) {
        PartPlan plan = new PartPlan(clip, continues);
        if (continues) {
            // Homes first, so that no instrument without one takes another's.
            plan.seatAtHome(instruments);
        }
        for (Instrument instrument : instruments) {
            if (!plan.parts.containsKey(instrument)) {
                plan.parts.put(instrument, plan.seatElsewhere(instrument));
            }
        }
        return plan.parts;
    }

    /** Where two share a channel, who plays there more has it, with the level and place that the clip gave it. */
    private void seatAtHome(Set<Instrument> instruments) {
        Map<Home, Integer> counts = new HashMap<>();
        for (ClipNote note : clip.notes()) {
            if (instruments.contains(note.instrument())) {
                counts.merge(new Home(note.instrument(), note.track(), note.voice(), note.program()), 1, Integer::sum);
            }
        }
        counts.entrySet().stream()
                .filter(entry ->
                        staysOnPort(entry.getKey().track(), entry.getKey().voice()))
                .filter(entry -> kits.has(entry.getKey().voice())
                        != entry.getKey().instrument().sustains())
                .sorted(Comparator.comparingInt((Map.Entry<Home, Integer> entry) -> -entry.getValue())
                        .thenComparing(entry -> entry.getKey().instrument())
                        .thenComparingInt(entry -> entry.getKey().voice())
                        .thenComparingInt(entry -> entry.getKey().track())
                        .thenComparingInt(entry -> entry.getKey().program()))
                .map(Map.Entry::getKey)
                .forEachOrdered(home -> {
                    if (!parts.containsKey(home.instrument()) && assigned.add(home.voice())) {
                        parts.put(
                                home.instrument(),
                                new Part(Seat.HOME, staves(home), home.voice(), home.program(), List.of()));
                    }
                });
    }

    private Staves staves(Home home) {
        Staves staves = new Staves();
        clip.notes().stream()
                .filter(note -> note.instrument() == home.instrument() && note.voice() == home.voice())
                .filter(note -> staysOnPort(note.track(), note.voice()))
                .forEach(staves::add);
        return staves;
    }

    /** Whether what is added to a track comes to the port of a voice: it goes to the one that the track has at its end. */
    private boolean staysOnPort(int track, int voice) {
        return portAtEnd.get(track) == voice >> 4;
    }

    private Part seatElsewhere(Instrument instrument) {
        Optional<Integer> kit = instrument.sustains() ? Optional.empty() : kit();
        if (kit.isPresent()) {
            return new Part(Seat.FREE, null, kit.get(), 0, List.of());
        }
        if (!instrument.sustains() && cost(ClipNote.DRUM_CHANNEL) == 0) {
            // A player that knows General MIDI alone has drums there, whatever the clip says.
            int tenth = ClipNote.DRUM_CHANNEL;
            return new Part(Seat.TAKEN_OVER, null, tenth, instrument.program(), kits.messages(tenth));
        }
        List<Integer> open = IntStream.range(0, CHANNELS)
                .filter(voice -> voice != ClipNote.DRUM_CHANNEL && !assigned.contains(voice))
                .boxed()
                .toList();
        // Many players know no ports: better a channel that the clip uses on none.
        List<Integer> pitched = open.stream().filter(voice -> !kits.has(voice)).toList();
        Optional<Integer> free = pitched.stream()
                .filter(voice -> usedByClip.stream().noneMatch(used -> (used & 0x0f) == voice))
                .findFirst()
                .or(() -> pitched.stream()
                        .filter(voice -> !usedByClip.contains(voice))
                        .findFirst());
        // Fifteen channels seat ten instruments, so one is always open.
        int voice = free.orElseGet(() -> open.stream()
                .min(Comparator.comparing(this::hasKit).thenComparingLong(this::cost))
                .orElseThrow());
        assigned.add(voice);
        Seat seat = free.isPresent() ? Seat.FREE : continues || cost(voice) == 0 ? Seat.TAKEN_OVER : Seat.SHARED;
        return new Part(
                seat,
                null,
                voice,
                instrument.program(),
                instrument.sustains() || seat == Seat.SHARED ? List.of() : kits.messages(voice));
    }

    /** The tenth channel, or another where the clip has made that one melodic. */
    private Optional<Integer> kit() {
        return IntStream.concat(IntStream.of(ClipNote.DRUM_CHANNEL), IntStream.range(0, CHANNELS))
                .filter(kits::has)
                .boxed()
                .findFirst();
    }

    /** Whether a channel has a kit, or had one for drums of the clip: one that a message made would go on. */
    private boolean hasKit(int voice) {
        return kits.has(voice) || clip.notes().stream().anyMatch(note -> note.voice() == voice && note.drums());
    }

    /** What it costs to take a channel from the clip: after it, when it fell silent; beside it, how much it plays. */
    private long cost(int voice) {
        return continues
                ? clip.notes().stream()
                        .filter(note -> note.voice() == voice)
                        .mapToLong(ClipNote::end)
                        .max()
                        .orElse(0)
                : clip.notes().stream().filter(note -> note.voice() == voice).count();
    }
}
