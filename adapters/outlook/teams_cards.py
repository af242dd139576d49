"""A card as Teams draws it: Adaptive Cards 1.5, at most 25 KB.

What people wrote stands in TextRuns: TextBlocks read markdown and would make links of it.
Sources: adaptivecards.io/schemas/adaptive-card.json 1.5; learn.microsoft.com/microsoftteams/
platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, Verb

Json = dict[str, Any]
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
MOST_BYTES = 25 * 1024
"""Webhooks take 28 KB, bots more; what is near the limit is slow on phones."""
TEXT_LIMITS = (2000, 600, 200, 80)
"""Characters of a line that are tried one after the other until a card is small enough."""
MOST_USERS = 60
"""Of `refresh`: Teams takes no more."""


def drawn(card: Card, *, refresh: Deed | None = None, users: Sequence[str] = ()) -> Json:
    """Return the card; where it is too large, shorter lines first, then fewer.

    `refresh` lets Teams ask for the newest one when one of `users` sees it.
    """
    for limit in TEXT_LIMITS:
        made = _card(_cut(card, limit), refresh, users)
        if size(made) <= MOST_BYTES:
            return made
    while size(made) > MOST_BYTES and any(section.rows for section in card.sections):
        card = _with_fewer_rows(card)
        made = _card(_cut(card, TEXT_LIMITS[-1]), refresh, users)
    return made


def size(card: Json) -> int:
    """Return how many bytes go over the wire."""
    return len(json.dumps(card, ensure_ascii=False).encode())


def _card(card: Card, refresh: Deed | None, users: Sequence[str]) -> Json:
    body: list[Json] = [_heading(card.title, large=True)]
    if card.subtitle:
        body.append(_plain(card.subtitle, subtle=True))
    for section in card.sections:
        body += _section(section)
    made: Json = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "fallbackText": _safe(card.text)[:500],
        "body": body,
    }
    if refresh is not None and users:
        action = _execute("", refresh)
        made["refresh"] = {"action": action, "userIds": list(users)[:MOST_USERS]}
    return made


def _section(section: CardSection) -> Iterator[Json]:
    items: list[Json] = []
    if section.title:
        items.append(_heading(section.title))
    items += [_row(row) for row in section.rows]
    items += [_field(field) for field in section.fields]
    if section.presses:
        actions = [_press(press, inputs=bool(section.fields)) for press in section.presses]
        items.append({"type": "ActionSet", "actions": actions})
    if items:
        yield {"type": "Container", "spacing": "Medium", "items": items}


def _heading(text: str, *, large: bool = False) -> Json:
    run = {"type": "TextRun", "text": _safe(text), "weight": "Bolder"}
    if large:
        run["size"] = "Medium"
    return {"type": "RichTextBlock", "inlines": [run]}


def _plain(text: str, *, subtle: bool = False, struck: bool = False) -> Json:
    run: Json = {"type": "TextRun", "text": _safe(text)}
    if subtle:
        run |= {"isSubtle": True, "size": "Small"}
    if struck:
        run |= {"strikethrough": True, "isSubtle": True}
    return {"type": "RichTextBlock", "spacing": "None" if subtle else "Small", "inlines": [run]}


def _row(row: Row) -> Json:
    words = [_plain(row.text, struck=row.done)]
    if row.detail:
        words.append(_plain(row.detail, subtle=True))
    columns: list[Json] = []
    if row.tick is not None:
        columns.append(_box(row, row.tick))
    columns.append({"type": "Column", "width": "stretch", "items": words})
    if row.presses:
        actions = [_press(press) for press in row.presses]
        columns.append(
            {
                "type": "Column",
                "width": "auto",
                "items": [{"type": "ActionSet", "actions": actions}],
            }
        )
    return {"type": "ColumnSet", "spacing": "Small", "columns": columns}


def _box(row: Row, tick: Deed) -> Json:
    """The box is text with an action of its own: inputs would have to be saved by a button."""
    sign = "☑" if row.done else "☐"
    return {
        "type": "Column",
        "width": "auto",
        "items": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": sign}]}],
        "selectAction": _execute(_safe(row.text)[:100], tick),
    }


def _field(field: Field) -> Json:
    made: Json = {"id": field.name, "label": _safe(field.label), "isRequired": field.required}
    if field.required:
        made["errorMessage"] = _safe(field.label)
    if field.value:
        made["value"] = field.value
    match field.kind:
        case FieldKind.LINE:
            return made | {"type": "Input.Text", "maxLength": 2000}
        case FieldKind.LINES:
            return made | {"type": "Input.Text", "maxLength": 2000, "isMultiline": True}
        case FieldKind.DAY:
            return made | {"type": "Input.Date"}
        case FieldKind.CHOICE:
            choices = [{"title": _safe(words), "value": value} for value, words in field.choices]
            return made | {"type": "Input.ChoiceSet", "choices": choices}


def _press(press: Press, *, inputs: bool = False) -> Json:
    if press.deed is None:
        return {"type": "Action.OpenUrl", "title": _safe(press.label), "url": press.url}
    made = _execute(press.label, press.deed, inputs=inputs)
    if press.primary:
        made["style"] = "positive"
    # Older clients know no Execute: their Submit comes back as a message with the same data.
    submit = {"type": "Action.Submit", "title": _safe(press.label), "data": made["data"]}
    return made | {"fallback": submit}


def _execute(label: str, deed: Deed, *, inputs: bool = False) -> Json:
    return {
        "type": "Action.Execute",
        "title": _safe(label) or deed.verb.value,
        "verb": deed.verb.value,
        "data": deed.parameters(),
        "associatedInputs": "auto" if inputs else "none",
    }


def _safe(text: str) -> str:
    """Take the spell off `{{DATE(…)}}`, which Teams carries out, and lone half characters."""
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace("{{", "{\u200b{")


def _cut(card: Card, limit: int) -> Card:
    def short(text: str) -> str:
        return text if len(text) <= limit else text[: limit - 1] + "…"

    def row(one: Row) -> Row:
        return replace(one, text=short(one.text), detail=short(one.detail))

    sections = (replace(s, rows=tuple(map(row, s.rows))) for s in card.sections)
    return replace(card, title=short(card.title), sections=tuple(sections))


def _with_fewer_rows(card: Card) -> Card:
    """Take the last line of the longest section away."""
    longest = max(range(len(card.sections)), key=lambda n: len(card.sections[n].rows))
    sections = list(card.sections)
    sections[longest] = replace(sections[longest], rows=sections[longest].rows[:-1])
    return replace(card, sections=tuple(sections))


REFRESH_VERBS = frozenset({Verb.SHOW, Verb.HOME})
"""What may be asked for without a press: these change nothing."""
