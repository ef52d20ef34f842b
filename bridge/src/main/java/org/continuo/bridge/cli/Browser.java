package org.continuo.bridge.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The user's browser, started by what each system has for it. Stateless. */
final class Browser {
    /** Runs a program in a session of its own; Linux has it, and nobody else needs it. */
    private static final String APART = "setsid";

    private Browser() {}

    /**
     * Shows an address; returns at once. A browser that was not open yet outlives us: the Ctrl-C that ends the engine in a terminal is
     * none of its own.
     *
     * @throws IOException where the system has nothing to show it with
     */
    static void show(String address) throws IOException {
        List<String> command = new ArrayList<>(command(System.getProperty("os.name"), address));
        // Of a program that is missing setsid would say nothing.
        if (isInPath(APART) && isInPath(command.get(0))) {
            command.add(0, APART);
        }
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static List<String> command(String system, String address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
    }

    private static boolean isInPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
