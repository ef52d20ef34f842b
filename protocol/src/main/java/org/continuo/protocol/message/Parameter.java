package org.continuo.protocol.message;

/** What {@code /continuo/set} may set, and to which values. SPEC.md section 6 says what each means. */
public enum Parameter {
    MODE("mode"),
    STYLE("style"),
    KEY("key"),
    TEMPERATURE("temperature", 0, 100),
    /** From 0.01 on, as a float32 says it, which is a little less. */
    TOP_P("top-p", 0.01f, 1),
    SEED("seed", 0, 1L << 53, true),
    LOOKAHEAD("lookahead", 0.25, 8),
    DENSITY("density", -1, 10, true),
    POLYPHONY("polyphony", 1, 16, true),
    PATIENCE("patience", -1, 64),
    TRADE_BARS("trade-bars", 1, 32, true),
    REGISTER_LOW("register-low", 0, 127, true),
    REGISTER_HIGH("register-high", 0, 127, true),
    SCALE_LOCK("scale-lock"),
    CHORDS("chords"),
    FOLLOW("follow", 0, 1),
    FADE("fade", -1, 64),
    END("end", -1, 64, true);

    private static final Parameter[] ALL = values();

    private final String title;
    private final boolean text;
    private final boolean whole;
    private final double least;
    private final double most;
    private final String rule;

    Parameter(String title) {
        this.title = title;
        this.text = true;
        this.whole = false;
        this.least = 0;
        this.most = 0;
        this.rule = title + " is a text";
    }

    Parameter(String title, double least, double most) {
        this(title, least, most, false);
    }

    Parameter(String title, double least, double most, boolean whole) {
        this.title = title;
        this.text = false;
        this.whole = whole;
        this.least = least;
        this.most = most;
        this.rule = title + (whole ? " is a whole number " : " is a number ") + (float) least + ".." + most;
    }

    /** The parameter of this name, or null; allocates nothing. */
    public static Parameter find(CharSequence name) {
        for (Parameter parameter : ALL) {
            if (CharSequence.compare(parameter.title, name) == 0) {
                return parameter;
            }
        }
        return null;
    }

    /** Its name on the wire. */
    public String title() {
        return title;
    }

    /** Whether its value is a text, else a number. */
    public boolean isText() {
        return text;
    }

    /** Whether a number is inside its limits; NaN is not. */
    public boolean takes(double value) {
        return !text && value >= least && value <= most && (!whole || value == Math.rint(value));
    }

    /** Its name and limits in words. */
    public String rule() {
        return rule;
    }
}
