package org.continuo.bridge.panel;

/**
 * What is accepted of a browser, so that nobody fills the memory or holds the engine up.
 *
 * @param connections open at once
 * @param headMillis from one answer, or the connection, to the whole head of the next request
 * @param bodyMillis from the head to the whole body
 * @param flushMillis for an answer that is complete to be taken
 * @param lingerMillis for somebody who was refused to close
 */
record PanelLimits(int connections, long headMillis, long bodyMillis, long flushMillis, long lingerMillis) {
    /** A browser opens six connections to a place; a few pages may be open. */
    static final PanelLimits USUAL = new PanelLimits(64, 30_000, 15_000, 30_000, 1_000);

    /** Bytes of a MIDI file: a symphony's movement takes about 300 kB. */
    static final int MIDI_BYTES = 1 << 20;

    /** Bytes of JSON: a MIDI file as base64, and what is said about it. */
    static final int JSON_BYTES = 2 << 20;

    /** Notes of a clip that is shown; a sonata has 10,000. */
    static final int NOTES = 20_000;

    /** Changes of tempo and meter of such a clip. With its notes and the file itself it fits {@link #UNREAD_BYTES}. */
    static final int CHANGES = 20_000;

    /** Bytes of a request's first line, and of its headers. */
    static final int LINE_BYTES = 4 << 10;

    static final int HEADER_BYTES = 16 << 10;

    /** Bytes of a web socket's message; those beyond a packet's most are refused in words. */
    static final int FRAME_BYTES = 64 << 10;

    /** Bytes of an answer that wait for a page that does not read; then it is dropped. */
    static final long UNREAD_BYTES = 8 << 20;

    /** Requests for takes that wait for their turn. */
    static final int WAITING = 8;

    /** In one request. */
    static final int TAKES = 16;

    static final int BARS = 256;
    static final int TOKENS = 20_000;
}
