package org.continuo.engine.token;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The styles the model can be asked for: broad ones, and composers with enough music to be learnt. Their order is part of
 * the frozen feature layout.
 */
public final class Style {
    private static final List<String> BROAD = List.of(
            "renaissance",
            "baroque",
            "classical",
            "romantic",
            "modern",
            "art-song",
            "hymn",
            "ragtime",
            "jazz",
            "blues",
            "funk",
            "rock",
            "pop",
            "disco",
            "latin",
            "country",
            "folk",
            "game");

    private static final List<String> COMPOSERS = List.of(
            "marenzio",
            "vivaldi",
            "bach",
            "handel",
            "haydn",
            "mozart",
            "beethoven",
            "schubert",
            "giuliani",
            "sor",
            "mendelssohn",
            "schumann",
            "chopin",
            "liszt",
            "moniuszko",
            "bruckner",
            "brahms",
            "dvorak",
            "grieg",
            "verdi",
            "paderewski",
            "wieniawski",
            "beach",
            "debussy",
            "satie",
            "joplin",
            "holmes",
            "freedoom");

    /** Labels of training music that are too thin to stand alone, and the broad style that takes them in. */
    private static final Map<String, String> MERGED = Map.ofEntries(
            Map.entry("20th-century", "modern"),
            Map.entry("neworleans", "jazz"),
            Map.entry("gospel", "blues"),
            Map.entry("soul", "funk"),
            Map.entry("hiphop", "funk"),
            Map.entry("afrobeat", "funk"),
            Map.entry("highlife", "funk"),
            Map.entry("punk", "rock"),
            Map.entry("musical", "pop"),
            Map.entry("popular-song", "pop"),
            Map.entry("dance", "disco"),
            Map.entry("electronic", "disco"),
            Map.entry("afrocuban", "latin"),
            Map.entry("reggae", "latin"),
            Map.entry("bluegrass", "country"),
            Map.entry("middleeastern", "folk"),
            Map.entry("etude", "classical"),
            Map.entry("march", "romantic"));

    /** Every style's name; the index is its value in the feature layout. */
    public static final List<String> NAMES =
            Stream.concat(BROAD.stream(), COMPOSERS.stream()).toList();

    private Style() {}

    public static boolean isComposer(int style) {
        return style >= BROAD.size();
    }

    /** The value of a style's name, or -1. */
    public static int indexOf(String name) {
        return NAMES.indexOf(name);
    }

    /** The broad style that takes in a training label, or -1 if none does. */
    public static int ofLabel(String label) {
        int style = BROAD.indexOf(label);
        return style >= 0 ? style : BROAD.indexOf(MERGED.getOrDefault(label, ""));
    }
}
