package org.continuo.bridge.panel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Seeds;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;
import org.continuo.protocol.time.Meter;

/**
 * All that makes a take what it is, every default filled in: the same recipe gives the same takes, here and on the command
 * line. Immutable, thread-safe.
 *
 * @param prompt the starting prompt's name; null for a clip
 * @param given what is shown before the music that is made
 * @param style a style's index, or {@link Conditions#OPEN}
 * @param instruments who plays
 * @param bars how many are made; null where tokens are counted
 * @param model the name of the one that makes them
 */
record Recipe(
        Opening opening,
        String prompt,
        ShownClip given,
        int style,
        Set<Instrument> instruments,
        Integer bars,
        Integer tokens,
        Sampling sampling,
        long seed,
        int takes,
        String model) {
    static final int USUAL_BARS = 8;

    private static final int USUAL_TEMPO = 120;
    /** What a page can say exactly. */
    private static final long MOST_SEED = (1L << 53) - 1;

    private static final List<String> FIELDS =
            List.of("from", "style", "instruments", "bars", "tokens", "temperature", "topP", "seed", "takes", "model");

    /**
     * Reads a request.
     *
     * @param usual how boldly is played unless the request says otherwise
     * @param models of which one may be named
     */
    static Recipe read(JsonNode request, Sampling usual, Models models) throws Refusal {
        checkFields(request, FIELDS);
        Integer bars = whole(request, "bars", PanelLimits.BARS);
        Integer tokens = whole(request, "tokens", PanelLimits.TOKENS);
        if (bars != null && tokens != null) {
            throw new Refusal("say bars or tokens, not both");
        }
        Integer takes = whole(request, "takes", PanelLimits.TAKES);
        Sampling sampling = sampling(request, usual);
        int style = style(request);
        Set<Instrument> instruments = instruments(request);
        long seed = seed(request);
        From from = from(request.path("from"));
        Opening opening = from.opening;
        Conditions conditions = opening.conditions(style, instruments);
        return new Recipe(
                opening,
                from.prompt,
                from.given,
                conditions.style(),
                conditions.instruments(),
                bars == null && tokens == null ? Integer.valueOf(USUAL_BARS) : bars,
                tokens,
                sampling,
                seed,
                takes == null ? 1 : takes,
                model(request, models));
    }

    private static String model(JsonNode request, Models models) throws Refusal {
        JsonNode name = request.path("model");
        if (isAbsent(name)) {
            return models.usual();
        }
        if (!models.names().contains(name.asText())) {
            throw new Refusal("no model '" + shortened(name) + "'; there are " + String.join(", ", models.names()));
        }
        return name.asText();
    }

    private record From(Opening opening, String prompt, ShownClip given) {
        static From start(StartingPrompt prompt) {
            Opening.OfStart opening = Opening.of(prompt);
            return new From(opening, prompt.name(), ShownClip.made(opening.midi()));
        }
    }

    private static From from(JsonNode from) throws Refusal {
        if (isAbsent(from)) {
            return From.start(StartingPrompt.nothing(Meter.COMMON, USUAL_TEMPO));
        }
        checkFields(from, List.of("prompt", "midi"));
        if (from.size() != 1) {
            throw new Refusal("from is one of prompt and midi");
        }
        if (from.has("prompt")) {
            String name = from.get("prompt").asText();
            if (!StartingPrompt.NAMES.contains(name)) {
                throw new Refusal("no prompt '" + name + "'; there are " + String.join(", ", StartingPrompt.NAMES));
            }
            return From.start(StartingPrompt.named(name));
        }
        byte[] midi;
        try {
            midi = from.get("midi").isTextual() ? from.get("midi").binaryValue() : null;
        } catch (IOException e) {
            midi = null;
        }
        if (midi == null) {
            throw new Refusal("midi is not a MIDI file as base64");
        }
        ShownClip given = ShownClip.sent(midi);
        return new From(Opening.of(ClipQuantizer.place(given.clip())), null, given);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void checkFields(JsonNode object, List<String> known) throws Refusal {
        if (!object.isObject()) {
            throw new Refusal("'" + shortened(object) + "' is not an object of " + String.join(", ", known));
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new Refusal("there is no '" + name + "' here; there are " + String.join(", ", known));
            }
        }
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static Integer whole(JsonNode request, String name, int most) throws Refusal {
        JsonNode value = request.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            throw new Refusal(name + " " + shortened(value) + " is not 1.." + most);
        }
        return value.intValue();
    }

    private static long seed(JsonNode request) throws Refusal {
        JsonNode value = request.path("seed");
        if (isAbsent(value)) {
            return Seeds.drawn();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || Math.abs(value.longValue()) > MOST_SEED) {
            throw new Refusal("seed " + shortened(value) + " is not a whole number up to 2^53");
        }
        return value.longValue();
    }

    private static double number(JsonNode request, String name, double otherwise) throws Refusal {
        JsonNode value = request.path(name);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new Refusal(name + " " + shortened(value) + " is not a number");
        }
        return value.doubleValue();
    }

    private static Sampling sampling(JsonNode request, Sampling usual) throws Refusal {
        double temperature = number(request, "temperature", usual.temperature());
        double topP = number(request, "topP", usual.topP());
        try {
            return usual.withTemperature(temperature).withTopP(topP);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
    }

    private static int style(JsonNode request) throws Refusal {
        JsonNode value = request.path("style");
        if (isAbsent(value)) {
            return Conditions.OPEN;
        }
        int style = value.isTextual() ? Style.indexOf(value.textValue().toLowerCase(Locale.ROOT)) : -1;
        if (style < 0) {
            throw new Refusal("style " + shortened(value) + " is not known; 'continuo styles' lists those that are");
        }
        return style;
    }

    private static Set<Instrument> instruments(JsonNode request) throws Refusal {
        JsonNode value = request.path("instruments");
        if (isAbsent(value)) {
            return null;
        }
        Set<Instrument> chosen = EnumSet.noneOf(Instrument.class);
        for (JsonNode name : value) {
            Instrument instrument = name.isTextual() ? Instrument.ofLabel(name.textValue()) : null;
            if (instrument == null) {
                throw new Refusal("instrument " + shortened(name) + " is not known; there are "
                        + String.join(
                                ", ",
                                Stream.of(Instrument.values())
                                        .map(Instrument::label)
                                        .toList()));
            }
            chosen.add(instrument);
        }
        if (!value.isArray() || chosen.isEmpty()) {
            throw new Refusal("instruments is a list of at least one, or null");
        }
        return chosen;
    }

    Extent extent() {
        Prompt from = opening.prompt();
        return tokens != null ? Extent.ofTokens(tokens) : Extent.toBarLine(from.endAfter(bars));
    }

    Conditions conditions() {
        return opening.conditions(style, instruments);
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName("from");
        if (prompt == null) {
            out.writeStartObject();
            out.writeBinaryField("midi", given.midi());
            out.writeEndObject();
        } else if (prompt.equals(StartingPrompt.NOTHING)) {
            out.writeNull();
        } else {
            out.writeStartObject();
            out.writeStringField("prompt", prompt);
            out.writeEndObject();
        }
        out.writeStringField("style", style == Conditions.OPEN ? null : Style.NAMES.get(style));
        out.writeFieldName("instruments");
        out.writeStartArray();
        for (Instrument instrument : instruments) {
            out.writeString(instrument.label());
        }
        out.writeEndArray();
        writeWhole(out, "bars", bars);
        writeWhole(out, "tokens", tokens);
        out.writeNumberField("temperature", sampling.temperature());
        out.writeNumberField("topP", sampling.topP());
        out.writeNumberField("seed", seed);
        out.writeNumberField("takes", takes);
        out.writeStringField("model", model);
        out.writeEndObject();
    }

    private static void writeWhole(JsonGenerator out, String name, Integer value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }
}
