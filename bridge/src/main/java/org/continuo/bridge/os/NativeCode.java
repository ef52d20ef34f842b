package org.continuo.bridge.os;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Why ONNX Runtime's native code did not load. It is unpacked into the folder for temporary files first, which may be full, closed
 * to us, or no place that programs may run from. Stateless.
 */
public final class NativeCode {
    /** Twice what it takes. */
    private static final long ROOM_MEBIBYTES = 64;

    /** The system's words where a folder is mounted "noexec". */
    private static final String NOT_TO_BE_RUN = "failed to map segment";

    private NativeCode() {}

    /** What the system said; fits into a line. */
    public static String reason(LinkageError problem) {
        Throwable first = problem;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        if (first instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + " cannot be made";
        }
        return String.valueOf(first.getMessage()).replaceAll("\\s+", " ");
    }

    /** What to do about the folder for temporary files, in a line; null where that is not in the way. */
    public static String remedy(LinkageError problem) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!reason(problem).contains(NOT_TO_BE_RUN) && hasRoom(folder)) {
            return null;
        }
        return "see that " + folder + " can be written to, has " + ROOM_MEBIBYTES + " MB of room and lets programs run"
                + " (no noexec), or name another folder: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER";
    }

    private static boolean hasRoom(Path folder) {
        try {
            return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() >= ROOM_MEBIBYTES << 20;
        } catch (IOException e) {
            return false;
        }
    }
}
