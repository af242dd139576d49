"""Outgoing webhooks: where they go, what is on its way, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SeriesId


class EventName(StrEnum):
    """What a webhook tells."""

    AGENDA_CREATED = "agenda.created"
    POINT_ADDED = "point.added"
    POINT_CARRIED = "point.carried"
    MEETING_HELD = "meeting.held"
    MEETING_CANCELLED = "meeting.cancelled"
    ACTION_CREATED = "action.created"
    ACTION_DONE = "action.done"
    SERIES_DRIFT = "series.drift"
    PAIR_RELINKED = "pair.relinked"


class EndpointState(StrEnum):
    """Whether we send there."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"
    """It answered 410: we never call it again by ourselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What signatures are made with; an old one signs beside the new one until its end."""

    text: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address that events go to."""

    NOUN: ClassVar[str] = "webhook_endpoint"

    endpoint_id: str
    owner: str
    """Address of the one whose it is; their pairs' events go there."""
    token_id: str = ""
    """Of an integration: then only pairs in which both people allowed it."""
    all_pairs: bool = False
    """An administrator's: everybody's events, ids and counts only."""
    url: str
    events: tuple[EventName, ...]
    content: bool = False
    """Whether the words of shared points and action items go along."""
    secrets: tuple[Secret, ...]
    state: EndpointState = EndpointState.ACTIVE
    created_at: datetime
    silent_until: datetime | None = None
    """After a failure of the whole address: nothing is sent before."""

    @property
    def key(self) -> str:
        """Its id."""
        return self.endpoint_id

    @property
    def belongs_to(self) -> str:
        """Whose it is."""
        return self.owner


class DeliveryState(StrEnum):
    """How far a delivery got."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one endpoint; ids and counts only."""

    NOUN: ClassVar[str] = "webhook_delivery"

    endpoint_id: str
    number: int
    """Of the happening that it tells: later ones are higher."""
    event: EventName
    at: datetime
    pair_id: PairId
    series_id: SeriesId
    entry: str = ""
    count: int = 1
    by: str = ""
    """"report", "manager" or empty: nobody's address leaves."""
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    next_at: datetime
    status: int = 0
    """Of the last answer; 0: none came."""
    hint: str = ""

    @property
    def key(self) -> str:
        """Endpoint, number and event."""
        return delivery_key(self.endpoint_id, self.number, self.event)

    @property
    def belongs_to(self) -> str:
        """The endpoint."""
        return self.endpoint_id

    @property
    def message_id(self) -> str:
        """The same in every attempt: who gets it twice knows it by this."""
        return f"msg_{self.key.replace('/', '_').replace('.', '_')}"


def delivery_key(endpoint_id: str, number: int, event: EventName) -> str:
    """Name a delivery so that later ones sort behind."""
    return f"{endpoint_id}/{number:012}/{event}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A delivery that is not done: the queue of its endpoint."""

    NOUN: ClassVar[str] = "webhook_waiting"

    key: str
    endpoint_id: str

    @property
    def belongs_to(self) -> str:
        """The endpoint."""
        return self.endpoint_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What came of one request."""

    status: int = 0
    """0: no answer."""
    text: str = ""
    """First bytes of the answer, for the one who set the endpoint up."""
    error: str = ""
    """Why there was none, in words."""
    retry_after: float | None = None
    """Seconds that the other side asks for."""

    @property
    def arrived(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300
