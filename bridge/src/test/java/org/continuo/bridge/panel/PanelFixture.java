package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.continuo.bridge.live.EngineFixture;
import org.continuo.bridge.net.Token;
import org.continuo.bridge.os.OperatingSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A whole engine and a panel, at sockets of their own, for each test; and the client of the JDK. */
abstract class PanelFixture extends EngineFixture {
    /** Some seconds shorter than the usual ones, where a test waits for a limit; far longer than what is in order takes. */
    static final PanelLimits SHORT = new PanelLimits(64, 1_500, 1_500, 1_500, 300);

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    Panel panel;
    Token key;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void openPanel() throws Exception {
        key = Token.keptIn(folder.resolve("run").resolve("panel.key"));
        panel = Panel.listen(
                0,
                key,
                "continuo test",
                model,
                engine,
                folder.resolve("takes"),
                OperatingSystem.current()::leaveToOthers,
                limits());
    }

    @AfterEach
    void endPanel() throws Exception {
        assertTrue(panel.end(), "a model still computes");
        assertEquals(0, panel.counted().failed.sum());
    }

    PanelLimits limits() {
        return PanelLimits.USUAL;
    }

    HttpRequest.Builder to(String path) {
        return to(URI.create(panel.address()).resolve(path));
    }

    static HttpRequest.Builder to(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
    }

    HttpRequest.Builder withKey(String path) {
        return to(path).header(Trust.KEY, key.text());
    }

    HttpRequest post(String path, String body) {
        return withKey(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(to(path).build());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** The reason of a refusal, which is one short line of JSON. */
    static String refusal(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        String error = json(response.body()).get("error").asText();
        assertEquals(1, error.lines().count(), error);
        assertTrue(error.length() < 520, error);
        return error;
    }

    /** What is told of a request for takes, event by event. */
    List<JsonNode> takes(String request) throws Exception {
        HttpResponse<String> response = send(post("/api/takes", request));
        assertEquals(200, response.statusCode(), response.body());
        return response.body().lines().map(PanelFixture::json).toList();
    }

    static JsonNode event(String name, List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.get("event").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + events));
    }

    /** The same as bytes come: sends what may be no request at all, and reads until the panel closes. */
    String raw(String bytes) throws IOException {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), panel.port())) {
            connection.setSoTimeout(30_000);
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = connection.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A whole request in words, of a client that says what it likes. */
    String request(String line, String... headers) {
        StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request + "Connection: close\r\n\r\n";
    }

    String host() {
        return "Host: 127.0.0.1:" + panel.port();
    }
}
