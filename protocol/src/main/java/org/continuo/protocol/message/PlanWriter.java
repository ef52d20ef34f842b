package org.continuo.protocol.message;

import org.continuo.protocol.osc.OscWriter;

/** Encodes plans as bundles, and cuts those that are too big for a packet. Allocates nothing once made. */
final class PlanWriter implements PlanSink {
    /** Room that every event finds: its size, its address and tags, its arguments. */
    private static final int EVENT_BYTES = 4 + Address.PLAN_ON.head().length + 24;

    private final OscWriter osc = new OscWriter();
    private final MessageWriter message = new MessageWriter(osc);
    private final PacketSink sink;
    private boolean open;
    private int epoch;
    private int revision;
    private double from;
    private double to;
    /** The last event written, or {@link #from} before the first. */
    private double last;
    /** Where the range's end stands in the packet, to be written again when the plan is cut. */
    private int toPlace;

    PlanWriter(PacketSink sink) {
        this.sink = sink;
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        if (open) {
            throw new IllegalStateException("the plan before has not ended");
        }
        if (!(to >= from)) {
            throw new IllegalArgumentException("a plan from " + from + " to " + to);
        }
        this.epoch = epoch;
        this.revision = revision;
        this.from = from;
        this.to = to;
        begin();
        open = true;
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        int start = event(at);
        try {
            message.begin(Address.PLAN_ON)
                    .integer(note)
                    .number(at)
                    .integer(channel)
                    .integer(pitch)
                    .integer(velocity);
        } catch (IllegalArgumentException e) {
            undo(start);
            throw e;
        }
        osc.elementEnd(start);
        last = at;
    }

    @Override
    public void planOff(int note, double at) {
        int start = event(at);
        try {
            message.begin(Address.PLAN_OFF).integer(note).number(at);
        } catch (IllegalArgumentException e) {
            undo(start);
            throw e;
        }
        osc.elementEnd(start);
        last = at;
    }

    @Override
    public void planEnd() {
        if (!open) {
            throw new IllegalStateException("no plan has begun");
        }
        open = false;
        sink.packet(osc.packet());
    }

    private void begin() {
        osc.clear().bundle();
        int start = osc.elementStart();
        message.begin(Address.PLAN)
                .integer(epoch)
                .integer(revision)
                .number(from)
                .number(to);
        osc.elementEnd(start);
        toPlace = osc.packet().writerIndex() - Double.BYTES;
        last = from;
    }

    private int event(double at) {
        if (!open) {
            throw new IllegalStateException("no plan has begun");
        }
        if (!Argument.AT.takes(at)) {
            throw new IllegalArgumentException(Argument.AT.rule() + ", not " + at);
        }
        if (osc.room() < EVENT_BYTES) {
            cut(at);
        }
        return osc.elementStart();
    }

    /**
     * Sends what stands in the packet as a range up to {@code at}, and begins the rest. Where the event at {@code at}
     * belongs to the same moment as the last one written, that moment is part of both ranges.
     */
    private void cut(double at) {
        double border = at > last ? at : Math.nextUp(last);
        osc.packet().setDouble(toPlace, Math.min(border, to));
        sink.packet(osc.packet());
        from = Math.min(Math.max(at, from), to);
        begin();
    }

    private void undo(int elementStart) {
        osc.packet().writerIndex(elementStart - 4);
    }
}
