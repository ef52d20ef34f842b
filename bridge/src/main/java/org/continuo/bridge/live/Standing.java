package org.continuo.bridge.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Parameter;
import org.continuo.protocol.message.Watching;

/**
 * How a band stands: who plays its channels and what has been set. Told to a watcher at its beginning, and each change after.
 * I/O thread only.
 */
final class Standing {
    private final Instrument[] instruments = new Instrument[Limits.PARTS];
    private final Player[] players = new Player[Limits.PARTS];
    private final Map<Parameter, Double> numbers = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> texts = new EnumMap<>(Parameter.class);
    private final List<Watching> watchers = new ArrayList<>();

    /** Somebody wants to be told, of what is and of what comes. Once is enough. */
    void watch(Watching watcher) {
        if (!watchers.contains(watcher)) {
            watchers.add(watcher);
        }
        for (int channel = 0; channel < Limits.PARTS; channel++) {
            if (instruments[channel] != null) {
                watcher.heardPart(channel, instruments[channel].label(), players[channel].label());
            }
        }
        numbers.forEach((parameter, value) -> watcher.heardSet(parameter.title(), value));
        texts.forEach((parameter, value) -> watcher.heardSet(parameter.title(), value));
    }

    void leave(Watching watcher) {
        watchers.remove(watcher);
    }

    void part(int channel, Instrument instrument, Player player) {
        instruments[channel] = instrument;
        part(channel, player);
    }

    /** The same instrument in other hands. */
    void part(int channel, Player player) {
        players[channel] = player;
        for (Watching watcher : watchers) {
            watcher.heardPart(channel, instruments[channel].label(), player.label());
        }
    }

    /** Whether it is said so already. */
    boolean isPlayed(int channel, Instrument instrument, Player player) {
        return instruments[channel] == instrument && players[channel] == player;
    }

    void set(Parameter parameter, double value) {
        if (parameter != Parameter.END) {
            numbers.put(parameter, value); // an end is an order for the moment
        }
        for (Watching watcher : watchers) {
            watcher.heardSet(parameter.title(), value);
        }
    }

    void set(Parameter parameter, String value) {
        texts.put(parameter, value);
        for (Watching watcher : watchers) {
            watcher.heardSet(parameter.title(), value);
        }
    }
}
