package org.continuo.bridge.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.Limits;

/**
 * OSC over UDP on loopback, for everything that is no plugin: one packet a datagram. Whoever sends from a new address is a new
 * peer; a session behind it ends it after silence as any other. Bounded: where there are too many, new ones are not heard.
 */
public final class UdpEndpoint implements AutoCloseable {
    static final int MOST_PEERS = Limits.SESSIONS;

    private final NetCounters counters;
    private final Listener.Factory listeners;
    private final Map<InetSocketAddress, DatagramPeer> peers = new HashMap<>();
    private final Channel channel;

    private UdpEndpoint(int port, IoThread io, NetCounters counters, Listener.Factory listeners) throws IOException {
        this.counters = counters;
        this.listeners = listeners;
        ChannelFuture bound = new Bootstrap()
                .group(io.group())
                .channel(NioDatagramChannel.class)
                // One byte more than allowed, to tell a datagram that is too long.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Frames.MAX_PACKET + 1))
                .handler(new Handler())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "UDP port " + port + " cannot be had (" + bound.cause().getMessage() + "); choose another",
                    bound.cause());
        }
        this.channel = bound.channel();
    }

    /**
     * Listens; blocks for some milliseconds.
     *
     * @param port 0 for any that is free
     * @throws IOException with one line that says what stands in the way
     */
    public static UdpEndpoint listen(int port, IoThread io, NetCounters counters, Listener.Factory listeners)
            throws IOException {
        return new UdpEndpoint(port, io, counters, listeners);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Ends every peer's session. */
    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            int length = datagram.content().readableBytes();
            DatagramPeer peer = length < StreamHandler.SHORTEST_PACKET || length > Frames.MAX_PACKET
                    ? null
                    : peer(context.channel(), datagram);
            if (peer == null) {
                counters.datagramsDropped.increment();
                return;
            }
            counters.packetsIn.increment();
            peer.listener.packet(datagram.content());
        }

        private DatagramPeer peer(Channel channel, DatagramPacket datagram) {
            InetSocketAddress sender = datagram.sender();
            DatagramPeer peer = peers.get(sender);
            if (peer == null
                    && sender.getAddress().isLoopbackAddress()
                    && peers.size() < MOST_PEERS
                    && StreamHandler.canBegin(
                            datagram.content().getByte(datagram.content().readerIndex()))) {
                peer = new DatagramPeer(sender, channel);
                peers.put(sender, peer);
                counters.opened.increment();
            }
            return peer;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                peers.values().forEach(ChannelPeer::drainOutbox);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            new ArrayList<>(peers.values()).forEach(ChannelPeer::drop);
        }

        /** The system reports a receiver that is gone as an error of the next read; the others have no part in it. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            counters.datagramsDropped.increment();
        }
    }

    private final class DatagramPeer extends ChannelPeer {
        private final InetSocketAddress address;
        private final Listener listener;

        DatagramPeer(InetSocketAddress address, Channel channel) {
            super(
                    "udp " + address.getAddress().getHostAddress() + ":" + address.getPort(),
                    channel,
                    UdpEndpoint.this.counters);
            this.address = address;
            this.listener = listeners.opened(this);
        }

        @Override
        void drainOutbox() {
            boolean written = false;
            while (channel.isActive() && channel.isWritable() && !outbox.isEmpty()) {
                var packet = channel.alloc().ioBuffer(Frames.MAX_PACKET, Frames.MAX_PACKET);
                outbox.pollPacket(packet);
                channel.write(new DatagramPacket(packet, address));
                written = true;
            }
            if (written) {
                channel.flush();
            }
        }

        @Override
        void drop() {
            if (peers.remove(address, this)) {
                counters.closed.increment();
                listener.closed();
            }
        }

        @Override
        public boolean drained() {
            return !channel.isActive() || outbox.isEmpty();
        }
    }
}
