package org.continuo.bridge.net;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where the engine's local socket lies, for engine and plugin alike. */
public final class SocketPath {
    /** Names the socket's path in the environment. */
    public static final String VARIABLE = "CONTINUO_SOCKET";

    private static final Path IN_ITS_PLACE = Path.of("continuo", "engine.sock");

    private SocketPath() {}

    /**
     * {@code $CONTINUO_SOCKET}; else in {@code $XDG_RUNTIME_DIR/continuo}; else in {@code ~/.continuo/run}.
     *
     * @param environment value of a variable, null where it is not set
     */
    public static Path usual(UnaryOperator<String> environment, Path home) {
        String named = environment.apply(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        String runtime = environment.apply("XDG_RUNTIME_DIR");
        if (runtime != null && Path.of(runtime).isAbsolute()) {
            return Path.of(runtime).resolve(IN_ITS_PLACE);
        }
        return home.resolve(".continuo").resolve("run").resolve(IN_ITS_PLACE.getFileName());
    }

    /** {@link #usual(UnaryOperator, Path)} of this process. */
    public static Path usual() {
        return usual(System::getenv, Path.of(System.getProperty("user.home")));
    }
}
