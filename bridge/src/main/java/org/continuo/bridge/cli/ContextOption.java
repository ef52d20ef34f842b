package org.continuo.bridge.cli;

import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.ModelShape;
import org.continuo.engine.model.NoteModel;
import picocli.CommandLine.Option;

/** How much the model remembers while it plays. */
final class ContextOption {
    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Tokens that the model remembers, a multiple of " + ModelShape.CONTEXT_UNIT
                    + ": fewer are quicker, for slow machines (as many as it can unless given).")
    private Integer context;

    /** Loads the model with one thread. Blocks for some hundred milliseconds. */
    NoteModel load(ModelFolder folder) throws ModelException, UsageException {
        try {
            return NoteModel.load(folder, 1, context == null ? folder.shape().context() : context);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
