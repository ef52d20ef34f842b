package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscText;
import org.continuo.protocol.osc.OscWriter;
import org.continuo.protocol.time.TransportCheck;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Writes the arguments of one message by the table in {@link Address}, so that nothing leaves that the other side would
 * refuse. Allocates nothing but for the complaint about a caller's mistake.
 */
final class MessageWriter {
    private final OscWriter osc;
    private final TransportSnapshot snapshot = new TransportSnapshot();
    private Address address;
    private int next;

    MessageWriter(OscWriter osc) {
        this.osc = osc;
    }

    MessageWriter begin(Address address) {
        this.address = address;
        next = 0;
        osc.message(address.head());
        return this;
    }

    MessageWriter integer(int value) {
        Argument argument = argument('i');
        if (!argument.takes((long) value)) {
            throw refused(argument, String.valueOf(value));
        }
        osc.int32(value);
        return this;
    }

    MessageWriter tally(long value) {
        argument('h');
        osc.int64(value);
        return this;
    }

    MessageWriter number(double value) {
        Argument argument = argument('d');
        if (!argument.takes(value)) {
            throw refused(argument, String.valueOf(value));
        }
        osc.float64(value);
        return this;
    }

    MessageWriter text(CharSequence value) {
        Argument argument = argument('s');
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(argument, "a text with control characters");
            }
            // a surrogate pair takes four bytes, one without its other half becomes a question mark
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        if (bytes > OscText.MAX_BYTES) {
            throw refused(argument, "a text of " + bytes + " bytes");
        }
        osc.text(value);
        return this;
    }

    /** The arguments of a transport, of a copy cleaned by {@link TransportCheck}. */
    void transport(TransportSnapshot told) {
        snapshot.copyFrom(told);
        TransportCheck.clean(snapshot);
        integer(snapshot.flags)
                .integer(snapshot.epoch)
                .number(snapshot.performance)
                .number(snapshot.beat)
                .number(snapshot.tempo)
                .integer(snapshot.numerator)
                .integer(snapshot.denominator)
                .number(snapshot.barStart)
                .number(snapshot.loopStart)
                .number(snapshot.loopEnd);
    }

    private Argument argument(char tag) {
        Argument argument = address.argument(next++);
        if (argument.tag() != tag) {
            throw new AssertionError(address + " argument " + (next - 1));
        }
        return argument;
    }

    private IllegalArgumentException refused(Argument argument, String value) {
        return new IllegalArgumentException(address.path() + ": " + argument.rule() + ", not " + value);
    }
}
