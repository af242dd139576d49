"""The forms of a card: a point, an action item, a private note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.errors import InvalidInput
from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, Verb
from core.model.people import Pair, Person
from webhook_app.cards.words import words_of


def form_card(deed: Deed, person: Person, pair: Pair, names: Mapping[str, str]) -> Card:
    """Return the form that a deed needs filled in."""
    words = words_of(person.locale)
    kind = FieldKind.LINES if deed.verb is Verb.ADD_NOTE else FieldKind.LINE
    fields = [Field(name="text", label=words["text"], kind=kind, required=True)]
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


def day_in(form: Mapping[str, str]) -> date | None:
    """Return the day somebody chose. Raise InvalidInput where it is none."""
    text = form.get("due", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise InvalidInput(f"{text!r} is no day") from err
