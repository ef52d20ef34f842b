package org.continuo.engine.model;

/**
 * A model folder that cannot be used: missing, damaged, made for another version, or asking for more memory than the
 * engine gives a model. The message is one line: what is wrong, with the value, and what to do.
 */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 400;

    public ModelException(String message) {
        super(oneLine(message));
    }

    public ModelException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 3) + "...";
    }
}
