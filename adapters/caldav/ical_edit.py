"""Changing single lines of a resource and leaving every other byte as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from adapters.caldav.ical_lines import folded, line_end
from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.ical_times import stamp

_ANCHORS = (b"SUMMARY", b"UID", b"BEGIN")


@dataclass(slots=True, eq=False)
class Edit:
    """The raw lines of a resource while they change; line numbers stay valid."""

    resource: Resource
    _raw: list[bytes] = field(init=False)
    _end: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._raw = self.resource.raw()
        self._end = line_end(self.resource.data)

    @property
    def data(self) -> bytes:
        """The resource as it is now."""
        return b"".join(self._raw)

    def put(self, component: Component, name: bytes, line: bytes) -> None:
        """Write a property: in its place where there is one, else near the title."""
        numbers = component.index.get(name)
        if numbers:
            self._raw[numbers[0]] = folded(line, self._end)
            for number in numbers[1:]:
                self._raw[number] = b""
            return
        anchors = (component.index[a][0] for a in _ANCHORS if a in component.index)
        self._raw[next(anchors, component.first)] += folded(line, self._end)

    def drop(self, component: Component, *names: bytes) -> None:
        """Remove properties."""
        for name in names:
            for number in component.index.get(name, ()):
                self._raw[number] = b""

    def stamp(self, component: Component, now: datetime, *, only_modified: bool = False) -> None:
        """Say that it has changed: LAST-MODIFIED, and DTSTAMP unless `only_modified`.

        SEQUENCE stays: RFC 5546 section 2.1.4 counts changes of time and status only.
        """
        if not only_modified:
            self.put(component, b"DTSTAMP", b"DTSTAMP:" + stamp(now))
        self.put(component, b"LAST-MODIFIED", b"LAST-MODIFIED:" + stamp(now))

    def remove(self, component: Component) -> None:
        """Remove a component with everything in it."""
        for number in range(component.first, component.last + 1):
            self._raw[number] = b""

    def copy_after(
        self, last: Component, source: Component, changed: Mapping[int, tuple[bytes, ...]]
    ) -> None:
        """Put a copy of a component behind another, with other lines in place of some."""
        lines = self.resource.raw()
        copy = [
            b"".join(folded(line, self._end) for line in changed[number])
            if number in changed
            else lines[number]
            for number in range(source.first, source.last + 1)
        ]
        self._raw[last.last] += b"".join(copy)
