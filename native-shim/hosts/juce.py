#!/usr/bin/env python3
"""The VST3 plugin in two hosts that are built on JUCE: dawdreamer and pedalboard.

Both render only, and say so: then the plugin leaves the engine alone and plays the take that it was given. Neither hands on
the MIDI that a plugin makes, so that what it played cannot be heard in them. What a host has no means for is tried all the
same, and counts as failed with the reason.

    juce.py HOST BUNDLE FOLDER [--json]        HOST is dawdreamer or pedalboard
"""
import json
import pathlib
import sys
import time

import preset
from rows import Rows

RATE, BLOCK = 48000, 480
BEATS = 16


def told(folder):
    time.sleep(0.5)  # what was said last is still on its way
    lines = [json.loads(line) for line in (folder / "said.jsonl").read_text().splitlines()]
    count = lambda name: sum(line["address"] == "/continuo/" + name for line in lines)
    return {"sessions": count("hello"), "note/on": count("note/on")}


def dawdreamer(bundle, folder):
    import dawdreamer as daw

    rows = Rows()
    engine = daw.RenderEngine(RATE, BLOCK)
    player = engine.make_plugin_processor("player", bundle)
    names = {p["name"]: p["index"] for p in player.get_parameters_description()}
    rows.row("loads", player.get_name() and "Temperature" in names, parameters=len(names))

    def render(one, bpm=120.0):
        engine.set_bpm(bpm)
        engine.load_graph([(one, [])])
        began = time.monotonic()
        engine.render(BEATS * 60 / bpm)
        return engine.get_audio().shape[1], time.monotonic() - began

    player.set_parameter(names["Thru"], 0)
    for beat in range(BEATS):
        player.add_midi_note(60 + beat % 12, 90, beat * 0.5, 0.25)
    frames, seconds = render(player)
    player.save_midi(str(folder / "in.mid"))
    silent = "it renders offline, and hands on no MIDI that a plugin makes: save_midi writes what went in"
    rows.cannot("clip answered", f"{silent}; the engine heard {told(folder)['note/on']} notes")
    rows.cannot("tempo change", f"set_bpm takes a curve, but what is played by it cannot be heard: {silent}")
    for tried in ("loop", "seek", "stop"):
        rows.cannot(tried, "it renders from 0 to an end; RenderEngine has no word for it")

    values = {preset.TEMPERATURE: 0.5, preset.SEED: 4711}
    (folder / "take.vstpreset").write_bytes(preset.preset(preset.state(values, preset.notes(BEATS))))
    loaded = player.load_vst3_preset(str(folder / "take.vstpreset"))
    back = player.get_parameter_text(names["Temperature"]), player.get_parameter_text(names["Seed"])
    by_preset = bool(loaded) and back == ("0.50", "4711")
    player.save_state(str(folder / "state"))
    other = engine.make_plugin_processor("other", bundle)
    try:
        other.load_state(str(folder / "state"))
        back = other.get_parameter_text(names["Temperature"]), other.get_parameter_text(names["Seed"])
        rows.row("state", by_preset and back == ("0.50", "4711"), back=back)
    except RuntimeError as refused:
        rows.cannot("state", f"load_state says: {refused} (a .vstpreset comes back: {by_preset})")

    first, second = engine.make_plugin_processor("a", bundle), engine.make_plugin_processor("b", bundle)
    engine.load_graph([(first, []), (second, [])])
    engine.render(2)
    sessions = told(folder)["sessions"]
    rows.row("two instances", sessions >= 3 and engine.get_audio().shape[1] == 2 * RATE, sessions=sessions)
    rows.cannot("offline render", f"it renders ({frames / RATE:.0f} s in {seconds:.3f} s), but the take cannot be heard: {silent}")
    return rows


def pedalboard(bundle, folder):
    import pedalboard as board

    rows = Rows()
    # The host waits for the sound of an instrument, which here is silence, unless told how long.
    load = lambda: board.VST3Plugin(bundle, initialization_timeout=0.5)
    player = load()
    rows.row("loads", player.is_instrument and "temperature" in player.parameters, parameters=len(player.parameters))

    def render(one, seconds=2.0):
        return one.process([(bytes((0x90, 60, 90)), 0.0), (bytes((0x80, 60, 0)), 0.4)], seconds, RATE, 2, BLOCK)

    sound = render(player)
    heard = told(folder)
    why = f"it hands on no MIDI, only sound, and renders offline: sound {abs(sound).max():.1f}, the engine heard {heard['note/on']} notes"
    rows.cannot("clip answered", why)
    for tried in ("tempo change", "loop", "seek", "stop"):
        rows.cannot(tried, "it has no transport: it says that it stands at beat 0, at 120 BPM")
    player.temperature, player.seed = 0.5, 4711
    other = load()
    other.raw_state = player.raw_state
    # It moves a parameter to one of a thousand places: the seed is near the one wanted.
    shown, back = (player.temperature, player.seed), (other.temperature, other.seed)
    rows.row("state", shown == back and back[0] == 0.5 and back[1] != 1 and other.raw_state == player.raw_state, shown=shown, back=back)
    sounds = [render(one) for one in (player, other)]
    rows.row("two instances", all(s.shape == (2, 2 * RATE) for s in sounds) and told(folder)["sessions"] >= 2, sessions=told(folder)["sessions"])
    rows.cannot("offline render", "it renders, but hands on no MIDI: the take cannot be heard in it")
    return rows


def main():
    host, bundle, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    rows = {"dawdreamer": dawdreamer, "pedalboard": pedalboard}[host](bundle, folder)
    rows.tell()


if __name__ == "__main__":
    main()
