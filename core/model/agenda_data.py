"""Agendas as plain data: what JSON, the store and outside programs hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from core.errors import InvalidInput
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemId,
    ItemState,
    PointId,
    PointState,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
)
from core.model.people import normal_address

E = TypeVar("E", bound=StrEnum)


def agenda_from_dict(data: object) -> Agenda:
    """See `Agenda.from_dict`."""
    top = _mapping(data, "agenda")
    sections = _sequence(top.get("sections", ()), "sections")
    parsed = [_section(raw, f"sections[{n}]") for n, raw in enumerate(sections)]
    try:
        return Agenda(sections=tuple(parsed))
    except ValueError as err:
        raise InvalidInput(f"agenda: {err}") from err


def agenda_to_dict(agenda: Agenda) -> dict[str, Any]:
    """See `Agenda.to_dict`."""
    return {"sections": [_section_data(section) for section in agenda.sections]}


def _section(data: object, at: str) -> Section:
    raw = _mapping(data, at)
    owner = _address(raw.get("owner"), f"{at}.owner")
    title = raw.get("title", "")
    titles = tuple(sorted(title.items())) if isinstance(title, Mapping) else ()
    return Section(
        kind=_enum(SectionKind, raw.get("kind", "topic"), f"{at}.kind"),
        title="" if titles else _text(title, f"{at}.title"),
        titles=tuple((str(locale), str(text)) for locale, text in titles),
        owner=owner,
        entries=tuple(_entries(raw, owner, at)),
    )


def _entries(raw: Mapping[str, Any], owner: str | None, at: str) -> list[Entry]:
    found: list[Entry] = []
    for n, entry in enumerate(_sequence(raw.get("entries", ()), f"{at}.entries")):
        where = f"{at}.entries[{n}]"
        is_action = bool(_mapping(entry, where).get("action"))
        found.append(_item(entry, where) if is_action else _point(entry, owner, where))
    for n, entry in enumerate(_sequence(raw.get("points", ()), f"{at}.points")):
        found.append(_point(entry, owner, f"{at}.points[{n}]"))
    for n, entry in enumerate(_sequence(raw.get("action_items", ()), f"{at}.action_items")):
        found.append(_item(entry, f"{at}.action_items[{n}]"))
    return found


def _point(data: object, section_owner: str | None, at: str) -> TalkingPoint:
    raw = {"text": data} if isinstance(data, str) else _mapping(data, at)
    text = _text(raw.get("text"), f"{at}.text")
    shown = "sensitive" if raw.get("sensitive") else raw.get("visibility", "shared")
    return TalkingPoint(
        point_id=PointId(str(raw.get("id") or _made_id(at, text))),
        text=text,
        owner=_address(raw["owner"], f"{at}.owner") if "owner" in raw else section_owner,
        state=_enum(PointState, raw.get("state", "open"), f"{at}.state"),
        visibility=_enum(Visibility, shown, f"{at}.visibility"),
        notes=_notes(raw, at),
        carried=int(raw.get("carried", 0)),
        other_wording=_text(raw.get("other_wording", ""), f"{at}.other_wording"),
    )


def _item(data: object, at: str) -> ActionItem:
    raw = {"text": data} if isinstance(data, str) else _mapping(data, at)
    text = _text(raw.get("text"), f"{at}.text")
    return ActionItem(
        item_id=ItemId(str(raw.get("id") or _made_id(at, text))),
        text=text,
        owner=_address(raw.get("owner"), f"{at}.owner"),
        due=_day(raw.get("due"), f"{at}.due"),
        state=_enum(ItemState, raw.get("state", "open"), f"{at}.state"),
        notes=_notes(raw, at),
        other_wording=_text(raw.get("other_wording", ""), f"{at}.other_wording"),
    )


def _notes(raw: Mapping[str, Any], at: str) -> tuple[str, ...]:
    lines = _sequence(raw.get("notes", ()), f"{at}.notes")
    return tuple(_text(line, f"{at}.notes") for line in lines)


def _made_id(at: str, text: str) -> str:
    return hashlib.sha256(f"{at}|{text}".encode()).hexdigest()[:16]


def _mapping(value: object, at: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidInput(f"{at}: expected an object, not {type(value).__name__}")
    return value


def _sequence(value: object, at: str) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise InvalidInput(f"{at}: expected a list, not {type(value).__name__}")
    return value


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"{at}: expected a text, not {type(value).__name__}")
    return value


def _address(value: object, at: str) -> str | None:
    if value is None or value == "":
        return None
    return normal_address(_text(value, at))


def _day(value: object, at: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value, at))
    except ValueError as err:
        raise InvalidInput(f"{at}: expected a day such as 2026-06-12, not {value!r}") from err


def _enum(kind: type[E], value: object, at: str) -> E:
    try:
        return kind(_text(value, at))
    except ValueError as err:
        known = ", ".join(member.value for member in kind)
        raise InvalidInput(f"{at}: {value!r} is none of {known}") from err


def _section_data(section: Section) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "title": dict(section.titles) if section.titles else section.title,
        "owner": section.owner,
        "entries": [_entry_data(entry) for entry in section.entries],
    }


def _entry_data(entry: Entry) -> dict[str, Any]:
    common = {
        "text": entry.text,
        "owner": entry.owner,
        "state": entry.state.value,
        "notes": list(entry.notes),
        "other_wording": entry.other_wording,
    }
    if isinstance(entry, ActionItem):
        due = entry.due.isoformat() if entry.due else None
        return {"id": entry.item_id, "action": True, "due": due, **common}
    return {
        "id": entry.point_id,
        "visibility": entry.visibility.value,
        "carried": entry.carried,
        **common,
    }
