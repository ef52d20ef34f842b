package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscMessage;
import org.continuo.protocol.osc.OscText;
import org.continuo.protocol.time.TransportCheck;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Reads the arguments of one message by the table in {@link Address}: numbers of any OSC type where a number is wanted,
 * all of them inside their limits. Used again for the next message; allocates nothing.
 */
final class MessageReader {
    private final long[] integers = new long[OscMessage.MAX_ARGUMENTS];
    private final double[] numbers = new double[OscMessage.MAX_ARGUMENTS];
    private final OscText[] texts = {new OscText(), new OscText(), new OscText(), new OscText()};

    /** What this message is, with its arguments ready to be asked for; or null, once it is refused. */
    Address read(OscMessage message, Address.Sender sender, Refusals refusals) {
        Address address = Address.find(message.address(), sender);
        if (address == null) {
            refusals.refuse(message.address(), Reason.UNKNOWN, "");
            return null;
        }
        if (message.count() != address.count()) {
            refusals.refuse(message.address(), Reason.ARGUMENT_COUNT, address.tags());
            return null;
        }
        if (address == Address.SET_NUMBER && message.isText(1)) {
            address = Address.SET_TEXT;
        } else if (address == Address.HEARD_SET_NUMBER && message.isText(1)) {
            address = Address.HEARD_SET_TEXT;
        }
        for (int i = 0; i < address.count(); i++) {
            Argument argument = address.argument(i);
            Reason reason = read(message, i, argument);
            if (reason != null) {
                refusals.refuse(message.address(), reason, argument.rule());
                return null;
            }
        }
        return address;
    }

    private Reason read(OscMessage message, int index, Argument argument) {
        if (argument.tag() == 's') {
            if (!message.isText(index)) {
                return Reason.ARGUMENT_TYPE;
            }
            return message.text(index, texts[index]) ? null : Reason.BAD_TEXT;
        }
        if (!message.isNumber(index)) {
            return Reason.ARGUMENT_TYPE;
        }
        if (argument.tag() == 'd') {
            double value = message.number(index);
            numbers[index] = value;
            if (argument.takes(value)) {
                return null;
            }
            return Double.isFinite(value) ? Reason.OUT_OF_RANGE : Reason.NOT_FINITE;
        }
        if (!argument.isJudged()) {
            integers[index] = int32OrZero(message, index);
            return null;
        }
        if (!message.isIntegral(index)) {
            return Double.isFinite(message.number(index)) ? Reason.ARGUMENT_TYPE : Reason.NOT_FINITE;
        }
        integers[index] = message.integer(index);
        return argument.takes(integers[index]) ? null : Reason.OUT_OF_RANGE;
    }

    private static long int32OrZero(OscMessage message, int index) {
        long value = message.isIntegral(index) ? message.integer(index) : 0;
        return value == (int) value ? value : 0;
    }

    int integer(int index) {
        return (int) integers[index];
    }

    long tally(int index) {
        return integers[index];
    }

    double number(int index) {
        return numbers[index];
    }

    /** The arguments of a transport, cleaned by {@link TransportCheck}. */
    void transport(TransportSnapshot snapshot) {
        snapshot.flags = integer(0);
        snapshot.epoch = integer(1);
        snapshot.performance = number(2);
        snapshot.beat = number(3);
        snapshot.tempo = number(4);
        snapshot.numerator = integer(5);
        snapshot.denominator = integer(6);
        snapshot.barStart = number(7);
        snapshot.loopStart = number(8);
        snapshot.loopEnd = number(9);
        TransportCheck.clean(snapshot);
    }

    CharSequence text(int index) {
        return texts[index];
    }
}
