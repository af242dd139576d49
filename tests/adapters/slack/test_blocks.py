"""Cards as Slack takes them: within its limits, without markup, with presses that return."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.blocks import MOST_BLOCKS, deed_in, of_message, to_blocks, to_modal, value_of
from core.errors import InvalidInput
from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, Verb
from core.model.messages import Button, Message, RichText
from tests.servers.slack import buttons, wrong

DEED = Deed(verb=Verb.TICK, series="s1", entry="e1", mark="m1")
LATER = Press(label="Later", deed=replace(DEED, verb=Verb.CARRY))


def card(rows: int, text: str = "Holidays") -> Card:
    made = tuple(Row(text=text, detail="twice", tick=DEED, presses=(LATER,)) for _ in range(rows))
    page = Press(label="Page", url="https://one.example.com/x")
    add = Press(label="Add", deed=replace(DEED, verb=Verb.ADD_POINT), primary=True)
    sections = (CardSection(title="Anna", rows=made), CardSection(presses=(add, page)))
    return Card(card_id="c", title="1:1", subtitle="Tue", sections=sections)


@given(st.text(max_size=4000), st.integers(0, 60))
def test_slack_takes_every_card(text: str, rows: int) -> None:
    assert wrong(to_blocks(card(rows, text))) == ""


def test_a_large_card_loses_buttons_first_and_lines_last() -> None:
    small, large, huge = (to_blocks(card(n)) for n in (5, 30, 60))

    assert [b["text"]["text"] for b in buttons(small)].count("Later") == 5
    assert [b["text"]["text"] for b in buttons(large)].count("✓") == 30
    assert [b["text"]["text"] for b in buttons(large)].count("Later") == 0
    assert len(huge) <= MOST_BLOCKS
    assert any(b.get("text", {}).get("text") == "…" for b in huge)


def test_no_text_is_markup() -> None:
    made = to_blocks(card(1, "<!channel> *x* <https://evil.example.com|click>"))

    kinds = {b["text"]["type"] for b in made if "text" in b}
    assert kinds == {"plain_text"}


def test_a_press_comes_back_as_it_was() -> None:
    (tick, later, *_) = buttons(to_blocks(card(1)))

    assert {deed_in(tick["value"]), deed_in(later["value"])} == {DEED, LATER.deed}
    assert deed_in(value_of(DEED)) == DEED


@pytest.mark.parametrize("value", ["", "x", "[]", '{"v": "destroy"}', "1"])
def test_what_is_no_press_of_ours_is_refused(value: str) -> None:
    with pytest.raises((InvalidInput, ValueError)):
        deed_in(value)


def test_without_a_way_back_only_links_are_buttons() -> None:
    made = to_blocks(card(3), interactive=False)

    assert [b["text"]["text"] for b in buttons(made)] == ["Page"]


def test_a_message_shows_its_words_and_its_links_as_buttons() -> None:
    message = Message(
        to="anna@example.com",
        subject="Your 1:1",
        body=RichText(text="First line\nStop: https://x.example.com/off\n" + "w" * 7000, html=""),
        buttons=(Button(label="Stop", url="https://x.example.com/off"),),
    )

    made = of_message(message, interactive=True)

    assert made["text"] == "Your 1:1"
    assert wrong(made["blocks"]) == ""
    shown = "".join(b["text"]["text"] for b in made["blocks"] if b["type"] == "section")
    assert "First line" in shown
    assert "https://x.example.com/off" not in shown
    assert [b["url"] for b in buttons(made["blocks"])] == ["https://x.example.com/off"]


def test_a_form_is_a_modal_with_its_fields() -> None:
    fields = (
        Field(name="text", label="Text", required=True),
        Field(name="due", label="By", kind=FieldKind.DAY),
        Field(
            name="owner",
            label="Who",
            kind=FieldKind.CHOICE,
            value="a@x.example",
            choices=(("a@x.example", "Anna"), ("b@x.example", "Ben")),
        ),
    )
    save = Press(label="Save", deed=replace(DEED, verb=Verb.ADD_ITEM))
    form = Card(
        card_id="f",
        title="What was promised, in a title that is far too long?",
        sections=(CardSection(fields=fields, presses=(save,)),),
        is_form=True,
    )

    view = to_modal(form, "D1 1.2")

    assert len(view["title"]["text"]) <= 24
    assert [b["element"]["type"] for b in view["blocks"]] == [
        "plain_text_input",
        "datepicker",
        "static_select",
    ]
    assert [b["optional"] for b in view["blocks"]] == [False, True, True]
    assert view["blocks"][2]["element"]["initial_option"]["value"] == "a@x.example"
