"""What people, pairs and the company have chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final

from core.model.people import PairId


class Channel(StrEnum):
    """How one person wants to be reached."""

    MAIL = "mail"
    TEAMS = "teams"
    CHAT = "chat"
    """Google Chat."""
    SLACK = "slack"


class Bond(StrEnum):
    """What the two of a pair are to each other."""

    REPORT = "report"
    """Manager and direct report."""
    SKIP_LEVEL = "skip_level"
    MENTORING = "mentoring"
    """The mentor stands in the manager's place, the mentee in the report's."""
    PEER = "peer"


EXPOSURES: Final = ("full", "titles", "link")
"""Everything, headings and the points' own lines, or nothing but the way to the agenda."""
WORK_WEEK: Final = (0, 1, 2, 3, 4)
"""Monday to Friday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSettings:
    """One person's wishes. Language, form of address and zone stand in the Person."""

    NOUN: ClassVar[str] = "person_settings"

    address: str
    channels: tuple[Channel, ...] = (Channel.MAIL,)
    """In order of wish: the first that the installation offers is used. Empty: none."""
    reminders: bool = True
    tips: bool = True
    work_days: tuple[int, ...] = WORK_WEEK
    """0 is Monday."""
    work_from: time = time(9)
    work_to: time = time(17)
    quiet_from: time = time(19)
    """From then on no message ..."""
    quiet_to: time = time(7)
    """... until then; equal times: no quiet hours."""
    buffer_minutes: int = 0
    """So long before and after other events no talk is proposed."""
    region: str = ""
    """Whose public holidays count, such as "DE-BY" (core.holidays); empty: none."""
    days_off: tuple[date, ...] = ()
    paused_from: date | None = None
    """First day of a leave; why is nobody's business and is not kept."""
    paused_until: date | None = None
    """First day back; None with `paused_from`: open end."""
    back_on: date | None = None
    """First day back of the last leave: the talk of return is offered around it."""
    wide_span: bool = False
    """Leads so many people on purpose (a call centre, say): nobody offers to make it fewer."""
    assistants: tuple[str, ...] = ()
    """Addresses of people who keep this person's calendar and may invite in their name."""
    contact_days: int = 0
    """During a leave: one word every so many days, because they asked for it. 0: silence."""

    def __post_init__(self) -> None:
        if not set(self.work_days) <= set(range(7)):
            raise ValueError("work_days are 0 (Monday) to 6 (Sunday)")
        if self.work_to <= self.work_from:
            raise ValueError("work ends after it begins")
        if not 0 <= self.buffer_minutes <= 60:
            raise ValueError("buffer_minutes is between 0 and 60")
        if not 0 <= self.contact_days <= 366:
            raise ValueError("contact_days is between 0 and 366")
        if self.paused_from and self.paused_until and self.paused_until <= self.paused_from:
            raise ValueError("a pause ends after it begins")

    @property
    def key(self) -> str:
        """One a person."""
        return self.address

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.address

    def is_away(self, day: date) -> bool:
        """Tell whether they are on leave that day."""
        if self.paused_from is None and self.paused_until is None:
            return False
        begun = self.paused_from is None or self.paused_from <= day
        return begun and (self.paused_until is None or day < self.paused_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSettings:
    """What two people have chosen for their talks."""

    NOUN: ClassVar[str] = "pair_settings"

    pair_id: PairId
    bond: Bond = Bond.REPORT
    formal: bool | None = None
    """True: Sie, False: du, None: as each person's own language says."""
    template: str = ""
    """Id of their template; empty: the company's, or the one for such a pair."""
    remote: bool = False
    free_talk: bool = False
    """They talk without an agenda on purpose: nobody offers to fill it."""
    project_until: date | None = None
    """Updates are the point until then."""
    pulse: bool = False
    """Both are asked now and then whether the talk is useful; only they see it."""
    pulse_shown_by: tuple[str, ...] = ()
    """Who of the two wants that both see each other's answers: it takes both (C-30)."""
    frozen_on: date | None = None
    """From that day on nothing new is read or written: the report has another manager."""
    agreed_days: int | None = None
    """The interval that the two agreed on; it wins over the series."""
    left_alone: bool = False
    """Matrix lead, contractor, deputy: nobody asks for a series."""
    third_allowed: bool = False
    """An interpreter, say: the pair said that it is fine."""
    exposure: str = "full"
    """How much of the agenda stands in the event: full, titles or link."""
    may_read: tuple[str, ...] = ()
    """Who else reads the calendar, and the two said that it is fine: the event shows all."""
    reviews: bool = True
    """Somebody reviews the report: rules may look towards it."""
    unwanted: tuple[str, ...] = ()
    """Topics that the report would rather not be asked about."""
    waiting: tuple[str, ...] = ()
    """Talking points that wait for people outside the pair."""
    said_done: tuple[str, ...] = ()
    """Action items that are done, and the task tool does not know yet."""
    shared_list: str = ""
    """A list that a whole group reads, for this pair's action items; empty: each one's own."""
    former_lists: tuple[str, ...] = ()
    """Such lists that were given up: what still stands there moves away."""

    def __post_init__(self) -> None:
        if self.agreed_days is not None and not 1 <= self.agreed_days <= 366:
            raise ValueError("agreed_days is between 1 and 366")
        if self.exposure not in EXPOSURES:
            raise ValueError(f"exposure is one of {', '.join(EXPOSURES)}")

    @property
    def key(self) -> str:
        """One a pair."""
        return self.pair_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSettings:
    """What was chosen for one series."""

    NOUN: ClassVar[str] = "series_settings"

    series_id: str
    pair_id: PairId
    template: str = ""

    @property
    def key(self) -> str:
        """One a series."""
        return self.series_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySettings:
    """What the company has chosen for everybody."""

    NOUN: ClassVar[str] = "company_settings"

    template: str = ""
    cycle_from: date | None = None
    """The goal cycle that runs now."""
    cycle_to: date | None = None
    region: str = ""
    """Public holidays of people who chose none."""
    domains: tuple[str, ...] = ()
    """Mail domains of the company: who has another one reads from outside."""

    def __post_init__(self) -> None:
        if self.cycle_from and self.cycle_to and self.cycle_to <= self.cycle_from:
            raise ValueError("a cycle ends after it begins")

    @property
    def key(self) -> str:
        """There is one."""
        return "company"

    @property
    def belongs_to(self) -> str:
        """Nobody in particular."""
        return ""
