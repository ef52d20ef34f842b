package org.continuo.bridge.panel;

/**
 * One thing that can be asked for.
 *
 * @param needsKey whether it is answered only to who has the key
 * @param mostBytes of the body; 0 for none
 * @param handler answers, at once or later; called on the panel's thread, where it must not compute for long
 */
record Route(boolean needsKey, int mostBytes, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        void answer(Request request, Answer answer) throws Refusal;
    }

    void answer(Request request, Answer answer) {
        try {
            handler.answer(request, answer);
        } catch (Refusal refusal) {
            answer.refuse(refusal);
        }
    }
}
