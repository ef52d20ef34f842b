package org.continuo.protocol.message;

import java.util.Locale;

/** Why a message is refused. {@link #text} is what the other side is told, {@link #counter} what it is counted as. */
public enum Reason {
    MALFORMED("not OSC 1.0 within the limits"),
    UNKNOWN("unknown address"),
    ARGUMENT_COUNT("wrong number of arguments"),
    ARGUMENT_TYPE("wrong type of argument"),
    NOT_FINITE("not a finite number"),
    OUT_OF_RANGE("out of range"),
    BAD_TEXT("not a text within the limits"),
    UNKNOWN_NAME("nothing has this name"),
    NO_PLAN("no plan goes before it"),
    /** The stream's length prefix cannot be: for the endpoint. */
    FRAME("not a frame"),
    HELLO_FIRST("say hello first"),
    HELLO_AGAIN("hello was said already"),
    WRONG_VERSION("this engine speaks version " + Limits.VERSION),
    BAD_TOKEN("the token is not the engine's"),
    FULL("no room for another session"),
    TAKEN("another session plays this part"),
    TOO_FAST("more messages than can be taken in"),
    NOT_KEPT("it could not be kept");

    private final String text;
    private final String counter;

    Reason(String text) {
        this.text = text;
        this.counter = name().toLowerCase(Locale.ROOT);
    }

    /** The reason in words. */
    public String text() {
        return text;
    }

    /** The name of the counter for it, such as "out_of_range". */
    public String counter() {
        return counter;
    }
}
