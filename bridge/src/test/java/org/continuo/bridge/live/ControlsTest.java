package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.protocol.message.Reason;
import org.junit.jupiter.api.Test;

/** The controls of SPEC.md section 6, said at the socket. */
class ControlsTest extends EngineFixture {
    private static ScriptedClient playing(ScriptedClient client) {
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.say().set("temperature", 2); // so that it is not silent for long
        client.play();
        return client;
    }

    @Test
    void everySettingOfTheTableIsTakenAndItsWrongValuesAreRefused() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            for (String mode : new String[] {"trade", "harmonize", "accompany"}) {
                client.say().set("mode", mode);
            }
            client.say().set("trade-bars", 8);
            client.say().set("register-low", 30);
            client.say().set("register-high", 50);
            client.say().set("scale-lock", "F#m");
            client.say().set("scale-lock", "open");
            client.say().set("chords", "C Am F G7/B");
            client.say().set("chords", "open");
            client.say().set("follow", 0.5);
            client.say().set("fade", 4);
            client.say().set("end", 4);
            client.say().set("end", -1);
            client.say().register(1, 50, 30);
            client.say().keep();
            client.say().discard();
            client.say().panic();
            client.say().ping(1);
            client.await("the answer", () -> client.heard("pong 1"));
            assertTrue(!client.heard("refused"), () -> client.words().toString());

            client.say().set("scale-lock", "H");
            client.say().set("chords", "C H");
            client.say().set("mode", "dance");
            client.await(
                    "three refusals",
                    () -> client.words().stream()
                                    .filter(word -> word.contains(Reason.UNKNOWN_NAME.text()))
                                    .count()
                            == 3);
        }
    }

    @Test
    void aPanicEndsWhatSoundsAndWhatIsPlannedUntilTheMusicianPlays() throws Exception {
        try (ScriptedClient client = playing(ScriptedClient.in("song", socket))) {
            client.playFor(4);
            client.await("notes planned", client::hasNotes);
            int before = client.revision();
            client.say().panic();
            client.await("a revision", () -> client.revision() > before);
            int revision = client.revision();
            client.playFor(4);
            long late = client.plans().stream()
                    .filter(plan -> plan.revision() >= revision)
                    .mapToLong(plan -> plan.ons().size())
                    .sum();
            assertEquals(0, late, "nothing is planned after a panic");

            client.say().noteOn(client.transport.performance, 0, 60, 90);
            client.playFor(8);
            client.await("it plays again", () -> client.plans().stream()
                    .anyMatch(plan -> plan.revision() > revision && !plan.ons().isEmpty()));
        }
    }

    @Test
    void anEndHoldsForTheWholeBandAndIsNoSettingThatComesAgain() throws Exception {
        try (ScriptedClient client = playing(ScriptedClient.in("song", socket))) {
            client.say().set("end", 1);
            client.say().set("density", 8); // settings that follow do not count the bars anew
            client.playFor(6);
            client.await("plans", () -> client.planCount() > 0);
            client.plans().forEach(plan -> plan.ons().forEach(on -> assertTrue(on.at() < 4, on::toString)));
        }
    }

    @Test
    void aPartOfAnotherAndItsRegisterAreRefusedByTheirChannel() throws Exception {
        try (ScriptedClient one = playing(ScriptedClient.in("song", socket));
                ScriptedClient other = ScriptedClient.in("song", socket)) {
            one.say().ping(1);
            one.await("its parts", () -> one.heard("pong 1"));
            other.say().part(0, "piano", "musician");
            other.say().part(1, "bass", "model");
            other.say().register(1, 0, 60);
            String taken = " " + Reason.TAKEN.text() + ": channel ";
            other.await("the refusals", () -> other.heard("refused /continuo/register" + taken + 1));
            assertTrue(other.heard("refused /continuo/part" + taken + 0), () -> other.words()
                    .toString());
            assertTrue(other.heard("refused /continuo/part" + taken + 1), () -> other.words()
                    .toString());
        }
    }

    @Test
    void aRegisterIsNoneOfWhoTakesThePartThatWasGivenUp() throws Exception {
        try (ScriptedClient one = ScriptedClient.in("song", socket);
                ScriptedClient other = ScriptedClient.in("song", socket)) {
            one.say().part(1, "piano", "model");
            one.say().register(1, 108, 108);
            one.say().part(1, "piano", "nobody");
            one.counter("too_fast"); // two sockets are read in any order
            other.say().part(1, "piano", "model");
            other.say().set("temperature", 2); // so that it is not silent for long
            other.play();
            ScriptedClient.On on = other.playUntilPlanned();
            assertTrue(on.pitch() < 108, on::toString);
        }
    }
}
