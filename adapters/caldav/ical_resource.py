"""One calendar resource: a VEVENT or VTODO with its overrides, read without changing a byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adapters.caldav.ical_lines import (
    Property,
    decoded,
    logical_lines,
    parse_property,
    raw_lines,
)
from core.errors import UnexpectedResponse

_KINDS = (b"VEVENT", b"VTODO")


@dataclass(slots=True, kw_only=True, eq=False)
class Component:
    """The lines between BEGIN and END, without copying them."""

    name: bytes
    first: int
    """Number of its BEGIN line."""
    last: int = -1
    """Number of its END line."""
    lines: list[bytes]
    """Of the whole resource."""
    index: dict[bytes, list[int]] = field(default_factory=dict)
    """Line numbers of its own properties by name, those of its parts left out."""
    parts: list[Component] = field(default_factory=list)

    def line(self, name: bytes) -> bytes | None:
        """Return the first line of that name."""
        at = self.index.get(name)
        return self.lines[at[0]] if at else None

    def get(self, name: bytes) -> Property | None:
        """Return the first property of that name."""
        line = self.line(name)
        return None if line is None else parse_property(line)

    def all(self, name: bytes) -> Iterator[Property]:
        """Yield every property of that name."""
        for at in self.index.get(name, ()):
            yield parse_property(self.lines[at])

    def text(self, name: bytes) -> str:
        """Return a property as people see it; empty where there is none."""
        found = self.get(name)
        return found.text if found else ""

    def word(self, name: bytes) -> str:
        """Return a property as one word in capitals; empty where there is none."""
        found = self.get(name)
        return found.word if found else ""

    @property
    def sequence(self) -> int:
        """SEQUENCE; 0 where there is none or it is no number (RFC 5545 section 3.8.7.4)."""
        word = self.word(b"SEQUENCE")
        return int(word) if word.isdecimal() else 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource:
    """What one href of a calendar holds."""

    data: bytes
    """As the server sent it."""
    uid: str
    component: str
    """VEVENT or VTODO."""
    master: Component | None
    """None: somebody was invited to single occurrences of a series only."""
    overrides: tuple[Component, ...]
    timezones: Mapping[str, Component]
    """VTIMEZONE by TZID."""
    floating_zone: str | None = None
    """Zone of times that name none (X-WR-TIMEZONE, else the calendar's own)."""

    @classmethod
    def parse(cls, data: bytes, *, floating_zone: str | None = None) -> Resource:
        """Read it; raise UnexpectedResponse where it is no calendar entry."""
        calendar = _calendar(data)
        parts = [part for part in calendar.parts if part.name in _KINDS]
        if not parts:
            raise UnexpectedResponse("The calendar entry holds neither an event nor a task.")
        masters = [part for part in parts if b"RECURRENCE-ID" not in part.index]
        zone = calendar.text(b"X-WR-TIMEZONE").strip() or floating_zone
        return cls(
            data=data,
            uid=_one_uid(parts),
            component=parts[0].name.decode(),
            master=max(masters, key=lambda part: part.sequence, default=None),
            overrides=tuple(part for part in parts if b"RECURRENCE-ID" in part.index),
            timezones={
                part.text(b"TZID").strip(): part
                for part in calendar.parts
                if part.name == b"VTIMEZONE"
            },
            floating_zone=zone,
        )

    @property
    def recurs(self) -> bool:
        """Whether it is a series."""
        if self.master is None:
            return True
        return bool(self.overrides) or any(n in self.master.index for n in (b"RRULE", b"RDATE"))

    def raw(self) -> list[bytes]:
        """Return the raw lines, numbered as the components number them."""
        return raw_lines(self.data)


def resources_of(data: bytes) -> tuple[bytes, ...]:
    """Cut an exported calendar into one resource for each event or task, by UID."""
    root = _root(data)
    raw = raw_lines(data)
    found: dict[tuple[bytes, str], list[Component]] = {}
    shared: list[bytes] = []
    for calendar in root.parts:
        own = [i for at in calendar.index.values() for i in at]
        shared = shared or [raw[calendar.first], *(raw[i] for i in sorted(own))]
        for part in calendar.parts:
            if part.name == b"VTIMEZONE":
                shared += raw[part.first : part.last + 1]
            elif part.name in _KINDS:
                found.setdefault((part.name, part.text(b"UID")), []).append(part)
    head, tail = b"".join(shared), b"END:VCALENDAR\r\n"
    return tuple(
        head + b"".join(b"".join(raw[p.first : p.last + 1]) for p in parts) + tail
        for parts in found.values()
    )


def _calendar(data: bytes) -> Component:
    calendars = _root(data).parts
    if len(calendars) != 1 or calendars[0].name != b"VCALENDAR":
        raise UnexpectedResponse("The calendar entry is not one whole VCALENDAR.")
    return calendars[0]


def _root(data: bytes) -> Component:
    """Return a component that holds everything."""
    lines, names = logical_lines(data)
    root = Component(name=b"", first=-1, lines=lines)
    stack = [root]
    here = root
    for number, name in enumerate(names):
        if name in here.index:
            here.index[name].append(number)
        elif name == b"BEGIN":
            here = Component(name=_kind(lines[number]), first=number, lines=lines)
            stack[-1].parts.append(here)
            stack.append(here)
        elif name == b"END":
            if here is root or here.name != _kind(lines[number]):
                raise UnexpectedResponse(f"Line {number + 1} of the calendar entry ends nothing.")
            stack.pop().last = number
            here = stack[-1]
        else:
            here.index[name] = [number]
    if here is not root:
        raise UnexpectedResponse(f"The calendar entry is cut off inside {decoded(here.name)}.")
    if root.index:
        raise UnexpectedResponse("The calendar entry does not start with BEGIN:VCALENDAR.")
    return root


def _kind(line: bytes) -> bytes:
    """Return what BEGIN or END names; what no property is may hang on to it."""
    return line.partition(b":")[2].partition(b"\\n")[0].strip().upper()


def _one_uid(parts: list[Component]) -> str:
    # As lines first: of the hundred overrides that a series may have, each says the same.
    uids = {(part.name, part.line(b"UID")): part for part in parts}
    named = {(name, part.text(b"UID").strip()) for (name, _), part in uids.items()}
    if len(named) > 1:
        raise UnexpectedResponse(f"The calendar entry holds {len(named)} different UIDs, not one.")
    uid = named.pop()[1]
    if not uid:
        raise UnexpectedResponse("The calendar entry has no UID.")
    return uid
