"""A card as Google draws it, in Chat and in the Calendar add-on: GoogleAppsCardV1Card.

Only widgets that both hosts know: decorated text, text, inputs, buttons. Every text of people is
escaped, since a card's texts may hold markup.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row

Json = dict[str, Any]

LARGEST = 28_000
"""Bytes: Chat takes 32,000 for a message, its text included."""
LONGEST_TEXT = 500
"""Characters of one line on a card."""
MOST_WIDGETS = 100


def to_card(card: Card, endpoint: str) -> Json:
    """Return the card; one too large loses buttons first, then its last lines."""
    made = _card(card, endpoint)
    if _fits(made):
        return made
    slim = replace(card, sections=tuple(_slim(section) for section in card.sections))
    made = _card(slim, endpoint)
    while not _fits(made):
        slim = _shorter(slim)
        made = _card(slim, endpoint)
    return made


def _fits(made: Json) -> bool:
    widgets = sum(len(section["widgets"]) for section in made["sections"])
    small = len(json.dumps(made, ensure_ascii=False).encode()) <= LARGEST
    return small and widgets <= MOST_WIDGETS


def _slim(section: CardSection) -> CardSection:
    return replace(section, rows=tuple(replace(row, presses=()) for row in section.rows))


def _shorter(card: Card) -> Card:
    """Drop the last row of the longest section, and say so there."""
    longest = max(card.sections, key=lambda section: len(section.rows))
    kept = tuple(row for row in longest.rows if row.text != "…")[:-1]
    cut = replace(longest, rows=(*kept, Row(text="…")))
    return replace(card, sections=tuple(cut if s is longest else s for s in card.sections))


def _card(card: Card, endpoint: str) -> Json:
    header: Json = {"title": _plain(card.title)}
    if card.subtitle:
        header["subtitle"] = _plain(card.subtitle)
    sections = [_section(section, endpoint) for section in card.sections]
    return {"header": header, "sections": [each for each in sections if each["widgets"]]}


def _section(section: CardSection, endpoint: str) -> Json:
    widgets: list[Json] = []
    for row in section.rows:
        widgets += _row(row, endpoint)
    widgets += [_field(field) for field in section.fields]
    if section.presses:
        widgets.append(_buttons(section.presses, endpoint))
    made: Json = {"widgets": widgets}
    if section.title:
        made["header"] = _text(section.title)
    return made


def _row(row: Row, endpoint: str) -> Iterator[Json]:
    shown = f"<s>{_text(row.text)}</s>" if row.done else _text(row.text)
    text: Json = {"text": shown or " ", "wrapText": True}
    if row.detail:
        text["bottomLabel"] = _text(row.detail)
    if row.tick is not None:
        text["switchControl"] = {
            "name": f"tick-{row.tick.entry}"[:100],
            "selected": row.done,
            "controlType": "CHECK_BOX",
            "onChangeAction": _action(row.tick, endpoint),
        }
    elif len(row.presses) == 1:
        text["button"] = _button(row.presses[0], endpoint)
        yield {"decoratedText": text}
        return
    yield {"decoratedText": text}
    if row.presses:
        quiet = _buttons(row.presses, endpoint, kind="BORDERLESS")
        yield quiet | {"horizontalAlignment": "END"}


def _buttons(presses: tuple[Press, ...], endpoint: str, *, kind: str = "") -> Json:
    made = []
    for press in presses:
        button = _button(press, endpoint)
        button["type"] = kind or ("FILLED" if press.primary else "OUTLINED")
        made.append(button)
    return {"buttonList": {"buttons": made}}


def _button(press: Press, endpoint: str) -> Json:
    if press.deed is None:
        return {"text": _plain(press.label), "onClick": {"openLink": {"url": press.url}}}
    action = _action(press.deed, endpoint)
    if press.in_dialog:
        action["interaction"] = "OPEN_DIALOG"
    return {"text": _plain(press.label), "onClick": {"action": action}}


def _action(deed: Deed, endpoint: str) -> Json:
    """Both dialects bring parameters back; the function has to be a full address."""
    pairs = [{"key": name, "value": value} for name, value in deed.parameters().items()]
    return {"function": endpoint, "parameters": pairs}


def _field(field: Field) -> Json:
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES:
            kind = "SINGLE_LINE" if field.kind is FieldKind.LINE else "MULTIPLE_LINE"
            shown: Json = {"name": field.name, "label": field.label, "type": kind}
            if field.value:
                shown["value"] = field.value
            return {"textInput": shown}
        case FieldKind.DAY:
            shown = {"name": field.name, "label": field.label, "type": "DATE_ONLY"}
            if field.value:
                shown["valueMsEpoch"] = _midnight(field.value)
            return {"dateTimePicker": shown}
        case FieldKind.CHOICE:
            items = [
                {"text": words, "value": value, "selected": value == field.value}
                for value, words in field.choices
            ]
            return {
                "selectionInput": {
                    "name": field.name,
                    "label": field.label,
                    "type": "DROPDOWN",
                    "items": items,
                }
            }


def _midnight(day: str) -> str:
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return str(int(moment.timestamp() * 1000))


def _text(text: str) -> str:
    return html.escape(_plain(text), quote=False)


def _plain(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
