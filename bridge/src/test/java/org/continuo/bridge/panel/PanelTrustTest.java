package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.continuo.bridge.net.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whom the panel answers, and whom it does not. */
class PanelTrustTest extends PanelFixture {
    private static final String TAKE = "{\"bars\":1,\"instruments\":[\"piano\"]}";

    @Test
    void aPageThatGaveItsOwnNameToThisMachineIsRefused() throws Exception {
        for (String host : List.of(
                "evil.example",
                "evil.example:" + panel.port(),
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:" + panel.port(),
                "0.0.0.0:" + panel.port(),
                "")) {
            String answer = raw(request("GET /api/about", "Host: " + host));
            assertTrue(answer.startsWith("HTTP/1.1 403 "), host + ": " + answer);
        }
        assertTrue(raw(request("GET /api/about")).startsWith("HTTP/1.1 403 "), "without a host");
        assertTrue(raw(request("GET /api/about", host(), "Host: evil.example")).startsWith("HTTP/1.1 403 "), "two");
        for (String name : List.of("127.0.0.1", "localhost", "[::1]")) {
            assertTrue(raw(request("GET /api/about", "Host: " + name + ":" + panel.port()))
                    .startsWith("HTTP/1.1 200 "));
        }
        assertEquals(9, panel.counted().strangers.sum());
    }

    /** Not every user may listen there, so without a socket. */
    @Test
    void atThePortThatBrowsersLeaveUnsaidTheNameAloneIsRight() throws Exception {
        DefaultHttpRequest visit = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        visit.headers().set("Host", "127.0.0.1").set("Origin", "http://127.0.0.1");
        new Trust(80, key, new PanelCounters()).check(visit);
        visit.headers().set("Host", "evil.example").set("Origin", "http://evil.example");
        assertThrows(Refusal.class, () -> new Trust(80, key, new PanelCounters()).check(visit));
    }

    @Test
    void aRequestOfAnotherOriginIsRefusedEvenWithTheKey() throws Exception {
        for (String origin :
                List.of("http://evil.example", "null", "http://localhost:" + panel.port(), "https://127.0.0.1")) {
            HttpRequest request = withKey("/api/takes")
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.ofString(TAKE))
                    .build();
            refusal(403, send(request));
        }
        HttpRequest own = withKey("/api/takes")
                .header("Origin", "http://127.0.0.1:" + panel.port())
                .POST(HttpRequest.BodyPublishers.ofString(TAKE))
                .build();
        assertEquals(200, send(own).statusCode());
    }

    @Test
    void anotherSiteMayLeadTheUserToThePageAndNoFurther() throws Exception {
        String[] visit = {host(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};
        assertTrue(raw(request("GET /", visit)).startsWith("HTTP/1.1 200 "));
        assertTrue(raw(request("GET /api/about", visit)).startsWith("HTTP/1.1 403 "));
        for (String site : List.of("cross-site", "same-site")) {
            for (String mode : List.of("no-cors", "cors", "websocket")) {
                assertTrue(raw(request("GET /", host(), "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: " + mode))
                        .startsWith("HTTP/1.1 403 "));
            }
        }
        assertTrue(raw(request("GET /", host(), "Sec-Fetch-Site: cross-site", visit[2], "Sec-Fetch-Dest: iframe"))
                .startsWith("HTTP/1.1 403 "));
    }

    @Test
    void nothingThatCostsOrTellsAnythingIsDoneWithoutTheKey() throws Exception {
        for (String path : List.of("/api/takes", "/api/clips")) {
            refusal(
                    403,
                    send(to(path).POST(HttpRequest.BodyPublishers.ofString(TAKE))
                            .build()));
            for (String wrong : List.of("", "00", key.text().substring(1), key.text() + "0")) {
                refusal(
                        403,
                        send(to(path).header(Trust.KEY, wrong)
                                .POST(HttpRequest.BodyPublishers.ofString(TAKE))
                                .build()));
            }
        }
        refusal(403, get("/api/session/takes"));
        refusal(403, get("/api/session/takes/1"));
        assertEquals(12, panel.counted().withoutKey.sum());
        assertEquals(0, panel.counted().takes.sum());
        assertEquals(200, send(withKey("/api/session/takes").build()).statusCode());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theKeyIsItsOwnersAloneAndStaysTheSame() throws Exception {
        Path file = folder.resolve("run").resolve("panel.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(key.text(), Token.keptIn(file).text());
        Files.writeString(file, "not a key");
        Token other = Token.keptIn(file);
        assertNotEquals(key.text(), other.text());
        assertEquals(other.text(), Token.keptIn(file).text());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void anAddressThatIsOpenedForTheUserWorksOnce() throws Exception {
        String address = panel.addressToOpen();
        assertFalse(address.contains(key.text()));
        HttpRequest visit = to(URI.create(address)).build();
        HttpResponse<String> first = send(visit);
        assertEquals(303, first.statusCode());
        assertEquals(
                "/#key=" + key.text(), first.headers().firstValue("Location").orElseThrow());
        refusal(403, send(visit));
        refusal(403, get("/open/" + key.text()));
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
        for (String path : List.of("/", "/api/about", "/nothing.html")) {
            HttpResponse<String> response = get(path);
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals(
                    "no-referrer",
                    response.headers().firstValue("Referrer-Policy").orElseThrow());
            String policy =
                    response.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.contains("default-src 'none'"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
            assertFalse(policy.contains("unsafe-inline"), policy);
        }
    }
}
