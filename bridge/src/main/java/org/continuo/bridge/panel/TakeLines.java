package org.continuo.bridge.panel;

import org.continuo.bridge.panel.Json.Writing;

/** What is told of a request for takes, an event a line, to who has asked. Thread-safe; never blocks. */
final class TakeLines {
    private final Answer answer;
    private volatile boolean given;

    TakeLines(Answer answer) {
        this.answer = answer;
    }

    /** Whether somebody still waits for the takes. Any thread. */
    boolean isWanted() {
        return !given && answer.isWanted();
    }

    /** Nobody will be told anything any more: the engine goes. */
    void giveUp() {
        given = true;
    }

    synchronized void begin() {
        answer.beginLines();
    }

    synchronized void say(String event, Writing fields) {
        answer.line(Json.line(out -> {
            out.writeStartObject();
            out.writeStringField("event", event);
            fields.to(out);
            out.writeEndObject();
        }));
    }

    synchronized void end() {
        answer.endLines();
    }
}
