"""A VST3 preset with a take in it, as a host saves one: what a musician brings along to hosts that only render.

The take is a note on every half beat of the host's timeline. Layouts: plugin/state.cpp, and Steinberg's of .vstpreset.
"""
import struct

CLASS = b"FEBCBF8FDDC1512E82D70A2858BF98C3"
TEMPERATURE, SEED = 4, 10  # numbers of parameters


def notes(beats):
    """(beat, length, channel, pitch, velocity)"""
    return [(step / 2, 0.25, 1, 48 + step % 24, 90) for step in range(beats * 2)]


def state(values, take):
    body = b"\4host" + struct.pack("<BH", 0, len(values))
    body += b"".join(struct.pack("<Id", *v) for v in values.items())
    body += struct.pack("<I", len(take)) + b"".join(struct.pack("<ddBBB", *n) for n in take)
    checksum = 0xCBF29CE484222325
    for byte in body:
        checksum = (checksum ^ byte) * 0x100000001B3 % 2**64
    return b"CONTINUO" + struct.pack("<IIQ", 1, len(body), checksum) + body


def preset(component, controller=b"\1\0"):
    at, chunks, data = 48, [], b""
    for name, content in ((b"Comp", component), (b"Cont", controller)):
        chunks.append(name + struct.pack("<qq", at + len(data), len(content)))
        data += content
    return b"VST3" + struct.pack("<i", 1) + CLASS + struct.pack("<q", at + len(data)) + data + b"List" + struct.pack("<i", len(chunks)) + b"".join(chunks)
