"""The word by which somebody asks for an agenda in an event: found, and taken out again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from core.body.lines import Line, Scan, scan
from core.model.calendar import Body

_MAGIC: Final = re.compile(r"(?<![\w#&/])#(?:1on1|vieraugen)\b(?![\w/-])", re.IGNORECASE)


def magic_word(body: Body) -> bool:
    """Tell whether somebody typed the word that asks for an agenda."""
    if "#" not in body.content and "&num;" not in body.content:
        return False  # most bodies: they need not be read
    return any("#" in line.text and _MAGIC.search(line.text) for line in scan(body).lines)


def without_magic_word(body: Body) -> Body:
    """Return the body without that word."""
    if not magic_word(body):
        return body
    return replace(body, content=_without_word(scan(body)))


def _without_word(scanned: Scan) -> str:
    content = scanned.content
    cuts: list[tuple[int, int]] = []
    for line in scanned.lines:
        for found in _MAGIC.finditer(line.raw):
            start, end = line.source(found.start()), line.source(found.end(), behind=True)
            alone = not (line.raw[: found.start()] + line.raw[found.end() :]).strip()
            if alone and not scanned.html:
                start, end = _whole_line(content, line)
            elif content[start - 1 : start] == " ":
                start -= 1
            cuts.append((start, end))
    for start, end in reversed(cuts):
        content = content[:start] + content[end:]
    return content


def _whole_line(content: str, line: Line) -> tuple[int, int]:
    end = line.end
    if content.startswith("\r\n", end):
        return line.start, end + 2
    if end < len(content):
        return line.start, end + 1
    start = line.start
    if content[:start].endswith("\r\n"):
        return start - 2, end
    return max(0, start - 1), end
