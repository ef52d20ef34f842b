"""Reads packets as hex, a line each; python-osc parses each and builds it anew from what it parsed; prints that as hex."""
import sys

from pythonosc import osc_bundle, osc_bundle_builder, osc_message, osc_message_builder


def tags(dgram):
    start = dgram.index(b",", dgram.index(b"\0"))
    return dgram[start + 1 : dgram.index(b"\0", start)].decode()


def rebuild(content):
    if isinstance(content, osc_bundle.OscBundle):
        builder = osc_bundle_builder.OscBundleBuilder(osc_bundle_builder.IMMEDIATELY)
        for element in content:
            builder.add_content(rebuild(element))
        return builder.build()
    builder = osc_message_builder.OscMessageBuilder(content.address)
    for tag, value in zip(tags(content.dgram), content.params, strict=True):
        builder.add_arg(value, tag)
    return builder.build()


for line in sys.stdin:
    packet = bytes.fromhex(line)
    kind = osc_bundle.OscBundle if osc_bundle.OscBundle.dgram_is_bundle(packet) else osc_message.OscMessage
    print(rebuild(kind(packet)).dgram.hex())
