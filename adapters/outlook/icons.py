"""Our mark as PNG in any size, drawn by hand: four eyes on green."""

from __future__ import annotations

import struct
import zlib

GREEN, LIGHT, CLEAR = (0x24, 0x54, 0x4C, 255), (0xF8, 0xF6, 0xF1, 255), (255, 255, 255, 0)
WHITE = (255, 255, 255, 255)
EYES = (7.5, 13.5, 20.0, 26.0)
RADIUS, CORNER, SIDE = 2.6, 8.0, 32.0
FINE = 4
"""Points a side of each pixel that are looked at, for smooth edges."""

Pixel = tuple[int, int, int, int]


def png(size: int, *, outline: bool = False) -> bytes:
    """Return the mark; `outline` is the white one on nothing that Teams wants beside it."""
    rows = b"".join(
        b"\0" + b"".join(bytes(_pixel(x, y, size, outline)) for x in range(size))
        for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pixel(x: int, y: int, size: int, outline: bool) -> Pixel:
    scale = SIDE / size / FINE
    points = [
        _point((x * FINE + i + 0.5) * scale, (y * FINE + j + 0.5) * scale, outline)
        for i in range(FINE)
        for j in range(FINE)
    ]
    return (_mean(points, 0), _mean(points, 1), _mean(points, 2), _mean(points, 3))


def _mean(points: list[Pixel], part: int) -> int:
    return round(sum(point[part] for point in points) / len(points))


def _point(x: float, y: float, outline: bool) -> Pixel:
    if any((x - eye) ** 2 + (y - SIDE / 2) ** 2 <= RADIUS**2 for eye in EYES):
        return WHITE if outline else LIGHT
    if outline or not _inside(x, y):
        return CLEAR
    return GREEN


def _inside(x: float, y: float) -> bool:
    """Tell whether a point lies in the square with round corners."""
    dx = max(CORNER - x, x - (SIDE - CORNER), 0)
    dy = max(CORNER - y, y - (SIDE - CORNER), 0)
    return dx * dx + dy * dy <= CORNER * CORNER
