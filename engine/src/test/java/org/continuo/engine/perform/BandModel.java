package org.continuo.engine.perform;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;

/**
 * A small model with random weights and the whole vocabulary: it plays anything that it may, fast. Made by {@code
 * export.py --random --vocabulary vocabulary.json --context 256}.
 */
final class BandModel {
    private BandModel() {}

    static NoteModel load() throws ModelException {
        URL url = BandModel.class.getResource("/model-band");
        if (url == null) {
            throw new IllegalStateException("model-band is not among the test resources");
        }
        try {
            return NoteModel.load(ModelFolder.read(Path.of(url.toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
