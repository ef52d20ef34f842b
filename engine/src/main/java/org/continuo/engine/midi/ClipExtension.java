package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/** Writes added music into the tracks of a clip, which keeps its events, channels and exact times. */
final class ClipExtension {
    private static final int HIGHEST_RESOLUTION = 0x7fff;

    private final GridClip given;
    private final AddedMusic added;
    private final int factor;
    private final GivenNotes givenNotes;
    private final List<TrackDraft> drafts = new ArrayList<>();

    private ClipExtension(GridClip given, AddedMusic added) {
        this.given = given;
        this.added = added;
        this.factor = factor(given.clip().resolution());
        this.givenNotes =
                new GivenNotes(given.clip().tracks().stream().map(this::scaled).toList());
        given.clip().tracks().forEach(track -> drafts.add(new TrackDraft()));
    }

    /** What every tick of a clip is multiplied by so that the grid falls on ticks; 1 where the format has no room. */
    static int factor(int resolution) {
        int factor = Score.TICKS_PER_QUARTER / gcd(Score.TICKS_PER_QUARTER, resolution);
        return resolution * factor <= HIGHEST_RESOLUTION ? factor : 1;
    }

    /** The tracks of the clip with the music in them, at {@link #factor} times the clip's resolution. */
    static List<ClipTrack> of(GridClip given, AddedMusic added) {
        ClipExtension extension = new ClipExtension(given, added);
        extension.putMeters();
        if (added.continues()) {
            extension.releaseHeld();
        }
        extension.putNotes();
        // A pedal that goes down after the last note, or a fade-out, is not meant for what is added there.
        extension.givenNotes.putInto(
                extension.drafts, added.continues() ? extension.tick(added.from()) : Long.MAX_VALUE);
        return extension.finish();
    }

    private void putMeters() {
        long from = tick(added.from());
        if (added.tempo().isPresent()) {
            drafts.get(0).setting(from, Messages.tempo(added.tempo().getAsInt()));
        }
        List<MeterMap.Change> known = given.score().meters().changes();
        for (MeterMap.Change change : added.meters().changes()) {
            if (change.tick() >= added.from() && change.tick() < added.end() && !known.contains(change)) {
                drafts.get(0).setting(tick(change.tick()), Messages.meter(change.meter()));
            }
        }
    }

    /** Lets go of pedals and pitch bends at the join, or what follows would blur and sound out of tune. */
    private void releaseHeld() {
        statesAtJoin().forEach((voice, state) -> state.release(voice & 0x0f)
                .forEach(message -> drafts.get(state.track()).setting(tick(added.from()), message)));
    }

    private void putNotes() {
        Set<Instrument> instruments = EnumSet.noneOf(Instrument.class);
        added.notes().forEach(note -> instruments.add(note.instrument()));
        Map<Instrument, PartPlan.Part> parts = PartPlan.of(given.clip(), instruments, added.continues());
        Map<Integer, VoiceState> states = statesAtJoin();
        Map<Instrument, IntFunction<TrackDraft>> seats = new EnumMap<>(Instrument.class);
        parts.forEach((instrument, part) -> seats.put(instrument, seat(instrument, part, states.get(part.voice()))));
        int[] ends = DrumStrokes.writtenEnds(added.notes());
        for (int i = 0; i < ends.length; i++) {
            Note note = added.notes().get(i);
            PartPlan.Part part = parts.get(note.instrument());
            long start = tick(note.start());
            // On a grid finer than the file's ticks a short note may start and end in one.
            long end = givenNotes.makeRoom(part.voice(), note.pitch(), start, Math.max(start + 1, tick(ends[i])));
            if (end > start) {
                TrackDraft seat = seats.get(note.instrument()).apply(note.pitch());
                seat.start(start, Messages.noteOn(part.channel(), note.pitch(), Note.midiVelocity(note.velocity())));
                seat.end(end, Messages.noteOff(part.channel(), note.pitch()));
            }
        }
    }

    /** Where an instrument's notes go, by their pitches. */
    private IntFunction<TrackDraft> seat(Instrument instrument, PartPlan.Part part, VoiceState state) {
        long from = tick(added.from());
        int channel = part.channel();
        if (part.seat() == PartPlan.Seat.HOME) {
            TrackDraft home = drafts.get(part.staves().first());
            if (state != null) {
                state.bringBack(channel, part.program()).forEach(message -> home.setting(from, message));
                // In the track that faded it: there it comes after what the clip sets at the same tick.
                state.fadedOut()
                        .forEach(loudness -> drafts.get(loudness.track()).setting(from, loudness.restored(channel)));
            }
            return pitch -> drafts.get(part.staves().of(pitch));
        }
        TrackDraft draft = new TrackDraft();
        drafts.add(draft);
        AddedMusic.Sound sound = added.sounds()
                .getOrDefault(instrument, new AddedMusic.Sound(ScoreTracks.name(instrument), part.program()));
        draft.setting(0, Messages.trackName(sound.name()));
        if (part.seat() == PartPlan.Seat.TAKEN_OVER) {
            // Beside the clip once more after what it may still set there, as files do in their first ticks.
            long settled = added.continues() ? from : Math.max(from, lastTick(part.voice()));
            for (long at : new TreeSet<>(List.of(from, settled))) {
                VoiceState.renew(channel).forEach(message -> draft.setting(at, message));
                draft.setting(at, Messages.program(channel, sound.program()));
                part.kit().forEach(message -> draft.setting(at, message));
            }
        } else if (part.seat() == PartPlan.Seat.FREE && instrument.sustains()) {
            draft.setting(0, Messages.program(channel, sound.program()));
        }
        // Not before the first stroke: what the file resets at its beginning is reset by then.
        part.kit().forEach(message -> draft.setting(tick(firstStart(instrument)), message));
        return pitch -> draft;
    }

    /** On the grid. */
    private int firstStart(Instrument instrument) {
        return added.notes().stream()
                .filter(note -> note.instrument() == instrument)
                .mapToInt(Note::start)
                .findFirst()
                .orElse(added.from());
    }

    /** The tick, in the written file, of the last thing that the clip says on a voice. */
    private long lastTick(int voice) {
        return given.clip().events().stream()
                        .filter(placed -> placed.event().isChannelMessage() && placed.voice() == voice)
                        .mapToLong(PlacedEvent::tick)
                        .max()
                        .orElse(0)
                * factor;
    }

    private List<ClipTrack> finish() {
        long end = tick(added.end());
        if (!added.continues()) {
            end = Math.max(end, given.clip().endTick() * factor);
        }
        for (TrackDraft draft : drafts) {
            end = Math.max(end, draft.lastTick());
        }
        List<ClipTrack> tracks = new ArrayList<>();
        for (TrackDraft draft : drafts) {
            tracks.add(draft.finish(end));
        }
        return tracks;
    }

    private Map<Integer, VoiceState> statesAtJoin() {
        return VoiceState.at(given.clip(), tick(added.from()) / factor);
    }

    /** The tick in the written file: exact where its resolution divides by 24, else the nearest. */
    private long tick(int gridTick) {
        long resolution = (long) given.clip().resolution() * factor;
        long doubled = 2 * (long) (gridTick + given.origin()) * resolution + Score.TICKS_PER_QUARTER;
        return Math.floorDiv(doubled, 2L * Score.TICKS_PER_QUARTER);
    }

    private ClipTrack scaled(ClipTrack track) {
        return factor == 1
                ? track
                : new ClipTrack(
                        track.events().stream()
                                .map(event -> event.at(event.tick() * factor))
                                .toList(),
                        track.endTick() * factor);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
