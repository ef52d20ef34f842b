package org.continuo.engine.model;

/**
 * A row of tokens without end, read through a model whose context has one.
 *
 * <p>The model sees a window: from the beginning until the context is full, then from half a context later, and so on;
 * between half a context and a whole one always lies behind the next token. So that the change costs no pause, a second
 * cache reads the coming window's first half ahead of time, one small chunk for each call of {@link #prepare()}. What it
 * has not read by then is read at the change. Chunks start at fixed numbers, so the result does not depend on how often
 * {@code prepare} was called.
 *
 * <p>After a change the window before is kept until an eighth of a context has gone by, so that a rollback across the
 * change finds what was there. A rollback further back than that reads its window again. How far back one can go may be
 * more than the model sees: what is planned may be longer than a short context.
 *
 * <p>Example with a context of 128: tokens 0..127 fill the first window; before token 128 is read the window becomes
 * 64.., whose tokens 64..127 the second cache has read in chunks of 4; the next change is before token 192.
 *
 * <p>Confined to one thread. Appending only notes a token down; {@link #logits()} reads what is new.
 */
public final class SlidingContext implements AutoCloseable {
    /** Tokens that one {@link #prepare()} reads, few: a note may come meanwhile. A context is a multiple of twice this. */
    static final int CHUNK = 4;

    private final int context;
    private final int half;
    /** Tokens dropped from the history at once, and the fewest that stay. */
    private final int kept;

    private final TokenHistory history;
    private Decoder active;
    /** Number of the first token in the window. */
    private int activeStart;

    private Decoder other;
    /** Half a context before the active window: the one before, kept. Half a context after it: the coming one. */
    private int otherStart;

    private float[] logits;

    /** Can be rolled back by a whole context. */
    public SlidingContext(NoteModel model) {
        this(model, model.shape().context());
    }

    /** @param reach tokens by which it can be rolled back at the least, if that is more than a whole context */
    public SlidingContext(NoteModel model, int reach) {
        this.context = model.shape().context();
        this.half = context / 2;
        this.kept = context + Math.max(context, reach);
        this.history = new TokenHistory(model.shape().features());
        this.active = model.newDecoder();
        this.other = model.newDecoder();
        this.otherStart = half;
    }

    /** Tokens appended so far. */
    public int length() {
        return history.end();
    }

    /** The least length that can be rolled back to: 0, or no more than the greatest length so far less its reach. */
    public int earliest() {
        return history.start() == 0 ? 0 : history.start() + context;
    }

    /** Number of the first token that the model sees when {@code length} tokens have been read. */
    int windowStart(int length) {
        return length <= context ? 0 : (length - context + half - 1) / half * half;
    }

    /**
     * Notes one token down; it is read when logits are next asked for.
     *
     * @param rows its feature rows stand at {@code rows[offset .. offset + features)}
     */
    public void append(int token, int[] rows, int offset) {
        history.add(token, rows, offset);
        logits = null;
        if (history.end() - history.start() >= 2 * kept && history.start() + kept <= firstToRead()) {
            history.dropBefore(history.start() + kept);
        }
    }

    /** Where the active window starts; where that is left behind unread, as by a long prompt, the one that takes its place. */
    private int firstToRead() {
        return isLeftBehind() ? windowStart(length()) : activeStart;
    }

    /** Whether so much was appended that the coming window is over as well: neither is read any more. */
    private boolean isLeftBehind() {
        return windowStart(length()) > activeStart + half;
    }

    /**
     * Reads what was appended since the last call, several tokens at once where there are several, and returns the logits
     * of what follows. Blocks while the model computes.
     *
     * @return the same array until the next call of any method; null if there are no tokens at all
     */
    public float[] logits() {
        if (logits == null && length() > 0) {
            if (isLeftBehind()) {
                startAt(windowStart(length()));
            }
            int read = Math.min(readSoFar(), length() - 1); // after a rollback the last token is read again
            active.rollback(read - activeStart);
            while (read < length()) {
                if (read == activeStart + context) {
                    slide();
                }
                // the first half in the chunks that prepare() would have read it in, should it come to that again
                boolean again = activeStart > 0 && active.length() < half;
                int to = Math.min(length(), again ? read + CHUNK : activeStart + context);
                logits = active.read(history, read, to);
                read = to;
            }
        }
        return logits;
    }

    private int readSoFar() {
        return activeStart + active.length();
    }

    /**
     * Reads one chunk ahead for the coming window if there is one to read, and tells whether it did. To be called between
     * steps, as often as there is time; once for three tokens is always enough. Blocks while the model computes.
     */
    public boolean prepare() {
        boolean beforeIsKept = otherStart < activeStart && active.length() < half + context / 8;
        if (beforeIsKept || isLeftBehind()) {
            return false;
        }
        if (otherStart < activeStart) {
            otherStart = activeStart + half;
            other.rollback(0);
        }
        int from = otherStart + other.length();
        boolean due = other.length() < half && from + CHUNK <= readSoFar();
        if (due) {
            other.read(history, from, from + CHUNK);
        }
        return due;
    }

    /** The active window is full: the coming one takes its place, and it becomes the one before. */
    private void slide() {
        while (other.length() < half || otherStart < activeStart) {
            prepare();
        }
        exchange();
    }

    private void exchange() {
        Decoder decoder = active;
        active = other;
        other = decoder;
        int start = activeStart;
        activeStart = otherStart;
        otherStart = start;
    }

    /** Begins a window anew. What lies wholly before it, such as most of a long prompt, is never read. */
    private void startAt(int start) {
        activeStart = start;
        active.rollback(0);
        otherStart = start + half;
        other.rollback(0);
    }

    /**
     * Forgets all but the first {@code length} tokens. Costs nothing, unless the length lies before the last change of
     * windows by more than an eighth of a context: then its window is read again when logits are next asked for.
     *
     * @throws IllegalArgumentException if it is less than {@link #earliest()} or more than {@link #length()}
     */
    public void rollback(int length) {
        if (length < earliest() || length > length()) {
            throw new IllegalArgumentException(
                    "cannot roll back to " + length + "; possible are " + earliest() + ".." + length());
        }
        if (length == length()) {
            return;
        }
        history.rollback(length);
        logits = null;
        int start = windowStart(length);
        if (start != activeStart && start == otherStart && otherStart < activeStart) {
            exchange();
        }
        if (start == activeStart) {
            active.rollback(Math.min(active.length(), length - activeStart));
        } else {
            startAt(start);
        }
        if (otherStart > activeStart) {
            int wholeChunks = Math.max(0, length - otherStart) / CHUNK * CHUNK;
            other.rollback(Math.min(Math.min(other.length(), half), wholeChunks));
        }
    }

    /** Becomes a copy of {@code source}, which reads with the same model: several takes go on from one beginning. */
    public void copyFrom(SlidingContext source) {
        history.copyFrom(source.history);
        active.copyFrom(source.active);
        other.copyFrom(source.other);
        activeStart = source.activeStart;
        otherStart = source.otherStart;
        logits = source.logits == null ? null : source.logits.clone();
    }

    /** Frees both caches. The model stays open. */
    @Override
    public void close() {
        active.close();
        other.close();
    }
}
