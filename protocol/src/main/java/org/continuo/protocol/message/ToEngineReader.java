package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;
import org.continuo.protocol.osc.OscFault;
import org.continuo.protocol.osc.OscMessage;
import org.continuo.protocol.osc.OscReader;
import org.continuo.protocol.osc.OscVisitor;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Decodes what clients say, from anyone's bytes. A message that is not right is refused and the next one still arrives.
 * Allocates nothing once made. Confined to one thread.
 */
public final class ToEngineReader {
    private final OscReader osc = new OscReader();
    private final MessageReader arguments = new MessageReader();
    private final TransportSnapshot snapshot = new TransportSnapshot();
    private final Visitor visitor = new Visitor();
    private ToEngine sink;
    private Refusals refusals;

    /**
     * Reads one packet, a message or a bundle of them. Never throws of itself; what {@code sink} throws passes through.
     *
     * @param packet its readable bytes are the packet; its indices stay where they are, it is not released
     */
    public void read(ByteBuf packet, ToEngine sink, Refusals refusals) {
        this.sink = sink;
        this.refusals = refusals;
        osc.read(packet, visitor);
    }

    private void deliver(Address address) {
        switch (address) {
            case HELLO:
                sink.hello(arguments.integer(0), arguments.text(1), arguments.text(2), arguments.text(3));
                break;
            case GOODBYE:
                sink.goodbye();
                break;
            case PING:
                sink.ping(arguments.integer(0));
                break;
            case QUERY:
                sink.query();
                break;
            case COUNTERS:
                sink.counters();
                break;
            case PART:
                sink.part(arguments.integer(0), arguments.text(1), arguments.text(2));
                break;
            case SET_NUMBER:
            case SET_TEXT:
                set(address);
                break;
            case REGISTER:
                sink.register(arguments.integer(0), arguments.integer(1), arguments.integer(2));
                break;
            case PANIC:
                sink.panic();
                break;
            case KEEP:
                sink.keep();
                break;
            case DISCARD:
                sink.discard();
                break;
            case KEEP_UNTIL:
                sink.keepUntil(arguments.number(0));
                break;
            case DISCARD_FROM:
                sink.discardFrom(arguments.number(0));
                break;
            case WATCH:
                sink.watch();
                break;
            case BANDS:
                sink.bands();
                break;
            case CAPTURE:
                sink.capture();
                break;
            case TRANSPORT:
                arguments.transport(snapshot);
                sink.transport(snapshot);
                break;
            case NOTE_ON:
                noteOn();
                break;
            case NOTE_OFF:
                sink.noteOff(arguments.number(0), arguments.integer(1), arguments.integer(2));
                break;
            case CONTROL:
                sink.control(arguments.number(0), arguments.integer(1), arguments.integer(2), arguments.integer(3));
                break;
            case SOUNDED:
                sink.sounded(arguments.integer(0), arguments.number(1));
                break;
            case MISSED:
                sink.missed(arguments.integer(0));
                break;
            default:
                throw new AssertionError(address);
        }
    }

    private void noteOn() {
        double at = arguments.number(0);
        int velocity = arguments.integer(3);
        if (velocity == 0) {
            sink.noteOff(at, arguments.integer(1), arguments.integer(2));
        } else {
            sink.noteOn(at, arguments.integer(1), arguments.integer(2), velocity);
        }
    }

    private void set(Address address) {
        CharSequence name = arguments.text(0);
        Parameter parameter = Parameter.find(name);
        if (parameter == null) {
            refusals.refuse(address.path(), Reason.UNKNOWN_NAME, name);
        } else if (parameter.isText() != (address == Address.SET_TEXT)) {
            refusals.refuse(address.path(), Reason.ARGUMENT_TYPE, parameter.rule());
        } else if (parameter.isText()) {
            sink.set(name, arguments.text(1));
        } else if (parameter.takes(arguments.number(1))) {
            sink.set(name, arguments.number(1));
        } else {
            refusals.refuse(address.path(), Reason.OUT_OF_RANGE, parameter.rule());
        }
    }

    private final class Visitor implements OscVisitor {
        @Override
        public void bundleStart() {}

        @Override
        public void message(OscMessage message) {
            Address address = arguments.read(message, Address.Sender.CLIENT, refusals);
            if (address != null) {
                deliver(address);
            }
        }

        @Override
        public void fault(OscFault fault, CharSequence address) {
            refusals.refuse(address, Reason.MALFORMED, fault.text());
        }

        @Override
        public void bundleEnd() {}
    }
}
