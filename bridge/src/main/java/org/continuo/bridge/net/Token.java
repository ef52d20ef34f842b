package org.continuo.bridge.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /**
     * The one that a file keeps, or a new one where there is no such file or it does not hold a token; nobody but its owner may
     * read the file. Its folder is made where there is none.
     *
     * @throws IOException with one line that says what stands in the way
     */
    public static Token keptIn(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        PrivateFiles.makeDirectory(path.getParent());
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= 4 * BYTES) {
            PrivateFiles.closeFile(path);
            String kept = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            if (kept.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
                return new Token(kept);
            }
        }
        Token token = draw();
        PrivateFiles.write(path, token.text + "\n");
        return token;
    }

    /** The secret itself. */
    public String text() {
        return text;
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
