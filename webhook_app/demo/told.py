"""What the demo says: where to look, what to do next, and what happens as it happens."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from core.errors import OneOnOneError
from webhook_app.demo.cycle import Cycle, plain_sync
from webhook_app.demo.people import ACTORS, actor
from webhook_app.demo.scene import Scene
from webhook_app.jobs.clock import utc_now

PAUSE = 6.0
"""Seconds between two acts of the made-up people."""
LINES = (
    ("anna", "- Urlaub im August absprechen\n- Das Konzept ist fertig, magst du lesen?"),
    ("ben", "- Was brauchst du diese Woche von mir?"),
    ("anna", "TODO Ben: Budget klären bis Freitag"),
)
TELL = {
    "series.enabled": "{by} said yes: this 1:1 keeps its agenda in the calendar",
    "agenda.written": "wrote the agenda into the next occurrence",
    "point.added": "read a new point{whose}",
    "point.ticked": "read a tick{whose}",
    "action.created": "read a promise",
    "meeting.held": "the meeting is over",
    "point.carried": "carried {count} open points to the next meeting",
    "action.done": "a task was completed in the task tool",
    "pair.relinked": "a new series took the place of the old one",
}


def ready(stage: Scene) -> dict[str, Any]:
    """Return what a script needs: servers, and each person's calendar, login and page."""
    now, links = utc_now(), stage.app.links
    people = [
        {
            "name": each.person.name,
            "role": each.role,
            **stage.ready(each.login),
            "page_url": links.page_of(each.person.address, now),
        }
        for each in ACTORS
    ]
    return {**stage.servers(), "page_url": people[0]["page_url"], "people": people}


def welcome(stage: Scene, kept_in: Path | None) -> str:
    """Return what a newcomer reads once everything stands."""
    pages = [
        f"   {p['name']:12} ({p['role']})\n     {p['page_url']}" for p in ready(stage)["people"]
    ]
    kept = (
        f"Everything is kept in {kept_in}: the same command goes on from there."
        if kept_in
        else "Nothing is kept; with --data DIR it is, and the next start goes on from there."
    )
    return "\n".join(
        (
            "",
            "Ready. Ben leads Anna and Cleo. Each pair has a weekly 1:1 in the calendar, and the",
            "notes of the next one hold its agenda. Nothing of this leaves your machine.",
            "",
            "1. Open somebody's page in a browser:",
            *pages,
            "",
            *stage.welcome(),
            "",
            "3. Below “Anna”, in the notes of the next “1:1 Anna & Ben”, type a line: within 15",
            "   seconds it is on both pages. `TODO Ben: … bis Freitag` becomes a task of Ben's.",
            "",
            "In a moment Anna and Ben type something themselves; what happens is told below.",
            f"Ctrl-C ends the demo. {kept}",
            "",
        )
    )


def tell(stage: Scene, out: TextIO) -> None:
    """Print what happens as it happens, from here on."""
    with stage.app.store.transaction() as tx:
        after = tx.last_happening()
    while True:
        with stage.app.store.transaction() as tx:
            news = tx.happenings(after)
            titles = {s.series_id: s.title for s in tx.all_series()}
        for number, happening in news:
            after = number
            text = TELL.get(happening.name)
            if text:
                whose = f" from {happening.by}" if happening.by else ""
                by = happening.by or "somebody"
                words = text.format(by=by, whose=whose, count=happening.count)
                title = titles.get(happening.subject, "")  # type: ignore[call-overload]
                _say(out, happening.at, f"{title}: {words}")
        time.sleep(0.5)


def people_type(stage: Scene, folder: Path, out: TextIO) -> None:
    """Play both people, once a folder: a newcomer sees a reply without doing anything."""
    played = folder / "people-have-typed"
    if played.exists():
        return
    cycle = Cycle(stage, utc_now(), plain_sync(stage))
    for login, typed in LINES:
        time.sleep(PAUSE)
        name = actor(login).person.called
        try:
            cycle.type_below(login, name, typed)
        except OneOnOneError:
            continue
        for line in typed.split("\n"):
            _say(out, utc_now(), f"{name} types in the calendar: {line}")
    played.touch()


def _say(out: TextIO, at: datetime, words: str) -> None:
    print(f"{at.astimezone():%H:%M:%S}  {words}", file=out, flush=True)
