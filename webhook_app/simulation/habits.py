"""What the two of a pair do before, on the day of, and during a talk, by their behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.content.prompts import Topic
from core.model.people import Person
from core.questions.bank import load_topic
from webhook_app.simulation.behaviours import Behaviour
from webhook_app.simulation.company import Couple

B = Behaviour
REPORTS: Final = (
    "Hindernis: Die Testumgebung ist langsam",
    "Ziel: Was heißt fertig beim Umbau?",
    "Wie geht es nach der Messe weiter?",
    "Lernwunsch: ein Kurs in Moderation",
    "Prioritäten für den nächsten Monat",
    "Feedback an dich: kürzere Runden taten gut",
)
MANAGERS: Final = (
    "Danke: die Übergabe lief ruhig",
    "Feedback: die Vorlage hat allen geholfen",
    "Urlaub im Sommer abstimmen",
    next(p for p in load_topic(Topic.WELLBEING) if not p.sensitivity).text.de_du,
)
SILENT: Final = frozenset({B.EMPTY, B.FREE})
NEWS: Final = ("Info: Umbau läuft", "Info: Audit erledigt", "Info: neue Vorlage", "Update: Messe")
FIRST_DRIFT, THIRD_JOINS = 6, 10
LEAVE = (8, 18)
"""Weeks of the leave."""
WISH: Final = "Lernwunsch:"
"""It stays open until something is decided."""
STAYS: Final = ("bleibt", "Unterlagen")
"""Words of what nobody ticks in the talk."""


class Between(StrEnum):
    """What comes between a pair and its talk on the morning of the day."""

    NOTHING = "nothing"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"
    """Cancelled, and both say that they talked."""
    MOVED = "moved"
    """By two hours."""
    THIRD = "third"
    """A third person is invited to the series."""


def between(couple: Couple, week: int) -> Between:
    """Return what comes between on the morning of a talk."""
    match couple.behaviour:
        case B.DRIFTING if week >= FIRST_DRIFT and week % 3:
            return Between.CANCELLED
        case B.ELSEWHERE if week >= 5 and week % 5 in (0, 2, 3):
            return Between.ELSEWHERE
        case B.COLLIDING if week % 5 in (0, 2, 3):
            return Between.MOVED
        case B.ON_LEAVE if LEAVE[0] <= week < LEAVE[1]:
            return Between.CANCELLED
        case B.THIRD if week == THIRD_JOINS:
            return Between.THIRD
        case _:
            return Between.NOTHING


def is_away(couple: Couple, week: int) -> bool:
    """Tell whether the pair's talk of a week lies in a leave."""
    return couple.behaviour is B.ON_LEAVE and LEAVE[0] <= week < LEAVE[1]


def lines(couple: Couple, week: int) -> Mapping[Person, tuple[str, ...]]:
    """Return what each writes for the talk of a week, in the order in which they write."""
    report, manager = couple.report, couple.manager
    turn = week // couple.weeks + couple.number
    own, other = REPORTS[turn % len(REPORTS)], MANAGERS[turn % len(MANAGERS)]
    match couple.behaviour:
        case B.EMPTY | B.FREE:
            return {}
        case B.ONE_SIDED:
            return {manager: (f"{other} ({week})", f"Stand der Dinge {week}?", f"Termine {week}")}
        case B.NEWS:
            return {report: tuple(f"{line} {week}" for line in NEWS)}
        case B.CROWDED:
            return {
                report: tuple(f"Thema {n} der Woche {week}" for n in range(8)),
                manager: (other,),
            }
        case B.CARRYING | B.STUCK if week == 3:
            stays = "Hindernis: Freigabe fehlt" if couple.behaviour is B.STUCK else "Büro umbauen"
            return {report: (own, f"{stays} bleibt"), manager: (other,)}
        case _:
            return {report: (own,), manager: (other,)}


def promises(couple: Couple, week: int) -> tuple[tuple[Person, timedelta], ...]:
    """Return who promises something for the talk of a week, and in how many days."""
    made = []
    if couple.behaviour is B.PROMISING and week % 3 == 1:
        made.append((couple.manager, timedelta(days=7)))
    if couple.behaviour in (B.REGULAR, B.PROMISING) and week % 2:
        made.append((couple.report, timedelta(days=10)))
    return tuple(made)


def ticks(couple: Couple) -> Person | None:
    """Return who of the two ticks what they talked about; None: nobody."""
    return None if couple.behaviour in SILENT else couple.report


def is_kept(couple: Couple, owner: str | None, due: date | None, today: date) -> bool:
    """Tell whether a promise is ticked by now: in time, the manager's of one behaviour left out."""
    stays = couple.behaviour is B.PROMISING and owner == couple.manager.address
    return not stays and owner is not None and due is not None and due <= today
