package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Clients at a real socket, a real band, the shipped model. */
class StageTest extends EngineFixture {
    private static void takeParts(ScriptedClient client) {
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.say().part(9, "drums", "model");
    }

    /** Four quarters of C major, a key a beat. */
    private static void playChords(ScriptedClient client) throws InterruptedException {
        for (int beat = 0; beat < 4; beat++) {
            double at = client.transport.performance;
            client.say().noteOn(at, 0, 60, 90);
            client.say().noteOn(at, 0, 64, 80);
            client.playFor(0.9);
            client.say().noteOff(client.transport.performance, 0, 60);
            client.say().noteOff(client.transport.performance, 0, 64);
            client.playFor(0.1);
        }
    }

    @Test
    void aClientThatPlaysIsAnsweredWithPlansForItsModelsParts() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            takeParts(client);
            client.play();
            playChords(client);
            client.await(
                    "notes planned",
                    () -> client.plans().stream().mapToInt(p -> p.ons().size()).sum() > 0);

            double end = client.transport.performance;
            Set<Integer> channels = new HashSet<>();
            Set<Integer> notes = new HashSet<>();
            int revision = 0;
            for (ScriptedClient.Plan plan : client.plans()) {
                assertEquals(1, plan.epoch());
                assertTrue(plan.revision() >= revision);
                revision = plan.revision();
                assertTrue(plan.from() <= plan.to() && plan.to() <= end + 8, plan.toString());
                for (ScriptedClient.On on : plan.ons()) {
                    assertTrue(on.at() >= plan.from() && on.at() < plan.to(), plan.toString());
                    assertTrue(notes.add(on.note()), "told twice: " + on);
                    channels.add(on.channel());
                }
            }
            assertTrue(Set.of(1, 9).containsAll(channels), channels.toString());
            assertTrue(client.counter("heard") >= 8);
            assertEquals(
                    List.of(),
                    client.words().stream()
                            .filter(w -> !w.startsWith("welcome"))
                            .toList());
        }
    }

    @Test
    void twoClientsOfOneBandEachGetTheNotesOfTheirOwnPartsInTheirOwnTime() throws Exception {
        try (ScriptedClient piano = ScriptedClient.in("song", socket);
                ScriptedClient drums = ScriptedClient.in("song", socket)) {
            piano.say().part(1, "piano", "model");
            piano.say().set("temperature", 3); // so that neither part is silent for long
            drums.say().part(9, "drums", "model");
            drums.counter("too_fast"); // who has no part yet hears all, and two sockets are read in any order
            // The drums' plugin has been there for longer: its performance time and epochs are further on.
            drums.transport.performance = 1000;
            drums.transport.epoch = 70;
            piano.play();
            piano.counter("too_fast"); // whose host has not been heard of lives in the time of the other's
            drums.play();
            // A busy machine plays late, so as long as it takes, but two seconds at least and a minute at most.
            for (int i = 0; i < 100 || i < 3000 && !(piano.hasNotes() && drums.hasNotes()); i++) {
                Thread.sleep(20);
                piano.tick();
                drums.tick();
            }
            drums.await(
                    "drums", () -> drums.plans().stream().anyMatch(p -> !p.ons().isEmpty()));
            piano.await(
                    "piano", () -> piano.plans().stream().anyMatch(p -> !p.ons().isEmpty()));

            assertEquals(Set.of(1), channels(piano));
            assertEquals(Set.of(9), channels(drums));
            assertTrue(piano.plans().stream().allMatch(p -> p.epoch() == 1 && p.to() < 100));
            assertTrue(
                    drums.plans().stream().filter(p -> p.epoch() == 71).allMatch(p -> p.from() > 999),
                    "in its own time");
            assertTrue(drums.plans().stream().anyMatch(p -> p.epoch() == 71));

            // The drums are taken, and play on when the piano, the band's clock, has gone.
            piano.say().part(9, "drums", "model");
            piano.await("a refusal", () -> piano.heard("refused /continuo/part another session"));
            piano.vanish();
            double gone = drums.transport.performance;
            drums.playFor(3);
            drums.await("drums after the piano", () -> drums.plans().stream().anyMatch(p -> p.to() > gone + 2));
            piano.await("the end", piano::isClosed);
        }
    }

    @Test
    void aPartThatNobodyPlaysIsFreeAndStaysWithWhoTakesIt() throws Exception {
        try (ScriptedClient second = ScriptedClient.in("song", socket)) {
            second.say().part(9, "drums", "musician");
            try (ScriptedClient first = ScriptedClient.in("song", socket)) {
                first.say().part(1, "piano", "model");
                first.counter("too_fast"); // two sockets are read in any order
                second.say().part(1, "bass", "model");
                second.await("a refusal", () -> second.heard("refused /continuo/part another session"));
                first.say().part(1, "piano", "nobody");
                first.counter("too_fast");
                second.say().part(1, "bass", "model");
                second.say().set("temperature", 3); // so that it is not silent for long
                assertEquals(1, second.counter("taken"));
                first.say().part(1, "piano", "model");
                first.await("a refusal", () -> first.heard("refused /continuo/part another session"));
                second.play();
                second.playUntilPlanned();
                assertEquals(Set.of(), channels(first), "told the notes of another's part");
            }
            second.await("the first to be gone", () -> engine.stage().sessions() == 1);
            int plans = second.planCount();
            for (int i = 0;
                    i < 40
                            && second.plans().stream().skip(plans).allMatch(p -> p.ons()
                                    .isEmpty());
                    i++) {
                second.playFor(0.5);
            }
            assertTrue(
                    second.plans().stream().skip(plans).anyMatch(p -> !p.ons().isEmpty()),
                    "the part went with who had it before");
        }
    }

    @Test
    void aPartThatIsHeldIsPlayedByNobodyAndStaysWithWhoHoldsIt() throws Exception {
        try (ScriptedClient second = ScriptedClient.in("song", socket)) {
            second.say().watch();
            try (ScriptedClient first = ScriptedClient.in("song", socket)) {
                first.say().part(1, "bass", "model");
                first.say().part(1, "bass", "held");
                first.say().part(1, "bass", "held");
                assertEquals(0, first.counter("unknown_name"));
                second.await("nobody on channel 1", () -> second.heard("heardPart 1 bass nobody"));
                second.say().part(1, "bass", "model");
                second.await("a refusal", () -> second.heard("refused /continuo/part another session"));
                second.say().part(1, "bass", "held");
                assertEquals(2, second.counter("taken"));

                // What the take played is the model's again, where it was.
                first.say().part(1, "bass", "model");
                first.say().set("temperature", 3); // so that it is not silent for long
                first.play();
                first.playUntilPlanned();
                assertEquals(Set.of(1), channels(first));
                first.say().part(1, "bass", "held");
            }
            second.await("the first to be gone", () -> engine.stage().sessions() == 1);
            second.say().part(1, "bass", "model");
            assertEquals(2, second.counter("taken"));
            assertEquals(
                    List.of(
                            "heardPart 1 bass model",
                            "heardPart 1 bass nobody",
                            "heardPart 1 bass model",
                            "heardPart 1 bass nobody",
                            "heardPart 1 bass nobody",
                            "heardPart 1 bass model"),
                    second.words().stream()
                            .filter(word -> word.startsWith("heardPart"))
                            .toList());
        }
    }

    private static Set<Integer> channels(ScriptedClient client) {
        Set<Integer> channels = new TreeSet<>();
        client.plans().forEach(plan -> plan.ons().forEach(on -> channels.add(on.channel())));
        return channels;
    }

    @Test
    void whoIsRefusedThePartsOfAnotherDoesNotPlayThemTwice() throws Exception {
        try (ScriptedClient first = ScriptedClient.in("song", socket);
                ScriptedClient second = ScriptedClient.in("song", socket)) {
            takeParts(first);
            first.counter("too_fast"); // they are taken
            takeParts(second);
            second.await(
                    "three refusals",
                    () -> second.words().stream()
                                    .filter(word -> word.startsWith("refused /continuo/part"))
                                    .count()
                            == 3);
            first.play();
            second.play();
            for (int i = 0; i < 1000 && !first.hasNotes(); i++) {
                Thread.sleep(20);
                first.tick();
                second.tick();
            }
            assertTrue(first.hasNotes());
            int told = second.planCount();
            second.await("the next plan", () -> {
                first.tick();
                second.tick();
                return second.planCount() > told;
            });
            assertEquals(Set.of(), channels(second));
        }
    }

    @Test
    void aPlanOfAnEpochIsNeverToldInAnother() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            takeParts(client);
            client.play();
            client.playFor(2);
            for (int seek = 0; seek < 5; seek++) {
                client.transport.beat = 32 * seek;
                client.transport.barStart = client.transport.beat;
                client.play();
                int epoch = client.transport.epoch;
                double from = client.transport.performance;
                client.playFor(1);
                client.await(
                        "a plan after the seek", () -> client.plans().stream().anyMatch(p -> p.epoch() == epoch));
                assertTrue(
                        client.plans().stream().filter(p -> p.epoch() == epoch).allMatch(p -> p.from() >= from - 1e-9));
            }
            client.stop();
            Thread.sleep(100);
            int plans = client.planCount();
            Thread.sleep(300);
            assertEquals(plans, client.planCount(), "a stopped host gets no plans");
        }
    }

    @Test
    void aClientThatIsGoneLeavesNoBandBehind() throws Exception {
        ScriptedClient client = ScriptedClient.in("song", socket);
        takeParts(client);
        client.play();
        client.say().noteOn(0, 0, 60, 90);
        client.playFor(1);
        assertEquals(1, engine.stage().sessions());
        client.vanish();
        client.await("the end", () -> engine.stage().sessions() == 0 && threads() == 0);
        assertTrue(engine.emptyFor() > 0);
    }

    @Test
    void whoLeavesWithThePedalDownLeavesNothingHeld() throws Exception {
        try (ScriptedClient band = ScriptedClient.in("song", socket)) {
            band.say().part(1, "bass", "model");
            band.say().set("temperature", 2); // so that it is not silent for long
            band.say().set("mode", "continue");
            band.transport.tempo = 240;
            band.play();
            try (ScriptedClient keyboard = ScriptedClient.in("song", socket)) {
                double at = band.transport.performance;
                keyboard.say().control(at, 0, 64, 127);
                keyboard.say().noteOn(at, 0, 60, 90);
                keyboard.say().noteOff(at, 0, 60);
            }
            for (int i = 0; i < 24 && !band.hasNotes(); i++) {
                band.playFor(1);
            }
            assertTrue(band.hasNotes(), "the model waits for a note that nobody holds");
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("continuo-band"))
                .count();
    }

    @Test
    void anEngineThatEndsTakesBackItsPlansAndEndsWhatSounds() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            takeParts(client);
            client.play();
            playChords(client);
            client.await("notes planned", () -> client.plans().stream()
                    .anyMatch(p -> !p.ons().isEmpty()));
            assertTrue(engine.end());
            client.await("the end", client::isClosed);

            List<ScriptedClient.Plan> plans = client.plans();
            ScriptedClient.Plan last = plans.get(plans.size() - 1);
            assertTrue(last.revision() > plans.get(plans.size() - 2).revision());
            assertEquals(List.of(), last.ons());
            assertTrue(plans.stream().anyMatch(plan -> !plan.ons().isEmpty()));
            assertEquals(Set.of(), soundingAt(last.from(), plans));
        }
    }

    /** The notes that a client has sounding at {@code now} when it does with these plans what SPEC.md section 8.4 says. */
    static Set<Integer> soundingAt(double now, List<ScriptedClient.Plan> plans) {
        Map<Integer, Double> ons = new TreeMap<>();
        Map<Integer, Double> offs = new TreeMap<>();
        int revision = 0;
        for (ScriptedClient.Plan plan : plans) {
            if (plan.revision() > revision) {
                revision = plan.revision();
                ons.values().removeIf(at -> at >= plan.from());
                offs.values().removeIf(at -> at >= plan.from());
            }
            plan.ons().forEach(on -> ons.put(on.note(), on.at()));
            plan.offs().forEach(off -> offs.put(off.note(), off.at()));
        }
        ons.values().removeIf(at -> at >= now);
        offs.values().removeIf(at -> at > now);
        ons.keySet().removeAll(offs.keySet());
        return ons.keySet();
    }
}
