package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Watching a band at a real socket. SPEC.md section 6.9. */
class WatchTest extends EngineFixture {
    private ScriptedClient player() throws Exception {
        ScriptedClient player = ScriptedClient.in("song", socket);
        player.say().part(0, "piano", "musician");
        player.say().part(1, "bass", "model");
        player.say().set("temperature", 3); // so that it is not silent for long
        return player;
    }

    @Test
    void whoWatchesIsToldWhatTheMusicianDoesAndWhatBecomesOfThePlan() throws Exception {
        try (ScriptedClient player = player();
                ScriptedClient page = ScriptedClient.in("song", socket)) {
            page.say().watch();
            player.play();
            player.say().noteOn(player.transport.performance, 0, 60, 90);
            player.playFor(0.5);
            player.say().noteOff(player.transport.performance, 0, 60);
            ScriptedClient.On on = player.playUntilPlanned();
            player.say().sounded(on.note(), on.at());
            player.say().sounded(999_999, on.at()); // no note of this engine
            player.say().missed(on.note());
            page.await("the notes", () -> page.heard("heardMissed " + on.note()));
            List<String> words = page.words();
            assertTrue(words.contains("heardPart 0 piano musician"), words.toString());
            assertTrue(words.contains("heardPart 1 bass model"), words.toString());
            assertTrue(words.contains("heardSet temperature 3.0"), words.toString());
            assertTrue(words.contains("heardOn 0 60 90"), words.toString());
            assertTrue(words.contains("heardOff 0 60"), words.toString());
            assertTrue(words.contains("heardSounded " + on.note()), words.toString());
            assertFalse(page.heard("heardSounded 999999"), words.toString());
            assertTrue(page.plans().stream().anyMatch(plan -> plan.ons().stream()
                    .anyMatch(told -> told.note() == on.note() && told.channel() == 1)));
            player.stop();
            page.await("the stop", () -> page.heard("heardTransport stopped"));
        }
    }

    @Test
    void aPartThatIsSaidAgainChangesNothingAndOneThatAnotherHasIsGivenUpWithoutARefusal() throws Exception {
        try (ScriptedClient player = player();
                ScriptedClient page = ScriptedClient.in("song", socket)) {
            player.counter("too_fast"); // two sockets are read in any order
            page.say().watch();
            page.say().part(1, "bass", "nobody");
            assertEquals(0, page.counter("taken"));
            player.say().part(1, "bass", "model");
            player.say().part(1, "cello", "model");
            page.await("the change", () -> page.heard("heardPart 1 cello model"));
            player.say().part(1, "cello", "nobody");
            player.say().part(1, "cello", "nobody");
            player.say().part(1, "harp", "model");
            page.await("the change", () -> page.heard("heardPart 1 harp model"));
            assertEquals(
                    List.of(
                            "heardPart 1 bass model",
                            "heardPart 1 cello model",
                            "heardPart 1 cello nobody",
                            "heardPart 1 harp model"),
                    page.words().stream()
                            .filter(word -> word.startsWith("heardPart 1"))
                            .toList());
        }
    }

    @Test
    void whoComesLateIsToldHowTheBandStands() throws Exception {
        try (ScriptedClient player = player()) {
            player.say().set("mode", "accompany");
            player.play();
            player.playUntilPlanned();
            try (ScriptedClient page = ScriptedClient.in("song", socket)) {
                page.say().watch();
                page.await("the transport", () -> page.heard("heardTransport playing"));
                page.await("the set mode", () -> page.heard("heardSet mode accompany"));
                player.playFor(0.5);
                page.await("a plan", () -> page.planCount() > 0);
            }
        }
    }

    @Test
    void whoComesLateIsToldWhatWasPlayedOnceAndWhichKeysAreHeld() throws Exception {
        try (ScriptedClient player = player()) {
            player.play();
            double begin = player.transport.performance;
            player.say().noteOn(begin, 0, 60, 90);
            player.playFor(0.5);
            player.say().noteOff(begin + 0.25, 0, 60);
            player.say().noteOn(begin + 0.5, 0, 64, 70);
            ScriptedClient.On on = player.playUntilPlanned();
            player.say().sounded(on.note(), on.at());
            player.say().ping(5);
            player.await("the pong", () -> player.heard("pong 5"));
            try (ScriptedClient page = ScriptedClient.in("song", socket)) {
                page.say().watch();
                page.await("the bass", () -> page.heard("heardPlayed model 1 " + on.pitch()));
                List<String> words = page.words();
                assertTrue(
                        words.contains("heardPlayed musician 0 60 90 " + begin + " " + (begin + 0.25)),
                        words.toString());
                assertTrue(words.contains("heardOn 0 64 70"), words.toString());
                page.say().watch();
                page.await(
                        "the transport again",
                        () -> page.words().stream()
                                        .filter(word -> word.startsWith("heardTransport"))
                                        .count()
                                >= 2);
                page.say().ping(6);
                page.await("the pong", () -> page.heard("pong 6"));
                assertEquals(2, played(page).size());
            }
        }
    }

    @Test
    void aKeyOfWhoseHostStandsIsHeardInABandThatPlaysWhenItIsStruck() throws Exception {
        try (ScriptedClient player = player();
                ScriptedClient other = ScriptedClient.in("song", socket)) {
            player.play();
            player.playFor(0.1);
            other.say().transport(other.transport);
            player.playFor(4);
            other.say().noteOn(other.transport.performance, 5, 72, 90);
            other.counter("too_fast"); // two sockets are read in any order
            double after = player.transport.performance;
            player.playFor(0.5);
            other.say().noteOff(other.transport.performance, 5, 72);
            other.counter("too_fast");
            try (ScriptedClient page = ScriptedClient.in("song", socket)) {
                page.say().watch();
                page.await("the note", () -> page.heard("heardPlayed musician 5 72 90 "));
                String[] word = played(page).get(0).split(" ");
                assertEquals(after, Double.parseDouble(word[5]), 1, played(page).get(0));
                assertEquals(
                        after + 0.5,
                        Double.parseDouble(word[6]),
                        1,
                        played(page).get(0));
            }
        }
    }

    @Test
    void ofManyNotesWhoComesLateIsToldTheLatest() throws Exception {
        int many = Tape.TOLD + 100;
        try (ScriptedClient player = ScriptedClient.in("song", socket)) {
            player.say().part(0, "piano", "musician");
            player.play();
            for (int i = 0; i < many; i++) {
                double at = player.transport.performance;
                player.say().noteOn(at, 0, i % 128, 90);
                player.say().noteOff(at, 0, i % 128);
                if (i % 32 == 0) {
                    player.playFor(0.05);
                }
            }
            player.say().ping(5);
            player.await("the pong", () -> player.heard("pong 5"));
            try (ScriptedClient page = ScriptedClient.in("song", socket)) {
                page.say().watch();
                page.await("the last note", () -> played(page).size() == Tape.TOLD);
                page.say().ping(6);
                page.await("the pong", () -> page.heard("pong 6"));
                List<String> played = played(page);
                assertEquals(Tape.TOLD, played.size());
                assertTrue(played.get(0).startsWith("heardPlayed musician 0 " + 100 % 128 + " "), played.get(0));
            }
        }
    }

    private static List<String> played(ScriptedClient page) {
        return page.words().stream()
                .filter(word -> word.startsWith("heardPlayed"))
                .toList();
    }

    @Test
    void whoDoesNotWatchIsToldNothingOfIt() throws Exception {
        try (ScriptedClient player = player();
                ScriptedClient other = ScriptedClient.in("song", socket);
                ScriptedClient elsewhere = ScriptedClient.in("another song", socket)) {
            elsewhere.say().watch();
            player.play();
            player.say().noteOn(player.transport.performance, 0, 60, 90);
            player.playFor(0.5);
            for (ScriptedClient client : List.of(other, elsewhere)) {
                client.say().ping(3);
                client.await("the pong", () -> client.heard("pong 3"));
            }
            assertFalse(other.heard("heard"), other.words().toString());
            assertFalse(elsewhere.heard("heardOn"), elsewhere.words().toString());
        }
    }

    @Test
    void theKeysOfWhoLeavesAreToldAsLetGoAndTheirPartsAsNobodys() throws Exception {
        try (ScriptedClient page = ScriptedClient.in("song", socket)) {
            page.say().watch();
            try (ScriptedClient player = player()) {
                player.play();
                player.say().noteOn(player.transport.performance, 0, 60, 90);
                page.await("the note", () -> page.heard("heardOn 0 60"));
            }
            page.await("the key", () -> page.heard("heardOff 0 60"));
            page.await("the part", () -> page.heard("heardPart 0 piano nobody"));
        }
    }

    @Test
    void aWatcherIsRefusedBeforeHelloAndCountedLikeAnyOther() throws Exception {
        try (ScriptedClient page = new ScriptedClient(socket)) {
            page.say().watch();
            page.say().bands();
            page.say().keepUntil(4);
            page.say().discardFrom(4);
            page.await("the refusals", () -> page.words().size() == 4);
            for (String word : page.words()) {
                assertTrue(word.endsWith("say hello first"), word);
            }
        }
    }

    @Test
    void bandsAreToldByNameAndSize() throws Exception {
        try (ScriptedClient one = ScriptedClient.in("song", socket);
                ScriptedClient two = ScriptedClient.in("song", socket);
                ScriptedClient three = ScriptedClient.in("other", socket)) {
            three.say().bands();
            three.await("the bands", () -> three.heard("band song 2") && three.heard("band other 1"));
            assertEquals(0, two.planCount() + one.planCount());
        }
    }
}
