"""A card as Slack draws it: blocks of a message, or a modal for a form.

Texts are plain text, never Slack's markup: no word of a person calls somebody or becomes a link.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, deed_of
from core.model.messages import Message

Json = dict[str, Any]
MOST_BLOCKS = 48
"""Slack takes 50."""
LARGEST = 12_000
"""Characters of all blocks: Slack refuses a message from about 13,000 on."""
LONGEST_TEXT, LONGEST_LABEL, LONGEST_TITLE, LONGEST_HEADER = 2_900, 75, 24, 150
LONGEST_META = 2_900
ACTION = "vieraugen"


def to_blocks(card: Card, *, interactive: bool = True) -> list[Json]:
    """Return the blocks; a card too large loses buttons first, then its last lines."""
    shown = card if interactive else replace(card, sections=tuple(map(_links, card.sections)))
    made = _blocks(shown)
    if _fits(made):
        return made
    shown = replace(shown, sections=tuple(map(_slim, shown.sections)))
    while not _fits(made := _blocks(shown)):
        shown = _shorter(shown)
    return made


def of_message(message: Message, *, interactive: bool) -> Json:
    """Return what chat.postMessage takes beside the channel."""
    # The preview on a locked phone shows the subject alone.
    text = _escaped(message.subject)
    if message.card is not None:
        return {"text": text, "blocks": to_blocks(message.card, interactive=interactive)}
    links = {button.url for button in message.buttons}
    lines = [n for n in message.body.text.strip().splitlines() if not any(u in n for u in links)]
    rows = tuple(Row(text=part) for part in _parts("\n".join(lines).strip()))
    presses = tuple(Press(label=b.label, url=b.url) for b in message.buttons)
    section = CardSection(rows=rows, presses=presses)
    return {
        "text": text,
        "blocks": to_blocks(Card(card_id="text", title=message.subject, sections=(section,))),
    }


def to_modal(card: Card, place: str) -> Json:
    """Return the view of a form; `place` comes back with it and says where it was opened."""
    section = card.sections[0]
    save = next(press for press in section.presses if press.deed is not None)
    assert save.deed is not None
    hints: list[Json] = [_text_block(row.text) for row in section.rows]
    return {
        "type": "modal",
        "callback_id": ACTION,
        "title": _plain(card.title, LONGEST_TITLE),
        "submit": _plain(save.label, LONGEST_TITLE),
        "private_metadata": json.dumps({"deed": save.deed.parameters(), "place": place}),
        "blocks": hints + [_input(each) for each in section.fields],
    }


def value_of(deed: Deed) -> str:
    """Return a deed as a button carries it; `deed_in` is the way back."""
    return json.dumps(deed.parameters(), separators=(",", ":"))


def deed_in(value: str) -> Deed:
    """Read what a button carried. Raise InvalidInput, ValueError where it is none of ours."""
    found = json.loads(value)
    if not isinstance(found, dict):
        raise ValueError("no deed")
    return deed_of({str(name): str(text) for name, text in found.items()})


def _fits(blocks: list[Json]) -> bool:
    return len(blocks) <= MOST_BLOCKS and len(json.dumps(blocks, ensure_ascii=False)) <= LARGEST


def _slim(section: CardSection) -> CardSection:
    return replace(section, rows=tuple(replace(row, presses=()) for row in section.rows))


def _links(section: CardSection) -> CardSection:
    """Without a way for presses to come back only links are buttons."""
    rows = tuple(replace(row, tick=None, presses=_only_links(row.presses)) for row in section.rows)
    return replace(section, rows=rows, presses=_only_links(section.presses), fields=())


def _only_links(presses: tuple[Press, ...]) -> tuple[Press, ...]:
    return tuple(press for press in presses if press.deed is None)


def _shorter(card: Card) -> Card:
    """Drop the last row of the longest section, and say so there."""
    longest = max(card.sections, key=lambda section: len(section.rows))
    kept = tuple(row for row in longest.rows if row.text != "…")[:-1]
    cut = replace(longest, rows=(*kept, Row(text="…")))
    return replace(card, sections=tuple(cut if s is longest else s for s in card.sections))


def _blocks(card: Card) -> list[Json]:
    made: list[Json] = [{"type": "header", "text": _plain(card.title or "1:1", LONGEST_HEADER)}]
    if card.subtitle:
        made.append({"type": "context", "elements": [_plain(card.subtitle, LONGEST_TEXT)]})
    number = 0
    for section in card.sections:
        if section.title:
            made.append({"type": "header", "text": _plain(section.title, LONGEST_HEADER)})
        for row in section.rows:
            number += 1
            made += _row(row, number)
        if section.presses:
            number += 1
            made.append(_actions(section.presses, number))
    return made


def _row(row: Row, number: int) -> list[Json]:
    box = ("☑ " if row.done else "☐ ") if row.tick else ""
    text = f"{box}{row.text}" + (f"\n{row.detail}" if row.detail else "")
    block = _text_block(text)
    if row.tick is not None:
        label = "☐" if row.done else "✓"
        block["accessory"] = _button(Press(label=label, deed=row.tick), f"{number}t")
    made = [block]
    if row.presses:
        made.append(_actions(row.presses, number))
    return made


def _actions(presses: tuple[Press, ...], number: int) -> Json:
    buttons = [_button(press, f"{number}.{n}") for n, press in enumerate(presses[:25])]
    return {"type": "actions", "elements": buttons}


def _button(press: Press, name: str) -> Json:
    """Names have to differ within a message; what a press means is its value."""
    made: Json = {
        "type": "button",
        "action_id": f"{ACTION}.{name}",
        "text": _plain(press.label, LONGEST_LABEL),
    }
    if press.primary:
        made["style"] = "primary"
    if press.deed is None:
        return made | {"url": press.url}
    return made | {"value": value_of(press.deed)}


def _input(field: Field) -> Json:
    element: Json = {"action_id": field.name}
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES:
            element |= {"type": "plain_text_input", "multiline": field.kind is FieldKind.LINES}
            element |= {"max_length": 2_000}
            if field.value:
                element["initial_value"] = field.value
        case FieldKind.DAY:
            element["type"] = "datepicker"
            if field.value:
                element["initial_date"] = field.value
        case FieldKind.CHOICE:
            options = {
                value: {"text": _plain(words, LONGEST_LABEL), "value": value[:150]}
                for value, words in field.choices
            }
            element |= {"type": "static_select", "options": list(options.values())}
            if field.value in options:
                element["initial_option"] = options[field.value]
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, LONGEST_LABEL),
        "optional": not field.required,
        "element": element,
    }


def _text_block(text: str) -> Json:
    return {"type": "section", "text": _plain(text, LONGEST_TEXT)}


def _plain(text: str, longest: int) -> Json:
    words = text.strip() or "–"
    cut = words if len(words) <= longest else f"{words[: longest - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}


def _escaped(text: str) -> str:
    """Return text for a field that Slack reads as its markup."""
    cut = text[:LONGEST_TEXT]
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parts(text: str) -> list[str]:
    return [text[n : n + LONGEST_TEXT] for n in range(0, len(text), LONGEST_TEXT)] or ["–"]
