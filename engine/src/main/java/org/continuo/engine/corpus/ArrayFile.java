package org.continuo.engine.corpus;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A raw array on disk, little-endian, written from front to back. Not thread-safe. */
final class ArrayFile implements Closeable {
    private final OutputStream out;
    private final int bytesPerValue;

    /** @param bytesPerValue 1, 2 or 4 */
    ArrayFile(Path file, int bytesPerValue) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.bytesPerValue = bytesPerValue;
    }

    void write(int value) throws IOException {
        for (int i = 0; i < bytesPerValue; i++) {
            out.write(value >>> (8 * i));
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
