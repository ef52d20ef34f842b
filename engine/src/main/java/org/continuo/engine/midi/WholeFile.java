package org.continuo.engine.midi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts a file in place in one step, so that neither a failure nor a reader ever meets half of it. Stateless, thread-safe. */
public final class WholeFile {
    private static final int NAMES_TRIED = 100;

    private WholeFile() {}

    /** What is done at a file's place. */
    private interface Work {
        void at(Path target) throws IOException;
    }

    /**
     * Writes a file, or what is at the end of a link. What is no file, such as a pipe, is written to. Blocks on the disk.
     *
     * @throws MidiFileException with one line that says why it cannot be written; what was there is there still
     */
    public static void write(Path file, byte[] content) throws MidiFileException {
        work(file, target -> {
            if (isNoFile(target)) {
                Files.write(target, content);
            } else {
                replace(target, content);
            }
        });
    }

    /**
     * Finds out, before work is done for it, whether a file can be put there: one beside it is made and taken away. Nothing
     * is known of the room there will be.
     *
     * @throws MidiFileException as {@link #write}
     */
    public static void checkPlace(Path file) throws MidiFileException {
        work(file, target -> {
            if (!isNoFile(target)) {
                Files.delete(createBeside(target));
            }
        });
    }

    private static boolean isNoFile(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target);
    }

    private static void work(Path file, Work work) throws MidiFileException {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        try {
            if (Files.isDirectory(file)) {
                throw new MidiFileException(name, "is a folder; name a file in it");
            }
            // A link stays one: what it points to is replaced.
            work.at(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath());
        } catch (NoSuchFileException e) {
            throw new MidiFileException(name, "cannot be written: there is no folder " + file.getParent(), e);
        } catch (MidiFileException e) {
            throw e;
        } catch (IOException e) {
            throw new MidiFileException(name, "cannot be written (" + reason(e) + ")", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path draft = createBeside(target);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A new file in the target's folder, with the rights any new file gets there. */
    private static Path createBeside(Path target) throws IOException {
        for (int i = 0; ; i++) {
            Path draft = target.resolveSibling("." + target.getFileName() + "." + i + ".part");
            try {
                return Files.createFile(draft);
            } catch (FileAlreadyExistsException e) {
                if (i == NAMES_TRIED) {
                    throw e;
                }
            }
        }
    }
}
