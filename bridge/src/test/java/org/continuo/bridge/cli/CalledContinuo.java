package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One call of the command line and what came of it. */
record CalledContinuo(int code, String out, String err) {
    static CalledContinuo with(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Continuo.commandLine(Interruption.never())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = line.execute(words);
        return new CalledContinuo(code, out.toString(), err.toString());
    }

    /** Whether a user finds one short message and nothing of the program's inside. */
    boolean complainsInOneLine() {
        return out.isEmpty() && err.strip().lines().count() == 1 && err.startsWith("continuo: ") && isPlain();
    }

    boolean isPlain() {
        return !err.contains("Exception") && !err.contains("\tat ") && !err.contains("org.continuo");
    }
}
