package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The answer to one request: whole, or line by line as the lines come to be. One thread at a time, any; never blocks. To
 * somebody who is gone it goes nowhere.
 */
final class Answer {
    static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String MIDI = "audio/midi";

    /** The page, what belongs to it, its web socket, and the WebAssembly of its synthesizer; nothing from elsewhere. */
    private static final String STRICT =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src"
                    + " 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; connect-src 'self'";

    private final Channel channel;
    private final boolean withoutBody;
    private final boolean keepAlive;
    private final PanelLimits limits;
    private final PanelCounters counters;
    private final Runnable done;
    private final AtomicLong unread = new AtomicLong();
    private volatile ChannelFutureListener gone;

    /**
     * @param withoutBody only the head is sent
     * @param done told, on the channel's thread, once the answer is complete
     */
    Answer(
            Channel channel,
            boolean withoutBody,
            boolean keepAlive,
            PanelLimits limits,
            PanelCounters counters,
            Runnable done) {
        this.limits = limits;
        this.channel = channel;
        this.withoutBody = withoutBody;
        this.keepAlive = keepAlive;
        this.counters = counters;
        this.done = done;
    }

    /** Whether somebody still waits for it. */
    boolean isWanted() {
        return channel.isActive();
    }

    /**
     * {@code task} is run where nobody waits for it any more before it is complete, at once where nobody does; any thread. For one
     * task.
     */
    void whenGone(Runnable task) {
        gone = closed -> task.run();
        channel.closeFuture().addListener(gone);
    }

    /** Sends JSON that is to be asked for anew each time. */
    void json(byte[] body) {
        whole(OK, JSON, "no-store", null, body);
    }

    /**
     * Sends all of it.
     *
     * @param cache the header Cache-Control
     * @param tag the header ETag; null for none
     */
    void whole(HttpResponseStatus status, String type, String cache, String tag, byte[] body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(withoutBody ? new byte[0] : body));
        put(response, type, cache);
        if (tag != null) {
            response.headers().set(HttpHeaderNames.ETAG, tag);
        }
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        channel.writeAndFlush(response, completion());
    }

    /**
     * Sends what is read from a stream, as fast as it is taken and no faster. The stream is closed.
     *
     * @param length bytes that the stream has
     */
    void stream(String type, String cache, String tag, long length, InputStream in) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, OK);
        put(response, type, cache);
        response.headers().set(HttpHeaderNames.ETAG, tag).set(HttpHeaderNames.CONTENT_LENGTH, length);
        channel.write(response);
        if (withoutBody) {
            close(in);
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, completion());
        } else {
            channel.writeAndFlush(new HttpChunkedInput(new ChunkedStream(in)), completion());
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It was read from only.
        }
    }

    /** Go and look elsewhere, with another address. */
    void elsewhere(String location) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SEE_OTHER, Unpooled.EMPTY_BUFFER);
        put(response, null, "no-store");
        response.headers().set(HttpHeaderNames.LOCATION, location).setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        channel.writeAndFlush(response, completion());
    }

    /** What the browser has already is still right. */
    void notModified(String cache, String tag) {
        HttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER);
        put(response, null, cache);
        response.headers().set(HttpHeaderNames.ETAG, tag);
        channel.writeAndFlush(response, completion());
    }

    /** Says why not. */
    void refuse(Refusal refusal) {
        counters.refused.increment();
        whole(refusal.status(), JSON, "no-store", null, Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("error", refusal.getMessage());
            out.writeEndObject();
        }));
    }

    /** A mistake of ours. */
    void fail(Throwable problem) {
        counters.failed.increment();
        refuse(new Refusal(INTERNAL_SERVER_ERROR, "the engine failed: " + problem.getMessage()));
    }

    /** Begins an answer of lines. */
    void beginLines() {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, OK);
        put(response, LINES, "no-store");
        HttpUtil.setTransferEncodingChunked(response, true);
        channel.writeAndFlush(response);
    }

    /** Sends a line at once. Somebody who has let too much wait is dropped. */
    void line(byte[] line) {
        if (unread.addAndGet(line.length) > PanelLimits.UNREAD_BYTES) {
            counters.slow.increment();
            channel.close();
            return;
        }
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(line)))
                .addListener(sent -> unread.addAndGet(-line.length));
    }

    void endLines() {
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, completion());
    }

    /**
     * For the last of it, which is on its way; who does not take it in time is dropped. What is to happen then is said before it
     * is written: said after, it might come later than the browser's next request.
     */
    private ChannelPromise completion() {
        Future<?> late = channel.eventLoop()
                .schedule(
                        () -> {
                            counters.slow.increment();
                            channel.close();
                        },
                        limits.flushMillis(),
                        TimeUnit.MILLISECONDS);
        return channel.newPromise().addListener(sent -> {
            late.cancel(false);
            if (gone != null) {
                channel.closeFuture().removeListener(gone); // a browser may keep the connection for hours
            }
            done.run();
        });
    }

    private void put(HttpResponse response, String type, String cache) {
        HttpHeaders headers = response.headers();
        if (type != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        }
        headers.set(HttpHeaderNames.CACHE_CONTROL, cache);
        // Not every browser takes the web socket for the page's own place.
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        headers.set("Content-Security-Policy", STRICT + " ws://127.0.0.1:" + port + " ws://localhost:" + port);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
    }
}
