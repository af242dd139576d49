"""Ids in the shapes that Exchange gives them: event ids, immutable ids, GlobalObjectIds.

Shapes: [MS-OXOCAL] 2.2.1.27 PidLidGlobalObjectId and public samples of Graph answers.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from datetime import date, datetime
from uuid import UUID, uuid5

NAMESPACE = UUID("3c7d9d7e-0a4e-4c58-9c0e-7d5f6c1a2b10")
GOID_HEAD = bytes.fromhex("040000008200E00074C5B7101A82E008")
IMMUTABLE_HEAD = bytes.fromhex("0009002E00000000001D840311AA6611CD9BC800AA002F845A0D00")


def guid(*parts: str) -> str:
    """Return a guid that is always the same for the same parts."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


def _encode(raw: bytes) -> str:
    """Exchange swaps the two signs against RFC 4648's URL alphabet: - is /, _ is +."""
    return base64.b64encode(raw).decode().replace("/", "-").replace("+", "_")


def _filler(*parts: str) -> bytes:
    return hashlib.sha256("/".join(parts).encode()).digest()


def _ticks(day: date) -> bytes:
    """.NET ticks of midnight on that day."""
    days = (datetime(day.year, day.month, day.day) - datetime(1, 1, 1)).days
    return struct.pack(">Q", days * 864_000_000_000)


def event_id(mailbox: str, number: int, folder: int, day: date | None = None) -> str:
    """Return the default id of an item, or of one of its occurrences.

    It holds the folder, so it changes when the item moves. An occurrence's id is the
    series' id plus the day on which the rule put it.
    """
    box = guid("mailbox", mailbox).encode()
    flags = b"\x01\x51\x00\x08" + _ticks(day) if day else b"\x00"
    store = _filler("store", mailbox)[:16]
    tail = b"\x00\x00\x00\x00\x01\x0d\x00\x00" if folder == 0 else struct.pack(">Q", folder + 269)
    middle = b"\x46\x00\x00\x00\x00\x00" + _filler("db", mailbox)[:16] + b"\x07\x00" + store
    end = store + b"\x00\x00" + struct.pack(">I", number) + b"\x00\x00"
    return _encode(
        b"\x00\x03\x24\x00" + box + flags + middle + tail + end + (b"\x10" if day else b"")
    )


def immutable_id(mailbox: str, number: int, day: date | None = None) -> str:
    """Return the id that stays when the item moves to another folder."""
    raw = IMMUTABLE_HEAD + _filler("immutable", mailbox)[:20] + struct.pack(">I", number)
    return _encode(raw + (b"\x01\x51\x00\x08" + _ticks(day) if day else b""))


def new_goid(seed: str) -> bytes:
    """Make the GlobalObjectId of a meeting: equal in everybody's mailbox."""
    return (
        GOID_HEAD
        + b"\0" * 4
        + _filler("time", seed)[:8]
        + b"\0" * 8
        + (struct.pack("<I", 16) + _filler("goid", seed)[:16])
    )


def goid_hex(goid: bytes, day: date | None = None) -> str:
    """Write it as iCalUId does: with the occurrence's day in it, where it is one."""
    if day is None:
        return goid.hex().upper()
    stamped = goid[:16] + struct.pack(">HBB", day.year, day.month, day.day) + goid[20:]
    return stamped.hex().upper()


def change_key(mailbox: str, number: int, version: int) -> str:
    raw = _filler("key", mailbox)[:16] + b"\0\0" + struct.pack(">IH", version, number % 65536)
    return base64.b64encode(b"\x09\x00\x00\x00\x16\x00\x00\x00" + raw).decode()
