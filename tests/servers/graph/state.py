"""Everything the stand-in knows while it runs, in one place behind one lock."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tests.servers.graph.answers import Json
from tests.servers.graph.bot_connector import Bot
from tests.servers.graph.clock import Clock
from tests.servers.graph.faults import Faults
from tests.servers.graph.mail_log import MailLog
from tests.servers.graph.mailbox_state import Item, Mailbox, Tenant
from tests.servers.graph.planner import Planner
from tests.servers.graph.schema import Schema, load
from tests.servers.graph.subscriptions import Push
from tests.servers.graph.throttling import Throttle
from tests.servers.graph.todo import ToDo
from tests.servers.graph.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that the stand-in got."""

    method: str
    path: str
    query: dict[str, str]
    template: str
    """Path in Graph's own words, as in /users/{user-id}/events."""
    mailbox: str
    status: int
    at: datetime
    batched: bool
    headers: dict[str, str]
    body: Json | None


@dataclass(slots=True, kw_only=True)
class State:
    """The tenant and what has been observed of its callers."""

    clock: Clock = field(default_factory=Clock)
    tenant: Tenant = field(default_factory=Tenant)
    schema: Schema = field(default_factory=load)
    mails: MailLog = field(default_factory=MailLog)
    faults: Faults = field(default_factory=Faults)
    tokens: Tokens = field(default_factory=Tokens)
    push: Push = field(default_factory=Push)
    throttle: Throttle = field(default_factory=Throttle)
    todo: ToDo = field(default_factory=ToDo)
    planner: Planner = field(default_factory=Planner)
    bot: Bot = field(default_factory=Bot)
    delta_rounds: dict[str, object] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    """What was asked or answered that Graph's metadata does not know."""
    answered: list[tuple[str, Json]] = field(default_factory=list)
    """Every typed value that was answered or pushed, for checks against the SDK's models."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    root: str = ""
    """Where Graph stands, ending in /v1.0."""

    def changed(
        self,
        box: Mailbox,
        item: Item,
        day: date | None,
        kind: Literal["created", "updated", "deleted"],
    ) -> None:
        """Log a change of one copy and tell those who subscribed to its mailbox."""
        box.note(item, day, kind, self.clock.now())
        self.push.event_changed(self, box, item, kind)
