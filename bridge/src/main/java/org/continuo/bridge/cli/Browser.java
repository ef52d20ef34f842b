package org.continuo.bridge.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The user's browser, started by what each system has for it. Stateless. */
final class Browser {
    private Browser() {}

    /**
     * Shows an address; returns at once.
     *
     * @throws IOException where the system has nothing to show it with
     */
    static void show(String address) throws IOException {
        new ProcessBuilder(command(System.getProperty("os.name"), address))
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
}
