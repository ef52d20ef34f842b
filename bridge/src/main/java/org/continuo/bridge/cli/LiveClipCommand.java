package org.continuo.bridge.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.continuo.bridge.daw.DawAnswer;
import org.continuo.bridge.daw.LiveClip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo live-clip}: the selected clip of Ableton Live. */
@Command(
        name = "live-clip",
        description =
                "Continues, accompanies or harmonizes the selected clip of Ableton Live, which needs AbletonOSC. Never"
                        + " run with Live yet.")
final class LiveClipCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "WORK",
            defaultValue = "CONTINUE",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private ClipWork.Kind kind;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "After --: options of that command, as --bars 8.")
    private List<String> options = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "11000",
            description = "Where AbletonOSC listens (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--replies",
            paramLabel = "N",
            defaultValue = "11001",
            description = "Where it answers to (default ${DEFAULT-VALUE}).")
    private int replies;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    LiveClipCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        for (int each : new int[] {port, replies}) {
            if (each < 1 || each > 65_535) {
                throw new UsageException("port " + each + " is not 1..65535");
            }
        }
        try (LiveClip clip = LiveClip.selected(port, replies)) {
            DawAnswer music = ClipWork.on(clip.read(), kind, options, interruption);
            int clips = clip.write(music, "Continuo: " + kind.name().toLowerCase(Locale.ROOT));
            spec.commandLine()
                    .getOut()
                    .println(music.notes().size() + " notes in " + clips + (clips == 1 ? " clip" : " clips"));
        }
        return 0;
    }
}
