package org.continuo.bridge.doctor;

import java.util.List;

/** The Java that runs us, and whether ONNX Runtime is built for this processor. */
public final class JavaCheck implements Check {
    private static final int OLDEST = 17;

    private final int version;
    private final String system;
    private final String processor;

    /** @param processor as in the property {@code os.arch} */
    public JavaCheck(int version, String system, String processor) {
        this.version = version;
        this.system = system;
        this.processor = processor;
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public List<Finding> look() {
        String found = "Java " + version + " on " + system + " " + processor;
        if (version < OLDEST) {
            return List.of(Finding.wrong(name(), found, "install Java " + OLDEST + " or newer"));
        }
        boolean arm = processor.equals("aarch64");
        boolean built = system.startsWith("Mac") ? arm : processor.equals("amd64") || arm && !system.startsWith("Win");
        return List.of(
                built
                        ? Finding.fine(name(), found)
                        : Finding.wrong(
                                name(),
                                found + ": there is no ONNX Runtime for it",
                                "use Linux (x64, ARM), Windows (x64) or a Mac with an ARM processor"));
    }
}
