"""What the two of a pair do before, on the day of, and during a talk, by their behaviour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.content.prompts import Topic
from core.errors import NotFound
from core.model.calendar import Participant, Response
from core.model.people import Person
from core.model.suggestions import TapKind
from core.questions.bank import load_topic
from core.service.edit import set_done
from core.service.meetings import say
from core.service.promises import add_item
from webhook_app.simulation.behaviours import Behaviour
from webhook_app.simulation.world import Couple, World

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


def prepare(world: World, couple: Couple, week: int) -> set[str]:
    """Let the two write for the coming talk, each when the engine has read what the other wrote.

    Return whose calendar changed since the engine looked last.
    """
    lines = _lines(couple, week)
    changed: set[str] = set()
    for person, texts in lines.items():
        if changed:
            world.look(changed)
        for text in texts:
            _add_line(world, couple, person, text)
        changed = {person.address}
    if couple.behaviour is B.PROMISING and week % 3 == 1:
        _promise(world, couple, week, couple.manager, due=timedelta(days=7))
    if couple.behaviour in (B.REGULAR, B.PROMISING) and week % 2:
        _promise(world, couple, week, couple.report, due=timedelta(days=10))
    return changed


def _lines(couple: Couple, week: int) -> dict[Person, tuple[str, ...]]:
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


def _add_line(world: World, couple: Couple, person: Person, text: str) -> None:
    def typed(body: str) -> str:
        heading = f"\n{person.called}\n"
        if heading in body:
            return body.replace(heading, f"{heading} [ ] {text}\n", 1)
        return body.replace("\n -", f"\n - {text}\n -", 1)

    world.type(couple, person, typed)


def _promise(world: World, couple: Couple, week: int, owner: Person, due: timedelta) -> None:
    day = (world.now + due).date()
    text = f"Unterlagen {owner.called} {week}"
    try:
        add_item(
            world.services,
            couple.series_id,
            text,
            owner=owner.address,
            due=day,
            by=owner.address,
            now=world.now,
        )
    except NotFound:
        return


def before(world: World, couple: Couple, week: int, start: datetime) -> set[str]:
    """Let things come between on the morning of the day; return whose calendar changed."""
    boss = couple.manager.address
    match couple.behaviour:
        case B.DRIFTING if week >= FIRST_DRIFT and week % 3:
            world.clients.cancel(boss, couple.uid, start, visible=True)
        case B.ELSEWHERE if week >= 5 and week % 5 in (0, 2, 3):
            world.clients.cancel(boss, couple.uid, start, visible=True)
            for person in (couple.report, couple.manager):
                say(world.services, couple.pair_id, TapKind.TALKED, on=start, by=person.address)
        case B.COLLIDING if week % 5 in (0, 2, 3):
            slot = world.clients._facts(boss, couple.uid, start).slot
            hours = timedelta(hours=2)
            moved = replace(slot, start=slot.start + hours, end=slot.end + hours)
            world.clients.move(boss, couple.uid, start, moved)
        case B.ON_LEAVE if LEAVE[0] <= week < LEAVE[1]:
            world.clients.cancel(boss, couple.uid, start, visible=True)
        case B.THIRD if week == THIRD_JOINS:
            _join(world, couple)
        case _:
            return set()
    return {boss, couple.report.address}


def _join(world: World, couple: Couple) -> None:
    third = Participant(address="gast.team@example.com", name="Gast", response=Response.ACCEPTED)
    shelf, entry = world.clients._own(couple.manager.address, couple.uid)
    entry.master = replace(entry.master, participants=(*entry.master.participants, third))
    world.server.store(shelf, entry)


def during(world: World, couple: Couple) -> set[str]:
    """Let the two tick what they talked about; return whose calendar changed."""
    person = couple.manager if couple.behaviour in SILENT else couple.report
    if couple.behaviour in SILENT:
        return set()

    def ticked(body: str) -> str:
        lines = body.split("\n")
        done = [
            line if "bleibt" in line or "Unterlagen" in line else line.replace("[ ]", "[x]", 1)
            for line in lines
        ]
        return "\n".join(done)

    world.type(couple, person, ticked)
    _finish(world, couple)
    return {person.address}


def _finish(world: World, couple: Couple) -> None:
    """Let people tick their promises in time, the manager's of one behaviour left out."""
    sheet = world.sheet(couple)
    for item in sheet.agenda.action_items if sheet else ():
        stays = couple.behaviour is B.PROMISING and item.owner == couple.manager.address
        if not stays and item.owner is not None and item.due and item.due <= world.now.date():
            set_done(
                world.services,
                couple.series_id,
                item.item_id,
                True,
                by=item.owner,
                now=world.now,
            )
