"""The forms of a card: a point, an action item, a private note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.content.template_model import ItemType
from core.errors import InvalidInput
from core.kinds import marked, words_of_kinds
from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, Verb
from core.model.people import Pair, Person, Side
from webhook_app.cards.words import words_of


def form_card(deed: Deed, person: Person, pair: Pair, names: Mapping[str, str]) -> Card:
    """Return the form that a deed needs filled in."""
    words = words_of(person.locale)
    kind = FieldKind.LINES if deed.verb is Verb.ADD_NOTE else FieldKind.LINE
    fields = [Field(name="text", label=words["text"], kind=kind, required=True)]
    if deed.verb is Verb.ADD_POINT:
        side = pair.side(person.address) or Side.REPORT
        kinds = words_of_kinds(person.locale, side)
        named = tuple((kind.value, word) for kind, word in kinds.items())
        fields.append(
            Field(
                name="kind",
                label=words["kind"],
                kind=FieldKind.CHOICE,
                value=ItemType.POINT.value,
                choices=((ItemType.POINT.value, words["kind_none"]), *named),
            )
        )
    if deed.verb is Verb.ADD_ITEM:
        choices = tuple((address, names[address]) for address in pair.addresses)
        fields += [
            Field(
                name="owner",
                label=words["owner"],
                kind=FieldKind.CHOICE,
                value=person.address,
                choices=choices,
            ),
            Field(name="due", label=words["due"], kind=FieldKind.DAY),
        ]
    hint = (Row(text=words["note_hint"]),) if deed.verb is Verb.ADD_NOTE else ()
    save = Press(label=words["save"], deed=deed, primary=True)
    return Card(
        card_id=f"form-{deed.verb.value}",
        title=words[f"{deed.verb.value}_title"],
        sections=(CardSection(rows=hint, fields=tuple(fields), presses=(save,)),),
        is_form=True,
    )


def point_in(form: Mapping[str, str], person: Person) -> str:
    """Return a point's words, with the word of the kind that was chosen in front.

    Raise InvalidInput for a kind that does not exist.
    """
    text, chosen = form.get("text", ""), form.get("kind", "")
    if chosen in ("", ItemType.POINT) or not text.strip():
        return text
    try:
        return marked(text, ItemType(chosen), person.locale)
    except ValueError as err:
        raise InvalidInput("this card is too old: please open it anew") from err


def day_in(form: Mapping[str, str]) -> date | None:
    """Return the day somebody chose. Raise InvalidInput where it is none."""
    text = form.get("due", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise InvalidInput(f"{text!r} is no day") from err
