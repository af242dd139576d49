"""A calendar file as people's programs write it: in any encoding, and with broken events in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from icalendar import Calendar
from icalendar.cal.component import Component

from core.errors import InvalidInput

BIGGEST = 50_000_000
BLOCK = re.compile(r"^BEGIN:(VEVENT|VTIMEZONE)\s*$", re.IGNORECASE)
NAMED = re.compile(r"^SUMMARY[^:]*:(.+)$", re.MULTILINE | re.IGNORECASE)
UNNAMED = "an event without a title"


@dataclass(frozen=True, slots=True, kw_only=True)
class IcsFile:
    """What could be read of a file."""

    events: dict[str, list[Component]]
    """By UID: a series with its exceptions."""
    zones: tuple[Component, ...]
    broken: tuple[tuple[str, str], ...]
    """Title and a sentence for each event that could not be read."""


def read_ics(path: Path) -> IcsFile:
    """Read a file; an event that can't be read does not stop the others. Raise InvalidInput."""
    text = _text(path)
    events: dict[str, list[Component]] = {}
    zones, broken = [], []
    for kind, lines, whole in _blocks(text.splitlines()):
        block = "\r\n".join(lines) + "\r\n"
        try:
            if not whole:
                raise ValueError("its end is missing")
            found = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{block}END:VCALENDAR\r\n")
            (component,) = found.subcomponents
        except (ValueError, KeyError, IndexError) as err:
            if kind == "VEVENT":
                named = NAMED.search(block)
                broken.append((named[1].strip() if named else UNNAMED, f"Can't be read: {err}."))
            continue
        if kind == "VTIMEZONE":
            zones.append(component)
        else:
            uid = str(component.get("UID", f"no-uid-{len(events)}"))
            events.setdefault(uid, []).append(component)
    if not events and not broken:
        raise InvalidInput(f"{path.name}: no calendar file (.ics), or there are no events in it")
    return IcsFile(events=events, zones=tuple(zones), broken=tuple(broken))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as err:
        raise InvalidInput(f"{path}: {err.strerror}") from err
    if len(raw) > BIGGEST:
        raise InvalidInput(f"{path.name}: larger than {BIGGEST // 1_000_000} MB")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old programs write their system's code page: it has a letter for every byte but five.
        return raw.decode("cp1252", errors="replace")


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Cut events and zones out, each with whether its end is there."""
    kind, held = "", list[str]()
    for line in lines:
        begins = BLOCK.match(line)
        if begins:
            if kind:
                yield kind, held, False
            kind, held = begins[1].upper(), [line]
        elif kind:
            held.append(line)
            if line.strip().upper() == f"END:{kind}":
                yield kind, held, True
                kind = ""
    if kind:
        yield kind, held, False
