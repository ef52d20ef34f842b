"""As much of OSC as the checks in this folder need: the messages of protocol/SPEC.md, framed by length on a stream."""
import struct


def _text(text):
    data = text.encode() + b"\0"
    return data + b"\0" * (-len(data) % 4)


def message(address, types, *arguments):
    data = _text(address) + _text("," + types)
    for kind, value in zip(types, arguments):
        data += _text(value) if kind == "s" else struct.pack({"i": ">i", "h": ">q", "f": ">f", "d": ">d"}[kind], value)
    return data


def bundle(messages):
    return b"#bundle\0" + struct.pack(">Q", 1) + b"".join(struct.pack(">i", len(m)) + m for m in messages)


def frame(packet):
    return struct.pack(">i", len(packet)) + packet


def messages(packet):
    """Yields (address, arguments) for every message of a packet that can be trusted to be well formed."""
    if packet.startswith(b"#bundle\0"):
        at = 16
        while at < len(packet):
            (size,) = struct.unpack_from(">i", packet, at)
            yield from messages(packet[at + 4 : at + 4 + size])
            at += 4 + size
        return

    def text(at):
        end = packet.index(b"\0", at)
        return packet[at:end].decode(), (end + 4) & ~3

    address, at = text(0)
    types, at = text(at) if at < len(packet) else (",", at)
    arguments = []
    for kind in types[1:]:
        if kind == "s":
            value, at = text(at)
        else:
            layout = {"i": ">i", "h": ">q", "f": ">f", "d": ">d"}[kind]
            (value,) = struct.unpack_from(layout, packet, at)
            at += struct.calcsize(layout)
        arguments.append(value)
    yield address, arguments


class Frames:
    """Cuts a stream into packets."""

    def __init__(self):
        self._data = b""

    def packets(self, data):
        self._data += data
        while len(self._data) >= 4:
            (size,) = struct.unpack_from(">i", self._data)
            if len(self._data) < 4 + size:
                return
            packet, self._data = self._data[4 : 4 + size], self._data[4 + size :]
            yield packet
