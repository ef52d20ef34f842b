package org.continuo.bridge.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.continuo.bridge.os.NativeCode;

/** What went wrong, in one line for the user. */
final class Complaint {
    private static final int LONGEST = 500;

    private Complaint() {}

    static String about(Throwable problem) {
        String line = sentence(problem).replaceAll("\\s+", " ").strip();
        return "continuo: " + (line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line);
    }

    private static String sentence(Throwable problem) {
        if (problem instanceof LinkageError link) {
            return nativeCode(link);
        }
        String message = problem.getMessage();
        Throwable cause = problem.getCause();
        if (cause != null && (message == null || message.equals(cause.toString()))) {
            // A mere wrapper.
            return sentence(cause);
        }
        if (problem instanceof NoSuchFileException) {
            return message + ": no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return message + ": no permission";
        }
        if (problem instanceof FileSystemException file && file.getReason() == null) {
            return message + ": " + problem.getClass().getSimpleName();
        }
        if (problem instanceof OutOfMemoryError) {
            return "out of memory (" + message + "); a shorter clip or fewer threads need less";
        }
        if (problem instanceof StackOverflowError) {
            return "nested too deeply";
        }
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    }

    /** The reason last: it may be long. */
    private static String nativeCode(LinkageError problem) {
        String remedy = NativeCode.remedy(problem);
        return "native code does not load on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + "; "
                + (remedy == null
                        ? "ONNX Runtime is built for Linux and Windows on x64, and Linux and macOS on ARM"
                        : remedy)
                + " (" + NativeCode.reason(problem) + ")";
    }
}
