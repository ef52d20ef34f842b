package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.UPGRADE_REQUIRED;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.function.Function;

/**
 * Makes a web socket of a connection (RFC 6455): answers the handshake, and puts what takes messages in the place of what took
 * requests. The panel's thread only.
 *
 * @param live makes what takes the messages
 */
record WebSocketUpgrade(Function<Channel, ChannelHandler> live) {
    private static final WebSocketServerHandshakerFactory HANDSHAKES = new WebSocketServerHandshakerFactory(
            null,
            null,
            WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(PanelLimits.FRAME_BYTES)
                    .build());

    /**
     * Answers a handshake that may be answered.
     *
     * @param former what took requests, and takes none any more
     */
    void begin(ChannelHandlerContext context, ChannelHandler former, HttpRequest head) throws Refusal {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        boolean asked = head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        WebSocketServerHandshaker handshaker = asked ? HANDSHAKES.newHandshaker(request) : null;
        if (handshaker == null) {
            throw new Refusal(UPGRADE_REQUIRED, "there is a web socket at " + head.uri() + ", and nothing else");
        }
        try {
            handshaker.handshake(context.channel(), request).addListener(done -> {
                if (!done.isSuccess()) {
                    context.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            throw new Refusal("not a web socket's handshake: " + e.getMessage());
        }
        context.pipeline().remove(ChunkedWriteHandler.class);
        context.pipeline().addBefore(context.name(), "whole", new WebSocketFrameAggregator(PanelLimits.FRAME_BYTES));
        context.pipeline().replace(former, "live", live.apply(context.channel()));
    }
}
