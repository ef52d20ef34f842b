package org.continuo.bridge.panel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;

/** What there is to choose from, for the page to show. Stateless. */
final class About {
    private About() {}

    /** @param usual how boldly is played unless a request says otherwise */
    static byte[] json(String engine, NoteModel model, List<String> models, Sampling usual) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("engine", engine);
            out.writeStringField("model", model.folder().name());
            out.writeArrayFieldStart("models");
            for (String name : models) {
                out.writeString(name);
            }
            out.writeEndArray();
            out.writeNumberField("context", model.shape().context());
            writeStyles(out, model.folder().styleMap());
            writeInstruments(out);
            writePrompts(out);
            out.writeObjectFieldStart("defaults");
            out.writeNumberField("temperature", usual.temperature());
            out.writeNumberField("topP", usual.topP());
            out.writeNumberField("bars", Recipe.USUAL_BARS);
            out.writeEndObject();
            out.writeObjectFieldStart("limits");
            out.writeNumberField("bars", PanelLimits.BARS);
            out.writeNumberField("tokens", PanelLimits.TOKENS);
            out.writeNumberField("takes", PanelLimits.TAKES);
            out.writeNumberField("midiBytes", PanelLimits.MIDI_BYTES);
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /** With where each lies among the others, -1 to 1, where the model knows. */
    private static void writeStyles(JsonGenerator out, JsonNode map) throws IOException {
        out.writeArrayFieldStart("styles");
        for (int style = 0; style < Style.NAMES.size(); style++) {
            out.writeStartObject();
            out.writeStringField("name", Style.NAMES.get(style));
            out.writeStringField("title", title(Style.NAMES.get(style)));
            out.writeBooleanField("composer", Style.isComposer(style));
            JsonNode place = map.path(Style.NAMES.get(style));
            if (place.path(0).isNumber() && place.path(1).isNumber()) {
                out.writeNumberField("x", place.get(0).doubleValue());
                out.writeNumberField("y", place.get(1).doubleValue());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeInstruments(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("instruments");
        for (Instrument instrument : Instrument.values()) {
            out.writeStartObject();
            out.writeStringField("name", instrument.label());
            out.writeStringField("title", title(instrument.label()));
            out.writeNumberField("low", instrument.lowestPitch());
            out.writeNumberField("high", instrument.highestPitch());
            out.writeNumberField("program", instrument.program());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writePrompts(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("prompts");
        for (String name : StartingPrompt.NAMES) {
            StartingPrompt prompt = StartingPrompt.named(name);
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeStringField("title", prompt.title());
            out.writeStringField("style", prompt.style());
            out.writeNumberField("bars", prompt.bars());
            out.writeArrayFieldStart("instruments");
            for (Instrument instrument : prompt.score().instruments()) {
                out.writeString(instrument.label());
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** A name as a word of a page: "art-song" is "Art Song". */
    private static String title(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
