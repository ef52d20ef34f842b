package org.continuo.protocol.osc;

/**
 * A text decoded from a packet, used again for the next one: whoever needs it longer takes {@link #toString}. Decoding
 * allocates nothing.
 *
 * <p>Texts are UTF-8 of at most {@value #MAX_BYTES} bytes, in the shortest form, without surrogates and without control
 * characters, so that no text can move a terminal's cursor or start a new line in a log. Confined to one thread.
 */
public final class OscText implements CharSequence {
    /** The most bytes that a text may have, without the zero that ends it. */
    public static final int MAX_BYTES = 255;

    private final char[] chars = new char[MAX_BYTES];
    private int length;

    /** Becomes the empty text. */
    public void clear() {
        length = 0;
    }

    /**
     * Becomes the text in {@code bytes} bytes from index {@code from}.
     *
     * @return false, and this is empty, if they are not a text as said above; never throws
     */
    boolean decode(byte[] buffer, int from, int bytes) {
        length = 0;
        if (bytes > MAX_BYTES) {
            return false;
        }
        int end = from + bytes;
        int count = 0;
        for (int at = from; at < end; ) {
            int lead = buffer[at] & 0xff;
            int more = continuationBytes(lead);
            if (more < 0 || end - at <= more) {
                return false;
            }
            int code = more == 0 ? lead : lead & (0x3f >> more);
            for (int i = 1; i <= more; i++) {
                int next = buffer[at + i];
                if ((next & 0xc0) != 0x80) {
                    return false;
                }
                code = code << 6 | next & 0x3f;
            }
            if (!isAllowed(code, more)) {
                return false;
            }
            if (code >= 0x10000) {
                chars[count++] = Character.highSurrogate(code);
                chars[count++] = Character.lowSurrogate(code);
            } else {
                chars[count++] = (char) code;
            }
            at += more + 1;
        }
        length = count;
        return true;
    }

    private static int continuationBytes(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        if (lead < 0xc2) {
            return -1;
        }
        if (lead < 0xe0) {
            return 1;
        }
        if (lead < 0xf0) {
            return 2;
        }
        return lead < 0xf5 ? 3 : -1;
    }

    private static boolean isAllowed(int code, int continuationBytes) {
        switch (continuationBytes) {
            case 0:
                return code >= 0x20 && code != 0x7f;
            case 1:
                return code >= 0xa0;
            case 2:
                return code >= 0x800 && (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE);
            default:
                return code >= 0x10000 && code <= Character.MAX_CODE_POINT;
        }
    }

    /** Whether this and {@code other} are the same characters; allocates nothing. */
    public boolean contentEquals(CharSequence other) {
        if (other.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (chars[i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("character " + index + " of " + length);
        }
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    /** A copy that stays as it is. */
    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
