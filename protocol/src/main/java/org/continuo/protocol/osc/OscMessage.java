package org.continuo.protocol.osc;

/**
 * One OSC 1.0 message inside a packet: its address, its type tags and where each argument stands. Opening it checks the
 * whole form once, so that reading an argument afterwards cannot leave the packet. Used again for the next message;
 * allocates nothing. Confined to one thread.
 */
public final class OscMessage {
    /** The most arguments a message of ours may have. */
    public static final int MAX_ARGUMENTS = 16;

    /** What {@link #fixedSize} says of arguments that differ in size, and of what is no tag. */
    private static final int TEXT = -1;

    private static final int BLOB = -2;
    private static final int NO_TAG = -3;

    private final OscText address = new OscText();
    private final byte[] tags;
    private final int[] places;
    private final int[] sizes;
    private final byte[] packet;
    private int count;

    /**
     * @param packet where the bytes of every packet stand while it is read
     * @param arguments the most that are taken
     */
    OscMessage(byte[] packet, int arguments) {
        this.packet = packet;
        this.tags = new byte[arguments];
        this.places = new int[arguments];
        this.sizes = new int[arguments];
    }

    /**
     * Becomes the message in the bytes {@code from} to {@code to} of the packet.
     *
     * @return null, or what is wrong with its form; then {@link #address} is as much as could be read. Never throws.
     */
    OscFault open(int from, int to) {
        count = 0;
        address.clear();
        int end = zero(from, to);
        if (end < 0 || end == from || packet[from] != '/' || !address.decode(packet, from, end - from)) {
            return OscFault.ADDRESS;
        }
        int at = padded(from, end + 1);
        if (at > to) {
            return OscFault.ADDRESS;
        }
        if (at == to) {
            return null; // early senders leave out the tags of a message without arguments
        }
        return arguments(at, to);
    }

    private OscFault arguments(int from, int to) {
        int end = zero(from, to);
        if (end < 0 || packet[from] != ',' || end - from - 1 > tags.length) {
            return OscFault.TYPE_TAGS;
        }
        int at = padded(from, end + 1);
        if (at > to) {
            return OscFault.TYPE_TAGS;
        }
        int total = end - from - 1;
        for (int i = 0; i < total; i++) {
            byte tag = packet[from + 1 + i];
            int size = 0;
            int step = fixedSize(tag);
            switch (step) {
                case TEXT:
                    int zero = zero(at, to);
                    if (zero < 0) {
                        return OscFault.ARGUMENT;
                    }
                    size = zero - at;
                    step = padded(at, zero + 1) - at;
                    break;
                case BLOB:
                    if (to - at < 4) {
                        return OscFault.ARGUMENT;
                    }
                    size = (int) OscReader.INT32.get(packet, at);
                    if (size < 0 || size > to - at - 4) {
                        return OscFault.ARGUMENT;
                    }
                    step = 4 + (size + 3 & ~3);
                    break;
                case NO_TAG:
                    return OscFault.TYPE_TAGS;
                default:
                    size = step;
                    break;
            }
            if (step > to - at) {
                return OscFault.ARGUMENT;
            }
            tags[i] = tag;
            places[i] = at;
            sizes[i] = size;
            at += step;
        }
        count = total;
        return at == to ? null : OscFault.LEFT_OVER;
    }

    private static int fixedSize(byte tag) {
        switch (tag) {
            case 'T':
            case 'F':
            case 'N':
            case 'I':
            case '[':
            case ']':
                return 0;
            case 'i':
            case 'f':
            case 'c':
            case 'r':
            case 'm':
                return 4;
            case 'h':
            case 'd':
            case 't':
                return 8;
            case 's':
            case 'S':
                return TEXT;
            case 'b':
                return BLOB;
            default:
                return NO_TAG;
        }
    }

    /** Where the first zero byte from {@code from} stands, or -1. */
    private int zero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (packet[at] == 0) {
                return at;
            }
        }
        return -1;
    }

    private static int padded(int from, int to) {
        return from + (to - from + 3 & ~3);
    }

    /** The address; empty where there was none. The same object for every message. */
    public OscText address() {
        return address;
    }

    /** How many arguments follow. */
    public int count() {
        return count;
    }

    /** The type tag of argument {@code index}, such as 'i'. */
    public char tag(int index) {
        return (char) tags[checked(index)];
    }

    /** Whether argument {@code index} is a number: int32, int64, float32 or float64. */
    public boolean isNumber(int index) {
        switch (tag(index)) {
            case 'i':
            case 'h':
            case 'f':
            case 'd':
                return true;
            default:
                return false;
        }
    }

    /** Whether argument {@code index} is a text: a string or a symbol. */
    public boolean isText(int index) {
        char tag = tag(index);
        return tag == 's' || tag == 'S';
    }

    /** Argument {@code index} as a float64, whichever number it is; NaN for what is none. */
    public double number(int index) {
        int at = places[checked(index)];
        switch (tags[index]) {
            case 'i':
                return (int) OscReader.INT32.get(packet, at);
            case 'h':
                return (long) OscReader.INT64.get(packet, at);
            case 'f':
                return Float.intBitsToFloat((int) OscReader.INT32.get(packet, at));
            case 'd':
                return Double.longBitsToDouble((long) OscReader.INT64.get(packet, at));
            default:
                return Double.NaN;
        }
    }

    /** Whether argument {@code index} is a number without a fraction that fits in an int64. */
    public boolean isIntegral(int index) {
        char tag = tag(index);
        if (tag == 'i' || tag == 'h') {
            return true;
        }
        double value = number(index);
        // 2^63 itself is one too many; NaN fails both
        return value >= -0x1p63 && value < 0x1p63 && value == Math.rint(value);
    }

    /** Argument {@code index} as an int64; call it only where {@link #isIntegral}. */
    public long integer(int index) {
        int at = places[checked(index)];
        switch (tags[index]) {
            case 'i':
                return (int) OscReader.INT32.get(packet, at);
            case 'h':
                return (long) OscReader.INT64.get(packet, at);
            default:
                return (long) number(index);
        }
    }

    /**
     * Decodes the text of argument {@code index} into {@code text}.
     *
     * @return false, and {@code text} is empty, where it is none, too long, not UTF-8, or has control characters
     */
    public boolean text(int index, OscText text) {
        if (!isText(index)) {
            text.clear();
            return false;
        }
        return text.decode(packet, places[index], sizes[index]);
    }

    /** How many bytes the text or blob of argument {@code index} has, without its padding. */
    public int size(int index) {
        return sizes[checked(index)];
    }

    private int checked(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("argument " + index + " of " + count);
        }
        return index;
    }
}
