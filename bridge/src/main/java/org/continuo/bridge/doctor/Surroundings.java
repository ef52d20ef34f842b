package org.continuo.bridge.doctor;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where an installation lies: the same for every check, and another in tests.
 *
 * @param environment value of a variable, null where it is not set
 * @param home the user's folder
 * @param system as in the property {@code os.name}
 * @param root "/" but for tests; what the system itself holds lies below it
 */
public record Surroundings(UnaryOperator<String> environment, Path home, String system, Path root) {
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System::getenv,
                Path.of(System.getProperty("user.home")),
                System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")).toAbsolutePath().getRoot());
    }

    boolean isMac() {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    boolean isWindows() {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** A folder that a variable names, else {@code otherwise}. */
    Path named(String variable, Path otherwise) {
        String value = environment.apply(variable);
        return value == null || value.isEmpty() ? otherwise : Path.of(value);
    }
}
