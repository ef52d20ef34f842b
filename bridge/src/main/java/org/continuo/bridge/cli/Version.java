package org.continuo.bridge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** The version this was built as; a snapshot goes by the version that it becomes, as packages and plugins do. */
final class Version implements CommandLine.IVersionProvider {
    /** Name and version in a word each. */
    static String line() throws IOException {
        return new Version().getVersion()[0];
    }

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {
            "continuo " + properties.getProperty("version").replace("-SNAPSHOT", ""),
            "Java " + Runtime.version().feature()
        };
    }
}
