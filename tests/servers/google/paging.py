"""Pages of a list, and the sync tokens at their end."""

from __future__ import annotations

import base64
import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .answers import Json, full_sync_required, invalid
from .calendar_state import Calendar, Found

NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
MAY_DIFFER = {"maxResults", "pageToken", "syncToken", "fields", "alt", "prettyPrint", "quotaUser"}
DEFAULT_PAGE, LARGEST_PAGE = 250, 2500


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPoint:
    """What a sync token stands for."""

    calendar_id: str
    change: int
    issued: datetime
    fixed: Json
    """Parameters that every later request has to repeat."""
    window: Json
    """timeMin and timeMax of the first request: the token stays bound to them."""


@dataclass(slots=True, kw_only=True)
class Run:
    """One listing on its way through pages."""

    slots: list[Found | None]
    point: SyncPoint | None
    parameters: Json
    offset: int = 0


@dataclass(slots=True)
class Pages:
    """All tokens that were handed out."""

    points: dict[str, SyncPoint] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)
    empty_first: int = 0
    """So many listings begin with an empty page."""
    _count: itertools.count[int] = field(default_factory=itertools.count)

    def take(self, run: Run, size: int) -> tuple[list[Found], str | None, str | None]:
        """The page at the run's offset; then the token of the next page or of the next sync."""
        if run.offset == 0 and self.empty_first:
            self.empty_first -= 1
            return [], self._keep_run(run, 0), None
        end = run.offset + size
        items = [slot for slot in run.slots[run.offset : end] if slot is not None]
        if end < len(run.slots):
            return items, self._keep_run(run, end), None
        return items, None, self._keep_point(run.point) if run.point else None

    def _keep_run(self, run: Run, offset: int) -> str:
        token = self._token("page")
        self.runs[token] = Run(
            slots=run.slots, point=run.point, parameters=run.parameters, offset=offset
        )
        return token

    def _keep_point(self, point: SyncPoint) -> str:
        token = self._token("sync")
        self.points[token] = point
        return token

    def _token(self, kind: str) -> str:
        return base64.urlsafe_b64encode(f"{kind}-{next(self._count)}".encode()).decode()

    def resume(self, token: str, parameters: Json) -> Run:
        run = self.runs.get(token)
        if run is None or _repeated(run.parameters) != _repeated(parameters):
            raise invalid("Invalid page token value.")
        return run

    def point(self, token: str, calendar: Calendar, now: datetime, lives: timedelta) -> SyncPoint:
        point = self.points.get(token)
        if point is None or point.calendar_id != calendar.id:
            raise invalid("Invalid sync token value.")
        if token in self.expired or now - point.issued > lives:
            raise full_sync_required()
        return point

    def expire(self, calendar_id: str) -> None:
        """Forget every sync token of a calendar, as Google does now and then."""
        self.expired |= {
            token for token, point in self.points.items() if point.calendar_id == calendar_id
        }


def _repeated(parameters: Json) -> Json:
    return {name: value for name, value in parameters.items() if name not in MAY_DIFFER}


def fixed_part(parameters: Json) -> Json:
    """What has to be the same in each request with a sync token."""
    repeated = _repeated(parameters)
    return {name: value for name, value in repeated.items() if name not in NOT_WITH_SYNC}


def check_sync_parameters(parameters: Json) -> None:
    for name in NOT_WITH_SYNC:
        if name in parameters:
            raise invalid(f"Sync token cannot be used with '{name}'.")
    if parameters.get("showDeleted") is False:
        raise invalid("showDeleted=false cannot be used with a sync token.")


def page_size(parameters: Json, default: int = DEFAULT_PAGE, largest: int = LARGEST_PAGE) -> int:
    return min(int(parameters.get("maxResults", default)), largest)
