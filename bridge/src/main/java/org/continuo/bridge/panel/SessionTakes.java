package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeTree;

/** What bands were asked to capture, out of the folder of takes. Thread-safe; blocks on the disk. */
final class SessionTakes {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Path folder;

    /** @param folder of the takes; need not be there */
    SessionTakes(Path folder) {
        this.folder = folder;
    }

    /** Answers with a list of all takes, the oldest first. */
    void list(Request request, Answer answer) throws Refusal {
        List<Take> takes;
        try {
            takes = Files.isDirectory(folder) ? TakeTree.open(folder).takes() : List.of();
        } catch (IOException e) {
            throw new Refusal(NOT_FOUND, "the folder of takes cannot be read: " + e.getMessage());
        }
        answer.json(Json.bytes(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("takes");
            for (Take take : takes) {
                out.writeStartObject();
                describe(out, take);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private static void describe(JsonGenerator out, Take take) throws IOException {
        out.writeNumberField("number", take.number());
        out.writeStringField("name", take.name());
        if (take.parent() != 0) {
            out.writeNumberField("parent", take.parent());
            out.writeNumberField("fromBar", take.fromBar());
        }
        out.writeNumberField("notes", take.notes().size());
    }

    /** Answers with one take as the list has it, and its music as a clip. */
    void one(String number, Answer answer) throws Refusal {
        if (!NUMBER.matcher(number).matches() || !Files.isDirectory(folder)) {
            throw new Refusal(NOT_FOUND, "there is no take " + number);
        }
        Take take;
        byte[] midi;
        try {
            TakeTree tree = TakeTree.open(folder);
            take = tree.take(Integer.parseInt(number));
            midi = tree.midi(take.number());
        } catch (IOException e) {
            throw new Refusal(NOT_FOUND, e.getMessage());
        }
        ShownClip clip = ShownClip.sent(midi);
        answer.json(Json.bytes(out -> {
            out.writeStartObject();
            describe(out, take);
            out.writeFieldName("clip");
            clip.write(out);
            out.writeEndObject();
        }));
    }
}
