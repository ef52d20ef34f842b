package org.continuo.protocol.message;

import static org.continuo.protocol.message.Argument.*;

import org.continuo.protocol.osc.OscText;
import org.continuo.protocol.osc.OscWriter;

/**
 * Every message of the dialect: who sends it, its address, its arguments in order. SPEC.md says what they mean; this
 * table is what readers and writers work by.
 */
public enum Address {
    HELLO(Sender.CLIENT, "hello", VERSION, KIND, Argument.BAND, TOKEN),
    GOODBYE(Sender.CLIENT, "goodbye"),
    PING(Sender.CLIENT, "ping", NUMBER),
    QUERY(Sender.CLIENT, "query"),
    BANDS(Sender.CLIENT, "bands"),
    COUNTERS(Sender.CLIENT, "counters"),
    PART(Sender.CLIENT, "part", CHANNEL, INSTRUMENT, PLAYER),
    SET_NUMBER(Sender.CLIENT, "set", NAME, AMOUNT),
    /** The same address with a text for the value. */
    SET_TEXT(Sender.CLIENT, "set", NAME, TEXT),
    REGISTER(Sender.CLIENT, "register", CHANNEL, LOW, HIGH),
    PANIC(Sender.CLIENT, "panic"),
    KEEP(Sender.CLIENT, "keep"),
    DISCARD(Sender.CLIENT, "discard"),
    KEEP_UNTIL(Sender.CLIENT, "keep/until", AT),
    DISCARD_FROM(Sender.CLIENT, "discard/from", AT),
    CAPTURE(Sender.CLIENT, "capture"),
    WATCH(Sender.CLIENT, "watch"),
    TRANSPORT(
            Sender.CLIENT,
            "transport",
            FLAGS,
            EPOCH,
            PERFORMANCE,
            FIGURE,
            FIGURE,
            COUNT,
            COUNT,
            FIGURE,
            FIGURE,
            FIGURE),
    NOTE_ON(Sender.CLIENT, "note/on", AT, CHANNEL, PITCH, STRIKE),
    NOTE_OFF(Sender.CLIENT, "note/off", AT, CHANNEL, PITCH),
    CONTROL(Sender.CLIENT, "control", AT, CHANNEL, CONTROLLER, POSITION),
    SOUNDED(Sender.CLIENT, "sounded", NOTE, AT),
    MISSED(Sender.CLIENT, "missed", NOTE),

    WELCOME(Sender.ENGINE, "welcome", VERSION, SESSION, ENGINE),
    REFUSED(Sender.ENGINE, "refused", ADDRESS, REASON),
    PONG(Sender.ENGINE, "pong", NUMBER),
    CAPABILITY(Sender.ENGINE, "capability", NAME, TEXT),
    COUNTER(Sender.ENGINE, "counter", NAME, TALLY),
    CAPTURED(Sender.ENGINE, "captured", TEXT),
    PLAN(Sender.ENGINE, "plan", EPOCH, REVISION, FROM, TO),
    PLAN_ON(Sender.ENGINE, "plan/on", NOTE, AT, CHANNEL, PITCH, VELOCITY),
    PLAN_OFF(Sender.ENGINE, "plan/off", NOTE, AT),
    BAND(Sender.ENGINE, "band", NAME, SESSIONS),
    HEARD_ON(Sender.ENGINE, "heard/on", AT, CHANNEL, PITCH, VELOCITY),
    HEARD_OFF(Sender.ENGINE, "heard/off", AT, CHANNEL, PITCH),
    HEARD_SOUNDED(Sender.ENGINE, "heard/sounded", NOTE, AT),
    HEARD_MISSED(Sender.ENGINE, "heard/missed", NOTE),
    HEARD_PLAYED(Sender.ENGINE, "heard/played", PLAYER, FROM, TO, CHANNEL, PITCH, VELOCITY),
    HEARD_TRANSPORT(
            Sender.ENGINE,
            "heard/transport",
            FLAGS,
            EPOCH,
            PERFORMANCE,
            FIGURE,
            FIGURE,
            COUNT,
            COUNT,
            FIGURE,
            FIGURE,
            FIGURE),
    HEARD_PART(Sender.ENGINE, "heard/part", CHANNEL, INSTRUMENT, PLAYER),
    HEARD_SET_NUMBER(Sender.ENGINE, "heard/set", NAME, AMOUNT),
    /** The same address with a text for the value. */
    HEARD_SET_TEXT(Sender.ENGINE, "heard/set", NAME, TEXT);

    /** Which side says a message. */
    public enum Sender {
        CLIENT,
        ENGINE
    }

    /** What every address begins with. */
    public static final String PREFIX = "/continuo/";

    private static final Address[] ALL = values();

    private final Sender sender;
    private final String path;
    private final Argument[] arguments;
    private final String tags;
    private final byte[] head;

    Address(Sender sender, String name, Argument... arguments) {
        this.sender = sender;
        this.path = PREFIX + name;
        this.arguments = arguments;
        StringBuilder letters = new StringBuilder();
        for (Argument argument : arguments) {
            letters.append(argument.tag());
        }
        this.tags = letters.toString();
        this.head = OscWriter.head(path, tags);
    }

    /**
     * The message that {@code sender} means by {@code address}, or null; allocates nothing. Of the two forms of set it is
     * the one with a number.
     */
    static Address find(OscText address, Sender sender) {
        for (Address known : ALL) {
            if (known.sender == sender && address.contentEquals(known.path)) {
                return known;
            }
        }
        return null;
    }

    public Sender sender() {
        return sender;
    }

    /** The whole address, such as "/continuo/note/on". */
    public String path() {
        return path;
    }

    /** The type tags that senders write, without the comma, such as "diii". */
    public String tags() {
        return tags;
    }

    int count() {
        return arguments.length;
    }

    Argument argument(int index) {
        return arguments[index];
    }

    /** Address and type tags as they stand on the wire; not to be modified. */
    byte[] head() {
        return head;
    }
}
