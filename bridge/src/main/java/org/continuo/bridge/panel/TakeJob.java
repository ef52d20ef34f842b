package org.continuo.bridge.panel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Seeds;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Critic;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Score;

/**
 * One request for takes: made one after the other, each told while it is made, until nobody waits for them any more or there is
 * enough of them.
 */
final class TakeJob {
    private final Recipe recipe;
    private final TakeLines lines;
    private final PanelCounters counters;
    private int request;
    private volatile boolean enough;

    TakeJob(Recipe recipe, TakeLines lines, PanelCounters counters) {
        this.recipe = recipe;
        this.lines = lines;
        this.counters = counters;
    }

    TakeLines lines() {
        return lines;
    }

    /** What it is called by who wants to end it. */
    int request() {
        return request;
    }

    /** There is enough: the take that is being made ends where it stands, and is kept. Any thread. */
    void end() {
        enough = true;
    }

    /** Tells what is going to be made, and the number of this request. */
    void announce(int request) {
        this.request = request;
        Prompt prompt = recipe.opening().prompt();
        lines.begin();
        lines.say("begun", out -> {
            out.writeNumberField("request", request);
            out.writeFieldName("given");
            recipe.given().write(out);
            out.writeNumberField(
                    "from", (double) (prompt.join() + recipe.opening().origin()) / Score.TICKS_PER_QUARTER);
            out.writeFieldName("recipe");
            recipe.write(out);
        });
    }

    /** So many are served first. */
    void waits(int before) {
        lines.say("waiting", out -> out.writeNumberField("before", before));
    }

    /** Makes them. Blocks while the model computes. */
    void run(Models models) {
        try {
            List<Double> scores = lines.isWanted() ? make(models.get(recipe.model())) : List.of();
            if (scores.size() < recipe.takes() && !enough) {
                counters.stopped.increment();
                fail("stopped");
                return;
            }
            List<Integer> best = new ArrayList<>();
            for (int take = 0; take < scores.size(); take++) {
                best.add(take);
            }
            best.sort(Comparator.comparing((Integer take) -> scores.get(take)).reversed());
            lines.say("done", out -> {
                out.writeArrayFieldStart("best");
                for (int take : best) {
                    out.writeNumber(take);
                }
                out.writeEndArray();
            });
            lines.end();
        } catch (ModelException | RuntimeException | Error e) {
            counters.failed.increment();
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** It will not be made. */
    void fail(String why) {
        lines.say("failed", out -> out.writeStringField("error", why));
        lines.end();
    }

    /** What the critic says of each take; fewer than were asked for where it was stopped. */
    private List<Double> make(NoteModel model) {
        List<Double> scores = new ArrayList<>();
        Prompt prompt = recipe.opening().prompt();
        Critic critic = new Critic();
        try (Continuer continuer = new Continuer(model, prompt, recipe.conditions())) {
            for (long seed : Seeds.of(recipe.seed(), recipe.takes())) {
                int number = scores.size();
                lines.say("take", out -> {
                    out.writeNumberField("take", number);
                    out.writeNumberField("seed", seed);
                });
                TakeTeller teller = new TakeTeller(recipe, lines, number, () -> enough);
                long begun = System.nanoTime();
                Take take = continuer.take(recipe.extent(), recipe.sampling(), seed, teller);
                boolean isKept = take.complete() || enough && !take.notes().isEmpty();
                if (!isKept) {
                    return scores;
                }
                counters.takes.increment();
                double score = critic.judge(prompt, take);
                teller.finished(take, (System.nanoTime() - begun) / 1e9, score);
                scores.add(score);
                if (enough) {
                    return scores;
                }
            }
        }
        return scores;
    }
}
