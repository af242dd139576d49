"""An operation of the API: what it takes, what it answers, and which right it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from core.access import Right, Role
from core.errors import RevisionConflict
from core.model.access import Scope
from core.model.people import Pair, normal_address
from core.model.series import Series
from webhook_app.auth.visitor import Visitor
from webhook_app.problems import HttpRefusal
from webhook_app.wiring import App

T = TypeVar("T", bound=BaseModel)

READABLE = r"[^\s\x00-\x1f\x7f-\x9f]"
"""Pattern of text with at least one character that can be read, in any script."""


HEADERS: dict[str, str] = {
    "If-Match": r'^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$',
    "Idempotency-Key": r"^[!-~]+$",
    "On-Behalf-Of": r"^[^@\s]+@[^@\s]+$",
}
"""Headers that we read, and how they look; at most LONGEST_HEADER characters."""
LONGEST_HEADER = 300


class Form(BaseModel):
    """What somebody sends: exactly this, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    """What we answer."""

    model_config = ConfigDict(frozen=True)


class Page(Answer, Generic[T]):
    """A part of a list; `next` goes into `after` for the part behind it."""

    items: list[T]
    next: str | None = None


class Paging(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(frozen=True)

    limit: int = Field(default=50, ge=1, le=200, description="At most so many.")
    after: str = Field(
        default="",
        max_length=1000,
        pattern="^([0-9a-f]{2})*$",
        description="`next` of the part before.",
    )


class NoQuery(BaseModel):
    """No query parameters."""


class Subject(StrEnum):
    """What an operation's access is checked against."""

    NOTHING = "nothing"
    PAIR = "pair"
    SERIES = "series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One checked request, as a handler gets it."""

    app: App
    visitor: Visitor
    role: Role
    now: datetime
    path: Mapping[str, str]
    query: Any
    body: Any
    key: str
    """The caller's Idempotency-Key, tied to who calls; empty: none."""
    if_match: str | None
    on_behalf_of: str
    pair: Pair | None = None
    series: Series | None = None

    @property
    def of_pair(self) -> Pair:
        """The pair; there is one where the operation's subject is one."""
        assert self.pair is not None
        return self.pair

    @property
    def of_series(self) -> Series:
        """The series."""
        assert self.series is not None
        return self.series

    @property
    def author(self) -> str:
        """As whom it is done. Raise HttpRefusal where a program names neither of the two."""
        if not self.visitor.is_integration:
            return self.visitor.person
        person = normal_address(self.on_behalf_of) or self.visitor.person
        if self.of_pair.side(person) is None:
            raise HttpRefusal(422, "On-Behalf-Of: name one of the two people of this pair")
        return person

    @property
    def reader(self) -> str | None:
        """Whose drafts are shown; None: nobody's."""
        return None if self.visitor.is_integration else self.visitor.person

    def require_match(self) -> str:
        """Return If-Match. Raise HttpRefusal 428 without one."""
        if self.if_match is None:
            raise HttpRefusal(428, "send If-Match with the ETag that you read")
        return self.if_match

    def match(self, etag: str) -> None:
        """Raise HttpRefusal 428 without If-Match, RevisionConflict where it is another's."""
        given = {part.strip().removeprefix("W/") for part in self.require_match().split(",")}
        if not given & {"*", f'"{etag}"'}:
            raise RevisionConflict("it changed since you read it: read again, decide again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a handler answers."""

    value: BaseModel | None = None
    etag: str = ""


Handler = Callable[[Ask], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One verb on one path."""

    verb: str
    path: str
    name: str
    summary: str
    tag: str
    right: Right
    scope: Scope
    handler: Handler
    subject: Subject = Subject.NOTHING
    body: type[BaseModel] | None = None
    query: type[BaseModel] = NoQuery
    answer: type[BaseModel] | None = None
    status: int = 200
    example: Mapping[str, Any] = field(default_factory=dict)
    """Of the body."""
    etag: bool = False
    match: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names in the path."""
        parts = self.path.split("/")
        return tuple(part[1:-1] for part in parts if part.startswith("{"))

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.verb != "GET"


class Operations:
    """A module's operations, gathered by decorator."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.all: list[Operation] = []

    def add(self, verb: str, path: str, summary: str, **how: Any) -> Callable[[Handler], Handler]:
        """Make the decorated function an operation; its name is the operation's."""

        def gather(handler: Handler) -> Handler:
            made = Operation(
                verb=verb,
                path=path,
                name=handler.__name__,
                summary=summary,
                tag=self.tag,
                handler=handler,
                **how,
            )
            self.all.append(made)
            return handler

        return gather
