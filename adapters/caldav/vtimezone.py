"""VTIMEZONE: which offsets one describes, and writing one for an IANA zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from adapters.caldav.ical_lines import decoded
from adapters.caldav.ical_resource import Component
from adapters.caldav.rrule import parse_rule
from core.errors import UnexpectedResponse

_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_WALL = "%Y%m%dT%H%M%S"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def sample_walls(year: int) -> tuple[datetime, ...]:
    """Return wall times, twelve days apart through two years, that tell zones apart."""
    start = datetime(min(max(year, 1971), 9990), 1, 4, 12)  # noqa: DTZ001 (wall time)
    return tuple(start + timedelta(days=12 * step) for step in range(61))


def offsets_of(vtimezone: Component, walls: tuple[datetime, ...]) -> tuple[float, ...]:
    """Return the offset in seconds that a VTIMEZONE gives to each wall time."""
    kinds = [part for part in vtimezone.parts if part.name in (b"STANDARD", b"DAYLIGHT")]
    if not kinds:
        raise UnexpectedResponse("A VTIMEZONE describes no offset.")
    onsets = sorted(onset for kind in kinds for onset in _onsets(kind, walls[-1]))
    before = min(_starts_and_from(kind) for kind in kinds)[1]
    return tuple(
        next((to for onset, to in reversed(onsets) if onset <= wall), before) for wall in walls
    )


def vtimezone_lines(zone: ZoneInfo, year: int) -> list[bytes]:
    """Describe a zone as it is from that year on."""
    changes = _changes(zone, year)
    first = datetime(year, 1, 1, tzinfo=zone)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}"]
    if not changes:
        lines += _observance("STANDARD", "19700101T000000", first, first, None)
    elif not (rules := _yearly_rules(zone, changes, year)):
        for later in range(year, year + 10):
            for onset in _changes(zone, later):
                lines += _change(zone, onset, None)
    else:
        for onset, rule in zip(changes, rules, strict=True):
            lines += _change(zone, onset, rule)
    return [line.encode() for line in (*lines, "END:VTIMEZONE")]


def _onsets(kind: Component, until: datetime) -> list[tuple[datetime, float]]:
    start, _ = _starts_and_from(kind)
    to = _seconds(kind, b"TZOFFSETTO")
    found = [start]
    for prop in kind.all(b"RRULE"):
        rule = parse_rule(decoded(prop.value))
        end = min(until, _wall(rule.until) if rule.until else until)
        # Some begin in 1601: what counts is the last onset before each wall time.
        since = max(start, end.replace(year=max(1, end.year - 4), day=1))
        for onset in rule.starts(start, since):
            if onset > end:
                break
            found.append(onset)
    for prop in kind.all(b"RDATE"):
        found += [_wall(value.partition("/")[0]) for value in decoded(prop.value).split(",")]
    return [(onset, to) for onset in found]


def _starts_and_from(kind: Component) -> tuple[datetime, float]:
    return _wall(kind.text(b"DTSTART")), _seconds(kind, b"TZOFFSETFROM")


def _wall(text: str) -> datetime:
    text = text.strip().upper().rstrip("Z")
    try:
        return datetime.strptime(text + "T000000" * (len(text) == 8), _WALL)  # noqa: DTZ007
    except ValueError as err:
        raise UnexpectedResponse(f"A VTIMEZONE begins at no time that we know: {text!r}.") from err


def _seconds(kind: Component, name: bytes) -> float:
    text = kind.text(name).strip()
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise UnexpectedResponse(f"A VTIMEZONE has no offset that we know: {text!r}.")
    size = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    return float(-size if match[1] == "-" else size)


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the moments of a year at which the offset changes, in UTC."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=day) for day in range(368)]
    return [
        _change_between(zone, day, after)
        for day, after in pairwise(days)
        if _at(zone, day) != _at(zone, after) and after.year == year
    ]


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if _at(zone, middle) == _at(zone, low) else (low, middle)
    return high.replace(microsecond=0)


def _at(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _yearly_rules(zone: ZoneInfo, changes: list[datetime], year: int) -> list[str]:
    """Return a yearly rule for each change; none where the next years do not keep them."""
    walls = [_onset_wall(zone, change) for change in changes]
    for choose in (_from_end, _from_start):
        rules = [choose(wall) for wall in walls]
        expected = [
            next(parse_rule(rule).starts(wall, datetime(later, 1, 1)))  # noqa: DTZ001
            for later in range(year + 1, year + 6)
            for rule, wall in zip(rules, walls, strict=True)
        ]
        real = [
            _onset_wall(zone, change)
            for later in range(year + 1, year + 6)
            for change in _changes(zone, later)
        ]
        if expected == real:
            return rules
    return []


def _from_end(wall: datetime) -> str:
    return f"FREQ=YEARLY;BYMONTH={wall.month};BYDAY=-1{_DAYS[wall.weekday()]}"


def _from_start(wall: datetime) -> str:
    ordinal = (wall.day - 1) // 7 + 1
    return f"FREQ=YEARLY;BYMONTH={wall.month};BYDAY={ordinal}{_DAYS[wall.weekday()]}"


def _onset_wall(zone: ZoneInfo, change: datetime) -> datetime:
    """Return what the wall shows at a change, by the offset before it (RFC 5545 3.6.5)."""
    return (change + _at(zone, change - timedelta(seconds=1))).replace(tzinfo=None)


def _change(zone: ZoneInfo, change: datetime, rule: str | None) -> list[str]:
    before = (change - timedelta(seconds=1)).astimezone(zone)
    after = change.astimezone(zone)
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return _observance(kind, _onset_wall(zone, change).strftime(_WALL), before, after, rule)


def _observance(
    kind: str, start: str, before: datetime, after: datetime, rule: str | None
) -> list[str]:
    lines = [f"BEGIN:{kind}", f"DTSTART:{start}"]
    lines += [f"RRULE:{rule}"] if rule else []
    lines += [
        f"TZOFFSETFROM:{before.strftime('%z')}",
        f"TZOFFSETTO:{after.strftime('%z')}",
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    ]
    return lines
