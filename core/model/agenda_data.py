"""Agendas as plain data: what JSON, the store and outside programs hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final, TypeVar

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
_TOP: Final = ("sections",)
_SECTION: Final = ("kind", "title", "owner", "points", "action_items", "entries")
_ENTRY: Final = ("text", "owner", "state", "notes", "id", "other_wording")
_POINT: Final = (*_ENTRY, "visibility", "sensitive", "carried", "action", "due")
_ITEM: Final = (*_ENTRY, "due", "action")
_LIKE: Final = 0.75
"""From here on an unknown key is a known one, mistyped."""


def agenda_from_dict(data: object) -> Agenda:
    """See `Agenda.from_dict`."""
    top = _mapping(data, "agenda", _TOP)
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
    raw = _mapping(data, at, _SECTION)
    owner = _address(raw.get("owner"), f"{at}.owner")
    title = raw.get("title", "")
    titles = sorted(title.items()) if isinstance(title, Mapping) else ()
    return Section(
        kind=_enum(SectionKind, raw.get("kind", "topic"), f"{at}.kind"),
        title="" if titles else _text(title, f"{at}.title"),
        titles=tuple((str(key), _text(text, f"{at}.title.{key}")) for key, text in titles),
        owner=owner,
        entries=tuple(_entries(raw, owner, at)),
    )


def _entries(raw: Mapping[str, Any], owner: str | None, at: str) -> list[Entry]:
    found: list[Entry] = []
    for n, entry in enumerate(_sequence(raw.get("entries", ()), f"{at}.entries")):
        where = f"{at}.entries[{n}]"
        is_action = not isinstance(entry, str) and _mapping(entry, where).get("action")
        found.append(_item(entry, where) if is_action else _point(entry, owner, where))
    for n, entry in enumerate(_sequence(raw.get("points", ()), f"{at}.points")):
        found.append(_point(entry, owner, f"{at}.points[{n}]"))
    for n, entry in enumerate(_sequence(raw.get("action_items", ()), f"{at}.action_items")):
        found.append(_item(entry, f"{at}.action_items[{n}]"))
    return found


def _point(data: object, section_owner: str | None, at: str) -> TalkingPoint:
    raw = {"text": data} if isinstance(data, str) else _mapping(data, at, _POINT)
    text = _text(raw.get("text"), f"{at}.text")
    if raw.get("due") is not None:
        raise InvalidInput(f"{at}.due: only action items have a day they are due")
    return TalkingPoint(
        point_id=PointId(str(raw.get("id") or _made_id(at, text))),
        text=text,
        owner=_address(raw["owner"], f"{at}.owner") if "owner" in raw else section_owner,
        state=_enum(PointState, raw.get("state", "open"), f"{at}.state"),
        visibility=_visibility(raw, at),
        notes=_notes(raw, at),
        carried=_count(raw.get("carried", 0), f"{at}.carried"),
        other_wording=_text(raw.get("other_wording", ""), f"{at}.other_wording"),
    )


def _item(data: object, at: str) -> ActionItem:
    raw = {"text": data} if isinstance(data, str) else _mapping(data, at, _ITEM)
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
    return hashlib.sha256(f"{at}|{text}".encode("utf-8", "replace")).hexdigest()[:16]


def _visibility(raw: Mapping[str, Any], at: str) -> Visibility:
    """Understand both ways to say it; where they differ, the stricter one counts."""
    sensitive = raw.get("sensitive", False)
    if not isinstance(sensitive, bool):
        raise InvalidInput(f"{at}.sensitive: expected true or false, not {sensitive!r}")
    found = _enum(Visibility, raw.get("visibility", "shared"), f"{at}.visibility")
    hide = sensitive and found is Visibility.SHARED
    return Visibility.SENSITIVE if hide else found


def _count(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidInput(f"{at}: expected a number such as 2, not {value!r}")
    return value


def _mapping(value: object, at: str, keys: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return an object. Keys of others are left alone, but a mistyped one would lose words."""
    if not isinstance(value, Mapping):
        raise InvalidInput(f"{at}: expected an object, not {type(value).__name__}")
    for key in value if keys else ():
        close = () if key in keys else get_close_matches(str(key), keys, 1, _LIKE)
        if close:
            raise InvalidInput(f"{at}: {key!r} is no key there; {close[0]!r} is")
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
    if value is None or type(value) is date:
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
