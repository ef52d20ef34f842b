package org.continuo.bridge.panel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.continuo.bridge.live.HeardWords;
import org.continuo.protocol.message.FromEngineReader;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.message.ToEngineWriter;

/** A page's live side, on the web socket of the JDK: keeps every word that it is told. */
final class PageClient extends HeardWords implements WebSocket.Listener, AutoCloseable {
    private final List<String> words = new ArrayList<>();
    private final FromEngineReader reader = new FromEngineReader();
    private final ByteBuf whole = Unpooled.buffer();
    private final WebSocket socket;
    private int closeCode;

    PageClient(HttpClient client, Panel panel) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(PanelFixture.PATIENCE)
                .header("Origin", panel.address().substring(0, panel.address().length() - 1))
                .buildAsync(URI.create(panel.address().replace("http", "ws") + "live"), this)
                .join();
    }

    ToEngine say() {
        return new ToEngineWriter(packet -> {
            ByteBuffer bytes = ByteBuffer.allocate(packet.readableBytes());
            packet.getBytes(packet.readerIndex(), bytes);
            socket.sendBinary(bytes.flip(), true).join();
        });
    }

    void sendBytes(int count) {
        socket.sendBinary(ByteBuffer.allocate(count), true).join();
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        whole.writeBytes(data);
        if (last) {
            reader.read(whole, this, (address, reason, detail) -> word("misread " + reason));
            whole.clear();
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        closeCode = -1;
        notifyAll();
    }

    /** The code that the connection was closed with; -1 where it was cut; 0 while it is open. */
    synchronized int closeCode() {
        return closeCode;
    }

    synchronized List<String> words() {
        return List.copyOf(words);
    }

    /** The first word that begins so; waits for it. */
    String await(String beginning) throws InterruptedException {
        PanelFixture.await(
                beginning + " in " + words(), () -> words().stream().anyMatch(word -> word.startsWith(beginning)));
        return words().stream()
                .filter(word -> word.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected synchronized void word(String word) {
        words.add(word);
    }

    @Override
    public void counter(CharSequence name, long value) {
        word("counter " + name + " " + value);
    }

    @Override
    public void plan(int epoch, int revision, double from, double to) {
        word("plan " + epoch);
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        word("planOn " + note + " " + channel);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
