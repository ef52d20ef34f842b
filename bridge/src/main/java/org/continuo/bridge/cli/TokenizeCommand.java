package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.continuo.engine.corpus.CorpusTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo tokenize}: a folder of music with a manifest becomes the arrays that training reads. */
@Command(
        name = "tokenize",
        description = "Writes the arrays that training reads from a folder of MIDI files with a manifest.tsv.")
final class TokenizeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "The folder that holds manifest.tsv.")
    private Path corpus;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where the arrays go.")
    private Path folder;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    TokenizeCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        CorpusTokenizer tokenizer = new CorpusTokenizer(corpus);
        CorpusTokenizer.Result result;
        try (ProgressBar bar = ProgressBar.onStandardError("tokenizing", tokenizer.files())) {
            result = tokenizer.writeTo(folder, done -> {
                bar.show(done);
                interruption.check();
            });
        }
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? new ObjectMapper().writeValueAsString(result)
                                : result.pieces() + " pieces, " + result.notes() + " notes, " + result.tokens()
                                        + " tokens; " + result.refused() + " files could not be read");
        return 0;
    }
}
