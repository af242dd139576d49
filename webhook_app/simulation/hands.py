"""People with calendars: what a pair's habits make them do in their clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotFound
from core.model.calendar import Participant, Response
from core.model.people import Person
from core.model.suggestions import TapKind
from core.service.edit import set_done
from core.service.meetings import say
from core.service.promises import add_item
from webhook_app.simulation import habits
from webhook_app.simulation.company import Couple
from webhook_app.simulation.habits import STAYS, WISH, Between
from webhook_app.simulation.world import World


def prepare(world: World, couple: Couple, week: int) -> set[str]:
    """Let the two write for the coming talk, each when the engine has read what the other wrote.

    Return whose calendar changed since the engine looked last.
    """
    changed: set[str] = set()
    for person, texts in habits.lines(couple, week).items():
        if changed:
            world.look(changed)
        for text in texts:
            _add_line(world, couple, person, text)
        changed = {person.address}
    for owner, due in habits.promises(couple, week):
        _promise(world, couple, week, owner, due)
    return changed


def _add_line(world: World, couple: Couple, person: Person, text: str) -> None:
    def typed(body: str) -> str:
        heading = f"\n{person.called}\n"
        if heading in body:
            return body.replace(heading, f"{heading} [ ] {text}\n", 1)
        return body.replace("\n -", f"\n - {text}\n -", 1)

    world.type(couple, person, typed)


def _promise(world: World, couple: Couple, week: int, owner: Person, due: timedelta) -> None:
    try:
        add_item(
            world.services,
            couple.series_id,
            f"Unterlagen {owner.called} {week}",
            owner=owner.address,
            due=(world.now + due).date(),
            by=owner.address,
            now=world.now,
        )
    except NotFound:
        return


def before(world: World, couple: Couple, week: int, start: datetime) -> set[str]:
    """Let things come between on the morning of the day; return whose calendar changed."""
    boss = couple.manager.address
    match habits.between(couple, week):
        case Between.NOTHING:
            return set()
        case Between.CANCELLED:
            world.clients.cancel(boss, couple.uid, start, visible=True)
        case Between.ELSEWHERE:
            world.clients.cancel(boss, couple.uid, start, visible=True)
            for person in (couple.report, couple.manager):
                say(world.services, couple.pair_id, TapKind.TALKED, on=start, by=person.address)
        case Between.MOVED:
            slot = world.clients._facts(boss, couple.uid, start).slot
            hours = timedelta(hours=2)
            moved = replace(slot, start=slot.start + hours, end=slot.end + hours)
            world.clients.move(boss, couple.uid, start, moved)
        case Between.THIRD:
            _join(world, couple)
    return {boss, couple.report.address}


def _join(world: World, couple: Couple) -> None:
    third = Participant(address="gast.team@example.com", name="Gast", response=Response.ACCEPTED)
    shelf, entry = world.clients._own(couple.manager.address, couple.uid)
    entry.master = replace(entry.master, participants=(*entry.master.participants, third))
    world.server.store(shelf, entry)


def during(world: World, couple: Couple) -> set[str]:
    """Let the two tick what they talked about; return whose calendar changed."""
    person = habits.ticks(couple)
    if person is None:
        return set()

    def ticked(body: str) -> str:
        return "\n".join(_discussed(line) for line in body.split("\n"))

    world.type(couple, person, ticked)
    _finish(world, couple)
    return {person.address}


def _discussed(line: str) -> str:
    """Tick what stands in a line; what somebody wished to learn is decided as well."""
    if "[ ]" not in line or any(word in line for word in STAYS):
        return line
    decision = "\n    Beschluss: im Herbst" if WISH in line else ""
    return line.replace("[ ]", "[x]", 1) + decision


def _finish(world: World, couple: Couple) -> None:
    sheet, today = world.sheet(couple), world.now.date()
    for item in sheet.agenda.action_items if sheet else ():
        if item.owner and habits.is_kept(couple, item.owner, item.due, today):
            set_done(
                world.services,
                couple.series_id,
                item.item_id,
                True,
                by=item.owner,
                now=world.now,
            )
