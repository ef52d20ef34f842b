package org.continuo.bridge.doctor;

import java.util.List;
import java.util.concurrent.Callable;
import org.continuo.bridge.os.NativeCode;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;

/** The model: that its description can be read, that the weights have the hash it speaks of, and that the runtime takes them. */
public final class ModelCheck implements Check, AutoCloseable {
    private static final String REMEDY =
            "install Continuo again, or name another model with --model; a folder's model.json and model.onnx belong together";

    private final Callable<NoteModel> loader;
    private NoteModel model;

    /** @param loader loads it, and throws with one line that says why it does not */
    public ModelCheck(Callable<NoteModel> loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<Finding> look() {
        long begun = System.nanoTime();
        try {
            model = loader.call();
        } catch (ModelException e) {
            return List.of(Finding.wrong(name(), e.getMessage(), REMEDY));
        } catch (LinkageError e) {
            String place = NativeCode.remedy(e);
            return List.of(Finding.wrong(
                    name(),
                    "ONNX Runtime does not load: " + NativeCode.reason(e),
                    place == null
                            ? "install Continuo again, for this system and processor (Debian: apt install libstdc++6)"
                            : place));
        } catch (Exception e) {
            return List.of(Finding.wrong(name(), "does not load: " + e.getMessage(), REMEDY));
        }
        return List.of(Finding.fine(
                name(),
                model.folder().name() + ", " + model.folder().precision() + ", context "
                        + model.shape().context() + ", loaded and its hash right, in "
                        + (System.nanoTime() - begun) / 1_000_000 + " ms"));
    }

    /** The model, or null where it has not loaded. */
    public NoteModel model() {
        return model;
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
