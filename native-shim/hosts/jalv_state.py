#!/usr/bin/env python3
"""What jalv keeps of the plugin: jalv.gtk3 plays for some beats, saves by its menu's key, and is gone; another jalv opens the
folder, knows the same values of the parameters, and replays the take event for event.

    jalv_state.py FOLDER [--json FILE]

On a running JACK server with engine and tap, and an X display. With --json the row is added to those in FILE. Exit: 0 passed; 1
not so.
"""
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import jack

import stage
from encore import BEATS, Tape, passage, roll, starts
from rows import said
from with_us import WITH_US

PLAYER = "urn:continuo:player"
MOVED = {"style": 9.0, "temperature": 0.5, "seed": 4711.0}
PATIENCE = 20  # seconds


def until(found, what):
    end = time.monotonic() + PATIENCE
    while not (answer := found()):
        if time.monotonic() > end:
            sys.exit(f"jalv_state: {what} did not come in {PATIENCE} s")
        time.sleep(0.1)
    return answer


def jalv(program, name, *words, **streams):
    named = ["-n", name] if program == "jalv" else [f"--jack-name={name}"]
    made = subprocess.Popen([*WITH_US, program, *named, *words, PLAYER], text=True, stderr=subprocess.STDOUT, **streams)
    probe = jack.Client("probe")
    until(lambda: probe.get_ports(f"{name}:out"), name)
    probe.close()
    time.sleep(1)  # the shim's hello
    return made


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True).stdout.split()


def save(folder):
    """By the key of *File > Save*, and the name typed into the dialogue."""
    window = until(lambda: xdotool("search", "--onlyvisible", "--name", "Continuo"), "jalv.gtk3's window")[0]
    xdotool("windowfocus", window)
    time.sleep(0.5)
    xdotool("key", "ctrl+s")
    time.sleep(2)
    xdotool("type", "--delay", "30", str(folder))
    time.sleep(1)
    xdotool("key", "Return")
    until((folder / "state.ttl").exists, "the saved state")
    time.sleep(0.5)


def saved(folder):
    """The values that jalv wrote beside the plugin's own state."""
    text = (folder / "state.ttl").read_text()
    pairs = re.findall(r'lv2:symbol "(\w+)" ;\s*pset:value ([-\d.e+]+)', text)
    return {symbol: float(value) for symbol, value in pairs if symbol in MOVED}


def printed(log):
    """The values that jalv's word "controls" prints."""
    return {s: float(v) for s, v in re.findall(r"(\w+) = ([-\d.e+]+)", log.read_text()) if s in MOVED}


def state(musician, folder):
    host = musician.musician
    words = [word for symbol, value in MOVED.items() for word in ("-c", f"{symbol}={value}")]
    first = jalv("jalv.gtk3", "keeper", *words, stdout=subprocess.DEVNULL)
    host.connect(musician.out, "keeper:in")
    with Tape("kept", "keeper:out") as live:
        musician.clip(BEATS // 2)
        roll(host, BEATS, 60)
    save(folder)
    first.kill()
    first.wait()
    with open(folder / "jalv.log", "w") as log:
        second = jalv("jalv", "opener", "-l", str(folder), stdin=subprocess.PIPE, stdout=log)
        print("controls\nset take 1", file=second.stdin, flush=True)
        time.sleep(1)
        with Tape("opened", "opener:out") as again:
            host.set_freewheel(True)
            roll(host, BEATS, 60)
            host.set_freewheel(False)
        second.stdin.close()  # it leaves, and says what it has to say
        second.wait(PATIENCE)
    # What the musician played passed through, and is in no take.
    performed = [event for event in passage(live.events) if event[1][0] & 15 != stage.MUSICIAN]
    replayed = passage(again.events)
    back, kept = printed(folder / "jalv.log"), saved(folder)
    return {
        "tried": "state",
        "passed": kept == MOVED and back == MOVED and len(starts(performed)) > 3 and performed == replayed,
        "saved": kept,
        "opened": back,
        "events_performed": len(performed),
        "events_replayed": len(replayed),
        "the_same": len(set(performed) & set(replayed)),
    }


def main():
    folder = Path(sys.argv[1])
    musician = stage.Stage()
    with musician.musician:
        row = state(musician, folder)
    if "--json" in sys.argv:
        path = Path(sys.argv[sys.argv.index("--json") + 1])
        figures = json.loads(path.read_text())
        figures["rows"].append(row)
        path.write_text(json.dumps(figures))
    else:
        print(said(row))
    sys.exit(0 if row["passed"] else 1)


if __name__ == "__main__":
    main()
