package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.ModelShape;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Vocabulary;
import picocli.CommandLine.Option;

/** Which model plays: the small shipped one unless {@code --model} says otherwise. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "s",
            description =
                    "The shipped model s (quick) or m (better, four times slower), or a model folder (default s).")
    private Path model;

    /** Loads it with one thread and all the memory it has. Blocks for some hundred milliseconds. */
    NoteModel load() throws ModelException {
        return NoteModel.load(folder());
    }

    /** Loads it with one thread, to remember as much as is wanted. Blocks for some hundred milliseconds. */
    NoteModel load(ContextOption context) throws ModelException, UsageException {
        return context.load(folder());
    }

    private ModelFolder folder() throws ModelException {
        String name = model.toString();
        // a folder of the same name is given as ./m
        ModelFolder folder = ModelFolder.SHIPPED.contains(name) ? ModelFolder.shipped(name) : ModelFolder.read(model);
        ModelShape shape = folder.shape();
        JsonNode version = folder.vocabulary().path("version");
        if (version.asInt(-1) != Vocabulary.VERSION) {
            throw new ModelException(folder + " speaks version " + version + " of the score language, this engine "
                    + Vocabulary.VERSION + "; use a model made for this version");
        }
        if (shape.tokens() != Vocabulary.SIZE
                || shape.features() != FeatureLayout.SLOTS
                || shape.rows() != FeatureLayout.ROWS) {
            throw new ModelException(
                    folder + " speaks another score language (" + shape.tokens() + " tokens, " + shape.rows()
                            + " rows of features) than this engine (" + Vocabulary.SIZE + ", " + FeatureLayout.ROWS
                            + "); use a model made for this version");
        }
        return folder;
    }
}
