"""What rules may know about a pair: plain values, counted rather than quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.content.prompts import Topic
from core.content.template_model import ItemType, Relation
from core.model.meetings import MeetingState
from core.model.people import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One occurrence of the pair's series."""

    start: datetime
    minutes: int = 30
    state: MeetingState = MeetingState.HELD
    moved_same_day: bool = False
    template: str = "weekly"

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A talking point, counted; only text rules read its words."""

    point_id: str
    talk: datetime
    """Start of the occurrence that it was first written for."""
    by: Side | None
    """None: both."""
    added_at: datetime
    """First seen."""
    kind: ItemType = ItemType.POINT
    topics: frozenset[Topic] = frozenset()
    carried: int = 0
    is_open: bool = False
    shared: bool = True
    waits_outside: bool = False
    """Somebody said that it waits for people outside the pair."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action item agreed in a talk of the pair."""

    item_id: str
    owner: Side
    due: date | None = None
    done_on: date | None = None
    dropped: bool = False
    said_done: bool = False
    """Tapped as done, and the task tool has not followed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal linked to the pair."""

    goal_id: str
    linked_on: date
    mentioned_on: date | None = None
    cycle_start: date | None = None
    cycle_end: date | None = None
    checked_on: date | None = None
    tracked_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days on which somebody is away."""

    first: date
    back: date
    """The first day of work again."""
    confirmed: bool = True
    """By the HR system, not guessed from a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the two, as far as rules need it."""

    address: str
    name: str
    weekly_hours: int = 40
    zone: str = "Europe/Berlin"
    work_from: time = time(9)
    work_to: time = time(17)
    work_days: frozenset[int] = frozenset(range(5))
    """Monday is 0."""
    hours_known: bool = False
    """The hours above are the person's own, not a guess."""
    busy: tuple[tuple[datetime, datetime], ...] = ()
    """Other meetings around the next talk."""
    holidays: frozenset[date] = frozenset()
    leaves: tuple[Leave, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    transferred: bool = False
    """Came from another team, not from outside."""
    temporary: bool = False
    wide_span: bool = False
    """Leads so many people on purpose (a call centre, say)."""
    locale: str = "de"

    @property
    def called(self) -> str:
        """The given name."""
        return self.name.split()[0] if self.name.split() else self.address.partition("@")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next occurrence and who can see it."""

    start: datetime
    minutes: int = 30
    template: str = "weekly"
    humans: int = 2
    third_allowed: bool = False
    """An interpreter, say: the pair said that it is fine."""
    delegates: int = 0
    rooms: int = 0
    outside_domains: int = 0
    shared_calendar: bool = False
    public_feed: bool = False
    reduced: bool = False
    """The event holds titles or a link only."""
    lowered: str = ""
    """Why it does so of its own accord: a name of core.service.exposure.Lowered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the pair chose."""

    remote: bool = False
    free_talk: bool = False
    """They talk without an agenda, and like it."""
    project_phase_from: date | None = None
    unwanted: frozenset[Topic] = frozenset()
    """Topics that the report would rather not be asked about."""
    pulse: bool = True
    reviews: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A tap that says: this happened, only not here."""

    rule_id: str
    on: date
    by: frozenset[Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A suggestion that was made."""

    rule_id: str
    at: datetime
    meeting: datetime | None = None
    """Start of the talk that it was made for."""
    to: frozenset[Side] = frozenset(Side)
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that rules see of one pair, in any order."""

    pair_id: str
    manager: Person
    report: Person
    installed_on: date
    relation: Relation = Relation.REPORT
    agreed: timedelta | None = None
    """The interval that the two agreed on; it wins over the series."""
    rrule: str | None = None
    manager_since: date | None = None
    left_alone: bool = False
    """Matrix lead, contractor, deputy, on release, private calendar: nobody asks for a series."""
    review_on: date | None = None
    has_series: bool = False
    """A series goes on, even where its next occurrence has not been read yet."""
    paused: bool = False
    """More than two people are in the series: its talks are not seen."""
    next: Next | None = None
    free_slots: tuple[datetime, ...] = ()
    talks: tuple[Talk, ...] = ()
    points: tuple[Point, ...] = ()
    actions: tuple[Action, ...] = ()
    goals: tuple[Goal, ...] = ()
    colleagues: frozenset[str] = frozenset()
    """Names in the directory."""
    setting: Setting = Setting()
    elsewhere: tuple[Elsewhere, ...] = ()
    past: tuple[Past, ...] = ()
    mutes: frozenset[str] = frozenset()
    """Rules that the pair answered with "not for us"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What other sources know about a pair: settings, leave, HR system, directory, calendars."""

    manager: Person | None = None
    report: Person | None = None
    relation: Relation = Relation.REPORT
    manager_since: date | None = None
    review_on: date | None = None
    goals: tuple[Goal, ...] = ()
    colleagues: frozenset[str] = frozenset()
    delegates: int = 0
    rooms: int = 0
    outside_domains: int = 0
    shared_calendar: bool = False
    public_feed: bool = False
    reduced: bool = False
    lowered: str = ""
    template: str = "weekly"
    """Template of the next talk."""
    remote: bool = False
    free_talk: bool = False
    project_phase_from: date | None = None
    pulse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What the company decided."""

    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    """Rules that are off unless somebody turns them on."""
    text_rules: bool = False
    """Rules that read words may run."""
