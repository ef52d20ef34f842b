package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The page and what it is made of, out of the program itself: its own files, and under {@code /vendor/} those of the packages
 * that the build fetched. Nothing else can be named. Thread-safe.
 */
final class PageFiles {
    private static final String FIRST = "/index.html";
    private static final String VENDOR = "/vendor/";
    /** No part begins with a dot: there is no way up, and no hidden file. */
    private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._-]*){1,8}");

    private static final int TAG_BYTES = 16;
    private static final String TEXT = "; charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html" + TEXT),
            Map.entry("css", "text/css" + TEXT),
            Map.entry("js", "text/javascript" + TEXT),
            Map.entry("mjs", "text/javascript" + TEXT),
            Map.entry("json", "application/json"),
            Map.entry("txt", "text/plain" + TEXT),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("mid", "audio/midi"),
            Map.entry("wav", "audio/wav"),
            Map.entry("sf2", "application/octet-stream"),
            Map.entry("sf3", "application/octet-stream"));

    /** What has been found out of a file: it does not change while the program runs. */
    private record Known(String tag, long length) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Answers with a file, or with nothing where the browser has it. */
    void answer(Request request, Answer answer) throws Refusal {
        String path = request.path().equals("/") ? FIRST : request.path();
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(path).matches()) {
            throw unknown(path);
        }
        Known file = known.get(path);
        if (file == null) {
            file = look(path);
            known.put(path, file);
        }
        if (file.tag.equals(request.ifNoneMatch())) {
            answer.notModified("no-cache", file.tag);
        } else {
            answer.stream(type, "no-cache", file.tag, file.length, open(path));
        }
    }

    private static Refusal unknown(String path) {
        return new Refusal(NOT_FOUND, "there is nothing at " + path);
    }

    private static InputStream open(String path) throws Refusal {
        String resource = path.startsWith(VENDOR) ? path.substring(1) : "page" + path;
        InputStream in = PageFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw unknown(path);
        }
        return in;
    }

    private static Known look(String path) throws Refusal {
        try (DigestInputStream in = new DigestInputStream(open(path), MessageDigest.getInstance("SHA-256"))) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            byte[] hash = Arrays.copyOf(in.getMessageDigest().digest(), TAG_BYTES);
            return new Known('"' + HexFormat.of().formatHex(hash) + '"', length);
        } catch (IOException e) {
            throw unknown(path);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
