package org.continuo.bridge.panel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;

/**
 * The models that takes can be asked of: the one that plays live, and the shipped ones, each read when it is first asked for and
 * kept from then on. Names may be asked for by any thread; the rest is for the thread that computes.
 */
final class Models implements AutoCloseable {
    private final NoteModel live;
    private final List<String> names = new ArrayList<>();
    private final Map<String, NoteModel> others = new HashMap<>();

    /** @param live stays open when this is closed */
    Models(NoteModel live) {
        this.live = live;
        names.add(usual());
        ModelFolder.SHIPPED.stream().filter(name -> !name.equals(usual())).forEach(names::add);
    }

    /** Of the one that is meant where none is named. */
    String usual() {
        return live.folder().name();
    }

    /** All that can be asked for, the usual one first. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Blocks for half a second where it is read for the first time. */
    NoteModel get(String name) throws ModelException {
        if (name.equals(usual())) {
            return live;
        }
        NoteModel model = others.get(name);
        if (model == null) {
            model = NoteModel.load(ModelFolder.shipped(name));
            others.put(name, model);
        }
        return model;
    }

    /** Frees those that were read here. */
    @Override
    public void close() {
        others.values().forEach(NoteModel::close);
        others.clear();
    }
}
