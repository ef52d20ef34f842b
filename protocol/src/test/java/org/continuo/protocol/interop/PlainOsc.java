package org.continuo.protocol.interop;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.continuo.protocol.osc.OscFault;
import org.continuo.protocol.osc.OscMessage;
import org.continuo.protocol.osc.OscReader;
import org.continuo.protocol.osc.OscText;
import org.continuo.protocol.osc.OscVisitor;

/** Lists the messages of a packet as our reader sees them, in the manner of oscdump: address, type tags, values. */
final class PlainOsc implements OscVisitor {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(ByteBuf packet) {
        PlainOsc visitor = new PlainOsc();
        new OscReader().read(packet, visitor);
        return visitor.lines;
    }

    @Override
    public void bundleStart() {}

    @Override
    public void message(OscMessage message) {
        StringBuilder tags = new StringBuilder();
        StringBuilder values = new StringBuilder();
        OscText text = new OscText();
        for (int i = 0; i < message.count(); i++) {
            tags.append(message.tag(i));
            values.append(' ');
            if (message.text(i, text)) {
                values.append('"').append(text).append('"');
            } else if (message.tag(i) == 'f' || message.tag(i) == 'd') {
                values.append(String.format(Locale.ROOT, "%f", message.number(i)));
            } else {
                values.append(message.integer(i));
            }
        }
        lines.add((message.address() + " " + tags + values).strip());
    }

    @Override
    public void fault(OscFault fault, CharSequence address) {
        lines.add("fault " + fault);
    }

    @Override
    public void bundleEnd() {}
}
