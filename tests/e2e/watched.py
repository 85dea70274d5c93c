"""Runs a command on a machine with a network in which nobody is, and tells each packet that it sends there.

`unshare --net --mount python tests/e2e/watched.py COMMAND ...`, as root, on Linux. All that isn't for this machine is
routed to a device that this program reads: addresses as well as names, for which a server is asked. First it sends a
packet of its own, so that a watch that sees nothing would be noticed. The last line printed is JSON: what the command
came to, and where its packets went.
"""

from __future__ import annotations

import fcntl
import ipaddress
import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading

TUN, NO_HEADER, SET_DEVICE = 0x0001, 0x1000, 0x400454CA
DEVICE = "out"
NAMES, TRIED = "203.0.113.53", "203.0.113.7"  # addresses that are nobody's (RFC 5737)
KERNELS_OWN = (0, 58)  # IPv6: what the system itself says to a device that has come up


def name_asked(packet: bytes) -> str:
    """The name that a packet asks a server of names for; "" if it isn't such a packet."""
    start = (packet[0] & 15) * 4
    if packet[9] != socket.IPPROTO_UDP or packet[start + 2 : start + 4] != b"\0\x35":
        return ""
    asked, labels = packet[start + 20 :], []
    while asked and asked[0]:
        labels.append(asked[1 : asked[0] + 1].decode("ascii", "replace"))
        asked = asked[asked[0] + 1 :]
    return ".".join(labels)


class Watch:
    """The device, and the addresses to which packets went there."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._device = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self._device, SET_DEVICE, struct.pack("16sH", DEVICE.encode(), TUN | NO_HEADER))
        for command in (
            "link set lo up",
            f"link set {DEVICE} up",
            f"address add 198.51.100.2/24 dev {DEVICE}",
            f"-6 address add fd00::2/64 dev {DEVICE} nodad",
            f"route add default dev {DEVICE}",
            f"-6 route add default dev {DEVICE}",
        ):
            subprocess.run(["ip", *command.split()], check=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            select.select([self._device], [], [])
            packet = os.read(self._device, 65536)
            if packet[0] >> 4 == 4:
                asked = name_asked(packet)
                if asked != "localhost":  # asked for where the system's list of hosts has no ::1: this machine itself
                    self.seen.append(asked or str(ipaddress.IPv4Address(packet[16:20])))
            elif packet[6] not in KERNELS_OWN:
                self.seen.append(str(ipaddress.IPv6Address(packet[24:40])))

    def until(self, address: str) -> None:
        """Send a packet there, and wait until it was seen, and so all that was sent before it."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto(b"seen?", (address, 9))
        while address not in self.seen:
            select.select([], [], [], 0.01)


def main() -> int:
    watch = Watch()
    with tempfile.NamedTemporaryFile("w") as names:
        names.write(f"nameserver {NAMES}\noptions timeout:1 attempts:1\n")
        names.flush()
        subprocess.run(["mount", "--bind", names.name, "/etc/resolv.conf"], check=True)
        watch.until(TRIED)
        watch.seen.clear()
        done = subprocess.run(sys.argv[1:])
        watch.until(TRIED)
        subprocess.run(["umount", "/etc/resolv.conf"], check=True)
    print(json.dumps({"status": done.returncode, "sent_to": watch.seen[:-1]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
