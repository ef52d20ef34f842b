#!/usr/bin/env python3
"""A page that watches a band, pings as it should, and reads nothing: its web socket fills until the engine lets it go.

    deaf.py PORT KEY BAND SECONDS

Its buffers are as small as the system lets them be, so that what it does not read lies with the engine and not in the kernel.
Prints one line of JSON: whether it was let go, and after how many seconds.
"""
import json
import socket
import struct
import sys
import time

import osc

BUFFER = 4096
SEGMENT = 536


def masked(packet):
    """A binary message with a mask of zeros."""
    length = bytes((0x80 | len(packet),)) if len(packet) < 126 else struct.pack(">BH", 0x80 | 126, len(packet))
    return b"\x82" + length + b"\0\0\0\0" + packet


def main():
    port, key, band, seconds = int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
    with socket.socket() as page:
        page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        page.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        page.connect(("127.0.0.1", port))
        page.sendall(
            f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        if b" 101 " not in page.recv(64):
            sys.exit("deaf.py: no web socket")
        page.sendall(masked(osc.message("/continuo/hello", "isss", 1, "panel", band, key)))
        page.sendall(masked(osc.message("/continuo/watch", "")))
        begun, dropped = time.monotonic(), None
        while time.monotonic() - begun < seconds and dropped is None:
            time.sleep(0.25)
            try:
                page.sendall(masked(osc.message("/continuo/ping", "i", 0)))
            except OSError:
                dropped = round(time.monotonic() - begun, 1)
    print(json.dumps({"dropped": dropped is not None, "after": dropped}))


if __name__ == "__main__":
    main()
