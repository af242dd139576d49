"""What the pane is told to show, in the person's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, assert_never

from core.model.people import Person
from core.model.series import SheetState, Why
from core.reasons import sentence
from webhook_app.open_event import Answer, PaneState
from webhook_app.pages.times import Times
from webhook_app.pages.words import pane_words

Json = dict[str, Any]


def shown(answer: Answer, person: Person, base: str, now: datetime) -> Json:
    """Return a page's address, or a title and a text."""
    words, home = pane_words(person.locale), f"{base}/"
    found: Json = {"state": answer.state.value, "home": home}
    match answer.state:
        case PaneState.HOME:
            return found | {"url": home}
        case PaneState.TALK:
            assert answer.series is not None
            page = f"{base}/talk/{answer.series.series_id}"
            slot = answer.event.slot if answer.event else None
            if slot and slot.end <= now and _is_another(answer):
                page += "/history"
            elif slot and slot.start <= now < slot.end and not _is_another(answer):
                # While they talk nothing stands there but the agenda (SD-18).
                page += "/meet"
            return found | {"url": page, "beside": _beside(answer, person, words)}
        case PaneState.FOUND:
            assert answer.series is not None
            return found | {"url": f"{base}/preview/{answer.series.series_id}"}
        case PaneState.OTHER:
            why = sentence(answer.why or Why.MORE_THAN_TWO, person.locale)
            return found | {"title": words["other"], "text": why}
        case (
            PaneState.ENDED
            | PaneState.UNSAVED
            | PaneState.UNREAD
            | PaneState.ABSENT
            | PaneState.CLOSED
        ):
            name = answer.state.value
            return found | {"title": words[name], "text": words[f"{name}_text"]}
    assert_never(answer.state)


def _is_another(answer: Answer) -> bool:
    """Tell whether another occurrence is open than the one with the agenda."""
    event, sheet = answer.event, answer.sheet
    if event is None or sheet is None or sheet.place is None or event.original_start is None:
        return False
    return sheet.state is SheetState.OPEN and event.original_start != sheet.place.original_start


def _beside(answer: Answer, person: Person, words: Mapping[str, str]) -> str:
    if not _is_another(answer):
        return ""
    assert answer.event is not None
    assert answer.sheet is not None
    assert answer.sheet.place is not None
    times = Times(locale=person.locale, zone=person.zone)
    opened, coming = answer.event.slot.start, answer.sheet.place.slot.start
    return words["elsewhere"].format(opened=times.moment(opened), next=times.moment(coming))


def stranger(words: Mapping[str, str]) -> Json:
    """Return what somebody reads of whom nothing is known."""
    return {"state": "stranger", "title": words["stranger"], "text": words["stranger_text"]}


def in_trouble(person: Person, base: str) -> Json:
    """Return what stands there while the calendar does not answer."""
    words = pane_words(person.locale)
    found = {"state": "trouble", "home": f"{base}/"}
    return found | {"title": words["trouble"], "text": words["trouble_text"]}
