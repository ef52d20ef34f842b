package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeTree;

/** What bands were asked to capture, out of the folder of takes. Thread-safe; blocks on the disk. */
final class SessionTakes {
    /** The stem of the files that a capture writes. */
    private static final Pattern NAME = Pattern.compile("[0-9]{6,10}");

    private final Path folder;

    /** @param folder of the takes; need not be there */
    SessionTakes(Path folder) {
        this.folder = folder;
    }

    /** Answers with a list of all takes, the oldest first. */
    void list(Request request, Answer answer) throws Refusal {
        try {
            byte[] json = Files.isDirectory(folder) ? json(TakeTree.open(folder)) : json(null);
            answer.json(json);
        } catch (IOException e) {
            throw new Refusal(NOT_FOUND, "the folder of takes cannot be read: " + e.getMessage());
        }
    }

    private byte[] json(TakeTree tree) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("takes");
            if (tree != null) {
                for (Take take : tree.takes()) {
                    Path file = file(name(take.number()));
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        out.writeStartObject();
                        out.writeStringField("name", name(take.number()));
                        out.writeStringField("title", take.name());
                        out.writeStringField(
                                "when",
                                Files.getLastModifiedTime(file).toInstant().toString());
                        out.writeNumberField("notes", take.notes().size());
                        out.writeEndObject();
                    }
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    private Path file(String name) {
        return folder.resolve(name + ".mid");
    }

    /** Answers with one take as a clip. */
    void one(String name, Answer answer) throws Refusal {
        Path file = NAME.matcher(name).matches() ? file(name) : null;
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refusal(NOT_FOUND, "there is no take " + name);
        }
        byte[] midi;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            midi = in.readNBytes(PanelLimits.MIDI_BYTES + 1);
        } catch (IOException e) {
            throw new Refusal(NOT_FOUND, "take " + name + " cannot be read: " + e.getMessage());
        }
        answer.json(Json.bytes(ShownClip.sent(midi)::write));
    }
}
