package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's own files, as a browser asks for them. */
class PageFilesTest extends PanelFixture {
    /** Too large to lie among the sources: as large as what synthesizers play. */
    @BeforeAll
    static void makeLargeFile() throws Exception {
        Path classes = Path.of(PageFilesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path large = classes.resolve("org/continuo/bridge/panel/vendor/test/large.sf2");
        Files.createDirectories(large.getParent());
        byte[] bytes = new byte[4_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(large, bytes);
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = Panel.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void thePageIsServedAsItStandsAndOnlyOnce() throws Exception {
        HttpResponse<byte[]> page = client.send(to("/").build(), BodyHandlers.ofByteArray());
        assertEquals(200, page.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElseThrow());
        assertArrayEquals(resource("page/index.html"), page.body());
        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(to("/").header("If-None-Match", tag).build());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(
                200, send(to("/").header("If-None-Match", "\"other\"").build()).statusCode());
        assertEquals(tag, get("/index.html").headers().firstValue("ETag").orElseThrow());
    }

    @Test
    void aFileOfAPackageLiesBesideThePageAndMayBeLarge() throws Exception {
        byte[] large = resource("vendor/test/large.sf2");
        assertTrue(large.length > 3_000_000);
        HttpResponse<byte[]> response = client.send(to("/vendor/test/large.sf2").build(), BodyHandlers.ofByteArray());
        assertEquals(
                "application/octet-stream",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertArrayEquals(large, response.body());
    }

    @Test
    void theHeadOfAnAnswerIsTheSameWithoutIt() throws Exception {
        HttpRequest head =
                to("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> response = send(head);
        assertEquals(200, response.statusCode());
        assertEquals(
                resource("page/index.html").length,
                response.headers().firstValueAsLong("Content-Length").orElseThrow());
        assertEquals(200, get("/").statusCode());
    }

    @Test
    void aQuestionMarkAndWhatFollowsIsNotLookedAt() throws Exception {
        assertEquals(200, get("/?take=1").statusCode());
        assertEquals(200, get("/api/about?x").statusCode());
    }
}
