package org.continuo.bridge.cli;

import java.nio.file.Path;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Vocabulary;
import picocli.CommandLine.Option;

/** Which model plays: the shipped one unless {@code --model} says otherwise. */
final class ModelOption {
    private static final String SHIPPED = "s";

    @Option(names = "--model", paramLabel = "DIR", description = "A model folder; the shipped model unless given.")
    private Path folder;

    /** Loads it with one thread. Blocks for some hundred milliseconds. */
    NoteModel load() throws ModelException {
        ModelFolder model =
                folder == null ? ModelFolder.ofResource(ModelFolder.class, SHIPPED) : ModelFolder.read(folder);
        if (model.shape().tokens() != Vocabulary.SIZE || model.shape().features() != FeatureLayout.SLOTS) {
            throw new ModelException(
                    model + " speaks another score language (" + model.shape().tokens() + " tokens, "
                            + model.shape().features() + " features) than this engine (" + Vocabulary.SIZE + ", "
                            + FeatureLayout.SLOTS + "); use a model made for this version");
        }
        return NoteModel.load(model);
    }
}
