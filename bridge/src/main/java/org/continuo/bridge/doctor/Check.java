package org.continuo.bridge.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one side of the installation. May block for seconds; changes nothing. */
public interface Check {
    /** One word or two, for people and programs. */
    String name();

    /** What it finds; what it cannot look at is thrown, and becomes a finding of its own. */
    List<Finding> look() throws IOException, InterruptedException;
}
