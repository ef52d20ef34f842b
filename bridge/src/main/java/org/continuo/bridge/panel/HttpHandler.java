package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a browser: takes in a request, has it answered, takes in the next. What is not in order is refused before
 * its body is read, and the connection closed after. Every step has its time. Confined to the panel's thread.
 */
final class HttpHandler extends ChannelInboundHandlerAdapter {
    private enum State {
        /** Waits for a request's head. */
        HEAD,
        BODY,
        ANSWERING,
        /** Refused, and about to be closed; what still comes is not looked at. */
        OVER
    }

    private final Trust trust;
    private final Routes routes;
    private final WebSocketUpgrade upgrade;
    private final PanelLimits limits;
    private final PanelCounters counters;

    private State state = State.HEAD;
    private Future<?> deadline;
    private HttpRequest head;
    private Route route;
    private ByteArrayOutputStream body;

    HttpHandler(Trust trust, Routes routes, WebSocketUpgrade upgrade, PanelLimits limits, PanelCounters counters) {
        this.upgrade = upgrade;
        this.trust = trust;
        this.routes = routes;
        this.limits = limits;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        within(context, limits.headMillis());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject part) {
                take(context, part);
            }
        } catch (Refusal refusal) {
            refuse(context, refusal);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext context, HttpObject part) throws Refusal {
        if (state == State.OVER) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            throw malformed(part.decoderResult().cause());
        }
        if (part instanceof HttpRequest request) {
            if (state != State.HEAD) {
                throw new Refusal("a request came before the one before it was answered");
            }
            begin(context, request);
        }
        if (part instanceof HttpContent content && state == State.BODY) {
            take(content.content());
            if (part instanceof LastHttpContent) {
                answer(context);
            }
        }
    }

    private static Refusal malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(REQUEST_URI_TOO_LONG, "the address is longer than " + PanelLimits.LINE_BYTES + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(
                    REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "the headers are longer than " + PanelLimits.HEADER_BYTES + " bytes");
        }
        return new Refusal("not a request: " + cause.getMessage());
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) throws Refusal {
        counters.requests.increment();
        head = request;
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            throw new Refusal(HTTP_VERSION_NOT_SUPPORTED, "the panel speaks HTTP/1.1");
        }
        trust.check(request);
        route = routes.find(request.method(), request.uri());
        if (route.needsKey()) {
            trust.checkKey(request);
        }
        if (route.mostBytes() == 0 && HttpUtil.isTransferEncodingChunked(request)
                || HttpUtil.getContentLength(request, 0L) > route.mostBytes()) {
            throw tooLarge();
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        state = State.BODY;
        body = new ByteArrayOutputStream();
        within(context, limits.bodyMillis());
    }

    private void take(ByteBuf content) throws Refusal {
        int length = content.readableBytes();
        if (body.size() + length > route.mostBytes()) {
            throw tooLarge();
        }
        byte[] bytes = new byte[length];
        content.readBytes(bytes);
        body.writeBytes(bytes);
    }

    private Refusal tooLarge() {
        return new Refusal(
                REQUEST_ENTITY_TOO_LARGE, "more than the " + route.mostBytes() + " bytes that are taken here");
    }

    private void answer(ChannelHandlerContext context) throws Refusal {
        if (route == Routes.LIVE) {
            upgrade.begin(context, this, head);
            return;
        }
        state = State.ANSWERING;
        within(context, 0);
        Request request = new Request(
                Routes.path(head.uri()), head.headers().get(HttpHeaderNames.IF_NONE_MATCH), body.toByteArray());
        boolean keepAlive = HttpUtil.isKeepAlive(head);
        Answer answer = new Answer(
                context.channel(),
                head.method().equals(HttpMethod.HEAD),
                keepAlive,
                limits,
                counters,
                () -> answered(context, keepAlive));
        body = null;
        head = null;
        route.answer(request, answer);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        within(context, 0);
    }

    /** All of an answer has been handed over; before the browser can have sent the next request. */
    private void answered(ChannelHandlerContext context, boolean keepAlive) {
        if (!context.channel().isActive() || state != State.ANSWERING) {
            return;
        }
        if (keepAlive) {
            state = State.HEAD;
            within(context, limits.headMillis());
        } else {
            close(context);
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        boolean answering = state == State.ANSWERING;
        state = State.OVER;
        body = null;
        if (answering) {
            counters.refused.increment();
            context.close(); // in the middle of an answer there is no place for another
            return;
        }
        boolean isHead = head != null && head.method().equals(HttpMethod.HEAD);
        within(context, 0);
        new Answer(context.channel(), isHead, false, limits, counters, () -> close(context)).refuse(refusal);
    }

    /**
     * Closes, but not at once: what still comes in unread would reset the connection, and the answer might be lost with it. So
     * it says that nothing more goes out, and waits a while for the other side to close.
     */
    private void close(ChannelHandlerContext context) {
        state = State.OVER;
        if (context.channel() instanceof DuplexChannel connection && connection.isActive()) {
            connection.shutdownOutput();
            context.executor().schedule(() -> context.close(), limits.lingerMillis(), TimeUnit.MILLISECONDS);
        } else {
            context.close();
        }
    }

    /** The connection is closed unless the next step comes within so many milliseconds; 0 waits without end. */
    private void within(ChannelHandlerContext context, long millis) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = millis == 0 ? null : context.executor().schedule(() -> late(context), millis, TimeUnit.MILLISECONDS);
    }

    private void late(ChannelHandlerContext context) {
        boolean isIdle = state == State.HEAD;
        state = State.OVER;
        if (!isIdle) {
            counters.slow.increment();
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.OVER;
        within(context, 0);
    }

    /** A connection that was reset, and a mistake of ours, end this connection and no other. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        state = State.OVER;
        context.close();
    }
}
