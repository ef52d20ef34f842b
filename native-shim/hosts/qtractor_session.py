"""Sessions of Qtractor, as its files have them: a track with a clip and plugins, a change of tempo, a loop; and what a saved one
holds of the plugin.
"""
import base64
import re
import struct
import zlib

import preset
import stage

CLIP = 12  # notes, one a beat
MOVED = {"Temperature": 0.5, "Style": 9, "Seed": 4711}  # neither the first nor the usual values
NUMBERS = {"Style": 1, "Part": 2, "Player": 3, "Temperature": 4, "Seed": 10, "Take": 18}


def frame(beat):
    return int(stage.frame_at(beat))


def midi_file(beats, ticks=960):
    events = b""
    for beat in range(beats):
        note = 60 + beat % 12
        half = struct.pack(">BB", 0x80 | ticks // 2 >> 7, ticks // 2 & 127)
        events += (b"\0" if beat == 0 else half) + bytes((0x90, note, 90)) + half + bytes((0x80, note, 0))
    events += b"\0\xff\x2f\0"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, ticks) + b"MTrk" + struct.pack(">I", len(events)) + events


def packed(state):
    """As Qt compresses, in base64."""
    return base64.b64encode(struct.pack(">I", len(state)) + zlib.compress(state)).decode()


def inside(packed_state):
    """Values by number of the parameter, and the notes of the take; the layout is plugin/state.cpp's."""
    body = zlib.decompress(base64.b64decode(packed_state)[4:])[24:]
    at = 1 + body[0] + 1
    (count,) = struct.unpack_from("<H", body, at)
    at += 2
    values = dict(struct.iter_unpack("<Id", body[at : at + 12 * count]))
    return values, list(struct.iter_unpack("<ddBBB", body[at + 12 * count + 4 :]))


def plugin(file, values=None, state=None):
    """With values of parameters by way of a state: Qtractor 0.9.31 forgets those that it has beside one before it plays."""
    state = state or (packed(preset.state({NUMBERS[n]: v for n, v in values.items()}, [])) if values else "")
    configs = f'<configs><config key="state">{state}</config></configs>' if state else ""
    return f'<plugin type="CLAP"><filename>{file}</filename><index>0</index><activated>1</activated>{configs}</plugin>'


def track(name, plugins, clip):
    clips = (
        f'<clip name="clip"><properties><name>clip</name><start>0</start><offset>0</offset><length>{frame(CLIP)}</length></properties>'
        "<midi-clip><filename>clip.mid</filename><track-channel>0</track-channel></midi-clip></clip>"
    )
    return (
        f'<track name="{name}" type="midi"><properties><input-bus>Master</input-bus><output-bus>Master</output-bus>'
        f'<midi-channel>0</midi-channel></properties><clips>{clips if clip else ""}</clips><plugins>{"".join(plugins)}</plugins></track>'
    )


def session(folder, tracks, loop=(0, 0)):
    folder.mkdir()
    (folder / "clip.mid").write_bytes(midi_file(CLIP))
    (folder / "session.qtr").write_text(
        f"""<!DOCTYPE qtractorSession>
<session name="session" version="Qtractor 0.9.31">
 <properties><directory>{folder}</directory><sample-rate>{stage.RATE}</sample-rate><tempo>{stage.SLOW}</tempo>
  <ticks-per-beat>960</ticks-per-beat><beats-per-bar>4</beats-per-bar><beat-divisor>2</beat-divisor></properties>
 <state><loop-start>{loop[0]}</loop-start><loop-end>{loop[1]}</loop-end></state>
 <devices>
  <audio-engine><audio-control><transport-mode>duplex</transport-mode><timebase>1</timebase></audio-control>
   <audio-bus name="Master" mode="duplex"><channels>2</channels></audio-bus></audio-engine>
  <midi-engine><midi-bus name="Master" mode="duplex"/></midi-engine>
 </devices>
 <tempo-map><tempo-node bar="2" frame="{stage.CHANGE}"><tempo>{stage.FAST}</tempo><beat-type>2</beat-type>
  <beats-per-bar>4</beats-per-bar><beat-divisor>2</beat-divisor></tempo-node></tempo-map>
 <tracks>{"".join(tracks)}</tracks>
</session>
"""
    )
    return folder / "session.qtr"


def state_of(saved):
    """The first plugin's state in a session that was saved, and the values that Qtractor wrote beside it."""
    state = re.search(r'<config key="state">([^<]*)</config>', saved)
    first = saved.split("</plugin>")[0]
    values = {name: re.search(rf'<param [^>]*name="{name}"[^>]*>([^<]*)<', first) for name in MOVED}
    return state and state.group(1), {name: float(found.group(1)) for name, found in values.items() if found}
