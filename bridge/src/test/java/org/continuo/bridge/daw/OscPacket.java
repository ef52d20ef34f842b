package org.continuo.bridge.daw;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An OSC 1.0 message of any length, as AbletonOSC speaks it: five arguments for each note of a clip, where Continuo's own words
 * have sixteen at most and are read without allocating.
 *
 * @param arguments Integer, Float, Double, Boolean or String each
 */
record OscPacket(String address, List<Object> arguments) {
    /** The bytes to send. */
    byte[] bytes() {
        StringBuilder tags = new StringBuilder(",");
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Object argument : arguments) {
            if (argument instanceof Integer number) {
                tags.append('i');
                values.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            } else if (argument instanceof Number number) {
                tags.append('f');
                values.writeBytes(
                        ByteBuffer.allocate(4).putFloat(number.floatValue()).array());
            } else if (argument instanceof Boolean truth) {
                tags.append(truth ? 'T' : 'F');
            } else {
                tags.append('s');
                values.writeBytes(text(argument.toString()));
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text(address));
        all.writeBytes(text(tags.toString()));
        all.writeBytes(values.toByteArray());
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 4 & ~3).put(bytes).array();
    }

    /** Reads a packet with one message; null where it is none that we understand. */
    static OscPacket read(ByteBuffer packet) {
        try {
            String address = text(packet);
            String tags = text(packet);
            if (!address.startsWith("/") || !tags.startsWith(",")) {
                return null;
            }
            List<Object> arguments = new ArrayList<>();
            for (char tag : tags.substring(1).toCharArray()) {
                switch (tag) {
                    case 'i' -> arguments.add(packet.getInt());
                    case 'f' -> arguments.add(packet.getFloat());
                    case 'd' -> arguments.add(packet.getDouble());
                    case 'h' -> arguments.add((int) packet.getLong());
                    case 'T' -> arguments.add(true);
                    case 'F' -> arguments.add(false);
                    case 's' -> arguments.add(text(packet));
                    default -> {
                        return null;
                    }
                }
            }
            return new OscPacket(address, arguments);
        } catch (RuntimeException e) {
            // Cut short.
            return null;
        }
    }

    private static String text(ByteBuffer packet) {
        int from = packet.position();
        int end = from;
        while (packet.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - from];
        packet.get(bytes).position(from + (end - from + 4 & ~3));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Argument {@code index} as a number. */
    double number(int index) {
        Object argument = arguments.get(index);
        if (argument instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return ((Number) argument).doubleValue();
    }
}
