package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;
import org.continuo.protocol.osc.OscFault;
import org.continuo.protocol.osc.OscMessage;
import org.continuo.protocol.osc.OscReader;
import org.continuo.protocol.osc.OscVisitor;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Decodes what the engine says. A plan reaches from its first message to the end of the bundle that holds it; its end is
 * always told. A message that is not right is refused and the next one still arrives. Allocates nothing once made.
 * Confined to one thread.
 */
public final class FromEngineReader {
    private final OscReader osc = new OscReader();
    private final MessageReader arguments = new MessageReader();
    private final TransportSnapshot snapshot = new TransportSnapshot();
    private final Visitor visitor = new Visitor();
    private FromEngine sink;
    private Refusals refusals;
    private int depth;
    /** How deep the bundle of the plan being read is; -1 while none is. */
    private int planDepth = -1;

    /**
     * Reads one packet, a message or a bundle of them. Never throws of itself; what {@code sink} throws passes through.
     *
     * @param packet its readable bytes are the packet; its indices stay where they are, it is not released
     */
    public void read(ByteBuf packet, FromEngine sink, Refusals refusals) {
        this.sink = sink;
        this.refusals = refusals;
        // a sink that threw left them as they were
        depth = 0;
        planDepth = -1;
        osc.read(packet, visitor);
        endPlan();
    }

    private void endPlan() {
        if (planDepth >= 0) {
            planDepth = -1;
            sink.planEnd();
        }
    }

    private void deliver(Address address) {
        switch (address) {
            case WELCOME:
                sink.welcome(arguments.integer(0), arguments.integer(1), arguments.text(2));
                break;
            case REFUSED:
                sink.refused(arguments.text(0), arguments.text(1));
                break;
            case PONG:
                sink.pong(arguments.integer(0));
                break;
            case CAPABILITY:
                sink.capability(arguments.text(0), arguments.text(1));
                break;
            case COUNTER:
                sink.counter(arguments.text(0), arguments.tally(1));
                break;
            case CAPTURED:
                sink.captured(arguments.text(0));
                break;
            case BAND:
                sink.band(arguments.text(0), arguments.integer(1));
                break;
            case HEARD_ON:
                sink.heardOn(arguments.number(0), arguments.integer(1), arguments.integer(2), arguments.integer(3));
                break;
            case HEARD_OFF:
                sink.heardOff(arguments.number(0), arguments.integer(1), arguments.integer(2));
                break;
            case HEARD_SOUNDED:
                sink.heardSounded(arguments.integer(0), arguments.number(1));
                break;
            case HEARD_MISSED:
                sink.heardMissed(arguments.integer(0));
                break;
            case HEARD_PLAYED:
                played();
                break;
            case HEARD_TRANSPORT:
                arguments.transport(snapshot);
                sink.heardTransport(snapshot);
                break;
            case HEARD_PART:
                sink.heardPart(arguments.integer(0), arguments.text(1), arguments.text(2));
                break;
            case HEARD_SET_NUMBER:
                sink.heardSet(arguments.text(0), arguments.number(1));
                break;
            case HEARD_SET_TEXT:
                sink.heardSet(arguments.text(0), arguments.text(1));
                break;
            case PLAN:
                plan();
                break;
            case PLAN_ON:
                if (isInPlan(address)) {
                    sink.planOn(
                            arguments.integer(0),
                            arguments.number(1),
                            arguments.integer(2),
                            arguments.integer(3),
                            arguments.integer(4));
                }
                break;
            case PLAN_OFF:
                if (isInPlan(address)) {
                    sink.planOff(arguments.integer(0), arguments.number(1));
                }
                break;
            default:
                throw new AssertionError(address);
        }
    }

    private void plan() {
        endPlan();
        if (arguments.number(3) < arguments.number(2)) {
            refusals.refuse(Address.PLAN.path(), Reason.OUT_OF_RANGE, "a plan ends no sooner than it starts");
            return;
        }
        planDepth = depth;
        sink.plan(arguments.integer(0), arguments.integer(1), arguments.number(2), arguments.number(3));
    }

    private void played() {
        if (arguments.number(2) < arguments.number(1)) {
            refusals.refuse(Address.HEARD_PLAYED.path(), Reason.OUT_OF_RANGE, "a note ends no sooner than it starts");
            return;
        }
        sink.heardPlayed(
                arguments.text(0),
                arguments.number(1),
                arguments.number(2),
                arguments.integer(3),
                arguments.integer(4),
                arguments.integer(5));
    }

    private boolean isInPlan(Address address) {
        if (planDepth < 0) {
            refusals.refuse(address.path(), Reason.NO_PLAN, "");
        }
        return planDepth >= 0;
    }

    private final class Visitor implements OscVisitor {
        @Override
        public void bundleStart() {
            depth++;
        }

        @Override
        public void message(OscMessage message) {
            Address address = arguments.read(message, Address.Sender.ENGINE, refusals);
            if (address != null) {
                deliver(address);
            }
        }

        @Override
        public void fault(OscFault fault, CharSequence address) {
            refusals.refuse(address, Reason.MALFORMED, fault.text());
        }

        @Override
        public void bundleEnd() {
            if (planDepth == depth) {
                endPlan();
            }
            depth--;
        }
    }
}
