package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscText;

/** An argument of a message: its name, its type on the wire, and its limits, which both ends keep to. */
public enum Argument {
    VERSION("version", 'i', 0, Integer.MAX_VALUE),
    KIND("kind"),
    BAND("band"),
    TOKEN("token"),
    NUMBER("number", 'i', Integer.MIN_VALUE, Integer.MAX_VALUE),
    CHANNEL("channel", 'i', 0, 15),
    INSTRUMENT("instrument"),
    PLAYER("player"),
    NAME("name"),
    TEXT("value"),
    AMOUNT("value", 'd', -Double.MAX_VALUE, Double.MAX_VALUE),
    TALLY("value", 'h', Long.MIN_VALUE, Long.MAX_VALUE),
    FLAGS("flags", 'i', Integer.MIN_VALUE, Integer.MAX_VALUE),
    EPOCH("epoch", 'i', 0, Integer.MAX_VALUE),
    PERFORMANCE("performance", 'd', 0, Limits.LAST_MOMENT),
    /** A figure of the host's transport: anything, for {@link org.continuo.protocol.time.TransportCheck} to judge. */
    FIGURE("figure", 'd'),
    /** The same, as an int32; a number that is none is read as 0, which is no meter's. */
    COUNT("figure", 'i'),
    AT("at", 'd', 0, Limits.LAST_MOMENT),
    FROM("from", 'd', 0, Limits.LAST_MOMENT),
    TO("to", 'd', 0, Limits.LAST_MOMENT),
    PITCH("pitch", 'i', 0, 127),
    LOW("low", 'i', 0, 127),
    HIGH("high", 'i', 0, 127),
    VELOCITY("velocity", 'i', 1, 127),
    /** The velocity of a key struck, or 0 for a key released. */
    STRIKE("velocity", 'i', 0, 127),
    CONTROLLER("controller", 'i', 0, 127),
    POSITION("value", 'i', 0, 127),
    NOTE("note", 'i', 1, Integer.MAX_VALUE),
    SESSIONS("sessions", 'i', 0, Integer.MAX_VALUE),
    SESSION("session", 'i', 0, Integer.MAX_VALUE),
    REVISION("revision", 'i', 0, Integer.MAX_VALUE),
    ENGINE("engine"),
    ADDRESS("address"),
    REASON("reason");

    private final char tag;
    private final boolean judged;
    private final long lowest;
    private final long highest;
    private final double least;
    private final double most;
    private final String rule;

    /** A text. */
    Argument(String name) {
        this(name, 's', true, 0, 0, 0, 0, " is UTF-8 of at most " + OscText.MAX_BYTES + " bytes");
    }

    /** A whole number. */
    Argument(String name, char tag, long lowest, long highest) {
        this(name, tag, true, lowest, highest, lowest, highest, " is a whole number " + lowest + ".." + highest);
    }

    /** A number with limits. */
    Argument(String name, char tag, double least, double most) {
        this(name, tag, true, 0, 0, least, most, " is a number " + least + ".." + most);
    }

    /** A number without limits, not even finite. */
    Argument(String name, char tag) {
        this(name, tag, false, 0, 0, 0, 0, " is a number");
    }

    Argument(String name, char tag, boolean judged, long lowest, long highest, double least, double most, String rule) {
        this.tag = tag;
        this.judged = judged;
        this.lowest = lowest;
        this.highest = highest;
        this.least = least;
        this.most = most;
        this.rule = name + rule;
    }

    /** The type that senders write: 'i', 'h', 'd' or 's'. */
    public char tag() {
        return tag;
    }

    /** Name, type and limits in words, such as "channel is a whole number 0..15". */
    public String rule() {
        return rule;
    }

    /** Whether there are limits. */
    boolean isJudged() {
        return judged;
    }

    /** Whether a whole number is inside the limits. */
    public boolean takes(long value) {
        return !judged || value >= lowest && value <= highest;
    }

    /** Whether a number is inside the limits; written so that NaN fails where there are any. */
    public boolean takes(double value) {
        return !judged || value >= least && value <= most;
    }
}
