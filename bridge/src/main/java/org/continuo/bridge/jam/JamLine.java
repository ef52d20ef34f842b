package org.continuo.bridge.jam;

/** A line of a script, word by word; what is after a {@code #} at a word's beginning is comment. */
final class JamLine {
    private final String script;
    private final int number;
    private final String[] words;
    private int next;

    private JamLine(String script, int number, String[] words) {
        this.script = script;
        this.number = number;
        this.words = words;
    }

    static JamLine of(String script, int number, String text) {
        String said = text.replaceFirst("(^|\\s)#($|[\\s!].*)", "").strip();
        return new JamLine(script, number, said.isEmpty() ? new String[0] : said.split("\\s+"));
    }

    boolean isEmpty() {
        return words.length == 0;
    }

    /** Whether there is another word. */
    boolean hasMore() {
        return next < words.length;
    }

    String peek() {
        return next < words.length ? words[next] : "";
    }

    String word(String what) throws ScriptException {
        if (next == words.length) {
            throw wrong("here " + what + " is missing");
        }
        return words[next++];
    }

    void literal(String word) throws ScriptException {
        if (!word("'" + word + "'").equals(word)) {
            throw wrong("'" + words[next - 1] + "' where '" + word + "' is wanted");
        }
    }

    /** All the words that are left, between spaces. */
    String rest(String what) throws ScriptException {
        StringBuilder rest = new StringBuilder(word(what));
        while (hasMore()) {
            rest.append(' ').append(words[next++]);
        }
        return rest.toString();
    }

    double number(String what, double least, double most) throws ScriptException {
        String word = word(what);
        try {
            double value = Double.parseDouble(word);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong("'" + word + "' is not " + what + ", a number " + plain(least) + ".." + plain(most));
    }

    int whole(String what, int least, int most) throws ScriptException {
        double value = number(what, least, most);
        if (value != Math.rint(value)) {
            throw wrong(what + " of " + value + " is not a whole number");
        }
        return (int) value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Nothing more may come. */
    void end() throws ScriptException {
        if (hasMore()) {
            throw wrong("'" + peek() + "' is too much");
        }
    }

    ScriptException wrong(String what) {
        return new ScriptException(script + ", line " + number + ": " + what);
    }
}
