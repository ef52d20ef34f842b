package org.continuo.bridge.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret that only the owner of a file can read. Immutable, thread-safe. */
public final class Token {
    private static final int BYTES = 32;

    private final String text;
    private final byte[] bytes;

    private Token(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /** A new one of 256 random bits. */
    public static Token draw() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new Token(HexFormat.of().formatHex(random));
    }

    /** Compares in the same time however much of it is right. */
    public boolean equalTo(CharSequence given) {
        return MessageDigest.isEqual(bytes, given.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes port and token, a line each, into a file that only its owner may read; replaces one that is there. */
    void writeTo(Path file, int port) throws IOException {
        PrivateFiles.write(file, port + "\n" + text + "\n");
    }
}
