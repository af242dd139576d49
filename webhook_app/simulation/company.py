"""A made-up company: its pairs, each with a behaviour, and which of them get calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from core.model.people import Pair, PairId, Person, pair_id
from core.model.series import SeriesId
from core.service.observe import series_id_of
from webhook_app.simulation.behaviours import Behaviour, cast

START = datetime(2026, 1, 5, 6, tzinfo=UTC)
"""A Monday."""
TEAM = 5
ZONE = "Europe/Berlin"
WEEK = timedelta(days=7)
NAMES = (
    "Anna Ben Cleo Dario Eva Felix Gina Hugo Ines Jan Kira Levi Mara Nils Olga Paul Quinn Rosa "
    "Sami Tara Udo Vera Willi Xenia Yara Zoe Ada Bruno Carla Dino Elsa Fritz Greta Henri Ida "
    "Jule Kurt Lotte Malik Nora Otto Pia Ruben Selma Theo Ulla Vito Wanda Yusuf Zita"
).split()


@dataclass(kw_only=True)
class Couple:
    """One pair as the play knows it. No slots: it keeps what it is asked for each day."""

    number: int
    behaviour: Behaviour
    manager: Person
    report: Person
    first: datetime
    """Its first talk."""
    minutes: int = 30
    weeks: int = 1
    """Every so many weeks."""
    begins: int = 0
    """Week in which its series is made."""

    @cached_property
    def pair_id(self) -> PairId:
        """The pair."""
        return pair_id(self.manager.address, self.report.address)

    @cached_property
    def pair(self) -> Pair:
        """The pair as a value."""
        manager, report = self.manager.address, self.report.address
        return Pair(pair_id=self.pair_id, manager=manager, report=report)

    @property
    def uid(self) -> str:
        """The series' UID."""
        return f"talk-{self.number}"

    @cached_property
    def series_id(self) -> SeriesId:
        """The series."""
        return series_id_of(self.uid)

    @property
    def rrule(self) -> str:
        """How often they meet."""
        return "FREQ=WEEKLY" + (f";INTERVAL={self.weeks}" if self.weeks > 1 else "")

    def talk_in(self, week: int) -> datetime | None:
        """Return when the rule puts a talk in a week of the play."""
        since = week - self.begins
        if since < 0 or since % self.weeks:
            return None
        here = self.first.astimezone(ZoneInfo(ZONE))
        return (here + since * WEEK).astimezone(UTC)


def company(pairs: int, *, weeks: int) -> tuple[Couple, ...]:
    """Return so many pairs, each with a behaviour of its own."""
    managers = max(1, -(-pairs // TEAM))
    return tuple(_couple(n, role, managers, weeks) for n, role in enumerate(cast(pairs)))


def with_bodies(couples: tuple[Couple, ...], wanted: int) -> tuple[Couple, ...]:
    """Return the pairs of so many whole teams that there are at least as many as wanted."""
    chosen: list[Couple] = []
    for manager in dict.fromkeys(couple.manager for couple in couples):
        if len(chosen) >= wanted:
            break
        chosen += [couple for couple in couples if couple.manager == manager]
    return tuple(sorted(chosen, key=lambda couple: couple.number))


def _couple(number: int, behaviour: Behaviour, managers: int, weeks: int) -> Couple:
    leader = _person(number % managers, "lead")
    seat = number + managers
    # From the second round of names on one further: nobody's manager is called as they are.
    report = _person(seat + seat // len(NAMES), "team")
    # A manager's talks lie beside each other: two at once would be a collision of its own.
    place = number // managers
    day, hour = 1 + place % 3, 8 + place // 3 * 3 + number % managers % 3
    first = START.replace(hour=hour) + timedelta(days=day)
    couple = Couple(number=number, behaviour=behaviour, manager=leader, report=report, first=first)
    match behaviour:
        case Behaviour.SHORT:
            couple.minutes, couple.weeks = 15, 2
        case Behaviour.EDGE:
            couple.first = START.replace(hour=8)
        case Behaviour.NEW:
            couple.begins = min(15, max(2, weeks - 4))
            couple.first = first + couple.begins * WEEK
        case _:
            pass
    return couple


def _person(number: int, kind: str) -> Person:
    name = NAMES[number % len(NAMES)]
    family = "" if number < len(NAMES) else f" {number // len(NAMES) + 1}"
    address = f"{name.lower()}{number}.{kind}@example.com"
    return Person(address=address, name=f"{name}{family}", locale="de", zone=ZONE)
