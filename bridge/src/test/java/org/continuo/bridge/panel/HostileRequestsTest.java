package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that nobody should send. After each the panel answers the next. */
class HostileRequestsTest extends PanelFixture {
    @Override
    PanelLimits limits() {
        return SHORT;
    }

    @AfterEach
    void theNextRequestIsAnswered() throws Exception {
        assertEquals(200, get("/api/about").statusCode());
    }

    private HttpResponse<String> clip(byte[] midi) throws Exception {
        return send(withKey("/api/clips")
                .POST(HttpRequest.BodyPublishers.ofByteArray(midi))
                .build());
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        String key = Trust.KEY + ": " + this.key.text();
        for (int more : new int[] {1, 1 << 20, Integer.MAX_VALUE - PanelLimits.MIDI_BYTES}) {
            String answer = raw(request(
                    "POST /api/clips", host(), key, "Content-Length: " + (PanelLimits.MIDI_BYTES + (long) more)));
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        }
        String chunk = Integer.toHexString(1 << 16) + "\r\n" + "x".repeat(1 << 16) + "\r\n";
        String answer = raw(request("POST /api/clips", host(), key, "Transfer-Encoding: chunked") + chunk.repeat(17));
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(raw(request("GET /api/about", host(), "Content-Length: 1") + "x")
                .startsWith("HTTP/1.1 413 "));
        assertEquals(
                200,
                clip(json(get("/api/prompts/spring").body()).get("midi").binaryValue())
                        .statusCode());
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), panel.port())) {
            OutputStream out = slow.getOutputStream();
            out.write(request("POST /api/clips", host(), Trust.KEY + ": " + key.text(), "Content-Length: 1000")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            slow.setSoTimeout(50);
            boolean open = true;
            for (int i = 0; open && i < 1000; i++) {
                try {
                    out.write('x'); // a byte now and then
                    open = in.read() >= 0;
                } catch (java.net.SocketTimeoutException e) {
                    // Still open.
                } catch (IOException e) {
                    open = false;
                }
            }
            assertTrue(!open, "a body of a byte now and then is read for ever");
        }
        await("it to be counted", () -> panel.counted().slow.sum() == 1);
    }

    @Test
    void aHeadThatDoesNotComeIsNotWaitedFor() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), panel.port())) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            slow.setSoTimeout(30_000);
            assertEquals(-1, slow.getInputStream().read());
        }
    }

    @Test
    void whatIsNoRequestIsRefusedInOneLine() throws Exception {
        String answer = raw("\u0016\u0003\u0001\u0002\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(raw("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n" + host() + "\r\n\r\n")
                .startsWith("HTTP/1.1 414 "));
        assertTrue(raw(request("GET /", host(), "X: " + "a".repeat(20_000))).startsWith("HTTP/1.1 431 "));
        assertTrue(raw("GET / HTTP/1.0\r\n" + host() + "\r\n\r\n").startsWith("HTTP/1.1 505 "));
        assertTrue(raw(request("DELETE /api/takes", host())).startsWith("HTTP/1.1 405 "));
        assertTrue(raw(request("GET /api/takes", host())).startsWith("HTTP/1.1 405 "));
        assertTrue(raw(request("GET /live", host())).startsWith("HTTP/1.1 426 "));
        for (String path : List.of(
                "/api/nothing",
                "/../pom.xml",
                "/page/../../Panel.class",
                "/%2e%2e/Panel.class",
                "/vendor/../Panel.class",
                "/Panel.class",
                "/.hidden.html",
                "//index.html",
                "/vendor",
                "/index.html/",
                "http://127.0.0.1/")) {
            String refused = raw(request("GET " + path, host()));
            assertTrue(refused.startsWith("HTTP/1.1 404 "), path + ": " + refused);
        }
    }

    @Test
    void jsonThatIsNoRecipeIsRefusedWithTheReason() throws Exception {
        for (String body : List.of(
                "",
                "[]",
                "nonsense",
                "{",
                "{\"bars\":8}x",
                "{\"bars\":8,\"bars\":9}",
                "[".repeat(100_000),
                "{\"from\":" + "[".repeat(100),
                "{\"seed\":" + "9".repeat(1_000_000) + "}",
                "{\"bars\":0}",
                "{\"bars\":1000000}",
                "{\"bars\":1.5}",
                "{\"bars\":\"8\"}",
                "{\"bars\":4,\"tokens\":4}",
                "{\"takes\":1000}",
                "{\"temperature\":-1}",
                "{\"temperature\":1e999}",
                "{\"temperature\":NaN}",
                "{\"topP\":0}",
                "{\"seed\":9007199254740993}",
                "{\"style\":\"\\u0000\\n\"}",
                "{\"style\":7}",
                "{\"instruments\":[]}",
                "{\"instruments\":\"piano\"}",
                "{\"instruments\":[\"kazoo\"]}",
                "{\"from\":{\"prompt\":\"../../etc\"}}",
                "{\"from\":{\"prompt\":\"spring\",\"midi\":\"\"}}",
                "{\"from\":{\"midi\":\"***\"}}",
                "{\"from\":{\"midi\":17}}",
                "{\"from\":{\"midi\":\"\"}}",
                "{\"from\":7}",
                "{\"unknown\":1}")) {
            String reason = refusal(400, send(post("/api/takes", body)));
            assertTrue(reason.chars().noneMatch(Character::isISOControl), reason);
        }
        assertEquals(0, panel.counted().takes.sum());
    }

    @Test
    void brokenMidiIsRefusedOrMended() throws Exception {
        byte[] good = json(get("/api/prompts/fur-elise").body()).get("midi").binaryValue();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(8); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(bad, 1 + random.nextInt(bad.length));
            HttpResponse<String> response = clip(cut);
            if (response.statusCode() == 200) {
                assertTrue(json(response.body()).get("notes").size() > 0, "seed " + seed);
            } else {
                String reason = refusal(400, response);
                assertTrue(reason.startsWith("the clip"), reason + ", seed " + seed);
            }
        }
        String midi = Base64.getEncoder().encodeToString(new byte[1000]);
        refusal(400, send(post("/api/takes", "{\"from\":{\"midi\":\"" + midi + "\"}}")));
    }

    @Test
    void aThousandRequestsThatAreCutOffLeaveNothingBehind() throws Exception {
        String body = "{\"from\":{\"prompt\":\"spring\"},\"bars\":256}";
        String whole = request(
                        "POST /api/takes",
                        host(),
                        Trust.KEY + ": " + key.text(),
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), panel.port())) {
                String part = whole.substring(0, random.nextInt(whole.length()));
                connection.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new AssertionError("request " + i + ", seed " + seed, e);
            }
        }
        await("all connections to be gone", () -> panel.emptyFor() > 0);
        assertEquals(0, panel.counted().takes.sum());
    }

    @Test
    void aRequestBeforeTheLastOneIsAnsweredEndsTheConnection() throws Exception {
        String take = "{\"bars\":256}";
        String first = "POST /api/takes HTTP/1.1\r\n" + host() + "\r\n" + Trust.KEY + ": " + key.text()
                + "\r\nContent-Length: " + take.length() + "\r\n\r\n" + take;
        String answer = raw(first + request("GET /api/about", host()));
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 200 "), answer);
        await("nobody to be served", () -> panel.emptyFor() > 0);
    }

    @Test
    void moreConnectionsThanThereAreToBeAreTurnedAway() throws Exception {
        Socket[] open = new Socket[limits().connections()];
        try {
            for (int i = 0; i < open.length; i++) {
                open[i] = new Socket(InetAddress.getLoopbackAddress(), panel.port());
            }
            assertEquals("", raw(request("GET /", host())));
            assertEquals(1, panel.counted().turnedAway.sum());
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await("the connections to be gone", () -> panel.emptyFor() > 0);
    }
}
