package org.continuo.engine.perform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.continuo.engine.model.NoteModel;

/** A program that runs the first scripts and prints the hash of all that was said in them. */
final class ScriptDigest {
    private ScriptDigest() {}

    public static void main(String[] arguments) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (NoteModel model = BandModel.load()) {
            for (long seed = 0; seed < Long.parseLong(arguments[0]); seed++) {
                digest.update(new HostScript(model, seed).run(10).getBytes(StandardCharsets.UTF_8));
            }
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
