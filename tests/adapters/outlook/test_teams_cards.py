"""Cards as Teams takes them: by the published schema, small enough, and no spell in the words."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outlook.teams_cards import MOST_BYTES, MOST_USERS, drawn, size
from core.model.cards import Card, CardSection, Deed, Field, FieldKind, Press, Row, Verb
from tests.servers import ROOT

SCHEMA = json.loads(
    (ROOT / "tests/servers/data/adaptivecards/adaptive-card-1.5.0.schema.json").read_text()
)
VALIDATOR = jsonschema.Draft6Validator(SCHEMA)
TICK = Deed(verb=Verb.TICK, series="s", entry="p1", mark="m")
SAVE = Press(label="Save", deed=Deed(verb=Verb.ADD_ITEM, series="s"), primary=True)
FORM = Card(
    card_id="form",
    title="What was promised?",
    sections=(
        CardSection(
            fields=(
                Field(name="text", label="Text", required=True),
                Field(name="more", label="More", kind=FieldKind.LINES, value="a\nb"),
                Field(name="due", label="By", kind=FieldKind.DAY),
                Field(
                    name="owner",
                    label="Who",
                    kind=FieldKind.CHOICE,
                    value="ben@example.com",
                    choices=(("ben@example.com", "Ben"), ("anna@example.com", "Anna")),
                ),
            ),
            presses=(SAVE,),
        ),
    ),
)


def card(*rows: Row, **options: str) -> Card:
    presses = (SAVE, Press(label="Whole page", url="https://talks.example.com/me/"))
    return Card(
        card_id="a",
        title=options.get("title", "1:1 Anna & Ben"),
        subtitle="Tue, 24 November, 10:00",
        sections=(CardSection(title="Anna", rows=rows), CardSection(presses=presses)),
    )


def problems(made: dict) -> list[str]:
    return [f"{list(e.path)}: {e.message[:200]}" for e in VALIDATOR.iter_errors(made)]


def texts(made: object) -> list[str]:
    """Every text that is shown."""
    if isinstance(made, dict):
        own = [made["text"]] if "text" in made else []
        return own + [t for value in made.values() for t in texts(value)]
    if isinstance(made, list):
        return [t for value in made for t in texts(value)]
    return []


ROW = Row(text="Holidays", detail="2×", tick=TICK, presses=(Press(label="Later", deed=TICK),))


@pytest.mark.parametrize("made", [card(ROW, Row(text="done", done=True, tick=TICK)), FORM, card()])
def test_card_is_what_the_schema_says(made: Card) -> None:
    refresh = Deed(verb=Verb.SHOW, series="s")

    assert problems(drawn(made, refresh=refresh, users=["29:anna"])) == []


def test_the_schema_would_find_what_is_wrong() -> None:
    made = drawn(card(ROW))
    made["body"][0]["inlines"][0]["colour"] = "red"
    assert problems(made)


def test_words_are_shown_as_they_are_and_never_as_markdown_or_spells() -> None:
    words = "**bold** [link](http://evil.example.com) {{DATE(2026-01-01,SHORT)}}"

    made = drawn(card(Row(text=words, tick=TICK)))

    assert '"TextBlock"' not in json.dumps(made)
    (shown,) = [t for t in texts(made) if "bold" in t]
    assert shown.replace("\u200b", "") == words
    assert "{{" not in json.dumps(made)


def test_buttons_have_a_way_for_older_clients_and_carry_no_words() -> None:
    made = drawn(card(ROW))
    execute = made["body"][2]["items"][1]["columns"][2]["items"][0]["actions"][0]

    assert execute["type"] == "Action.Execute"
    assert execute["fallback"]["type"] == "Action.Submit"
    assert execute["data"] == execute["fallback"]["data"] == TICK.parameters()
    assert "Holidays" not in json.dumps(execute["data"])


def test_refresh_names_at_most_sixty_people() -> None:
    made = drawn(card(), refresh=TICK, users=[f"29:{n}" for n in range(100)])

    assert len(made["refresh"]["userIds"]) == MOST_USERS


def test_what_is_too_large_gets_shorter_lines_and_then_fewer() -> None:
    long = [Row(text=f"{n} " + "ä" * 1990, detail="d" * 500, tick=TICK) for n in range(30)]
    many = [Row(text="x" * 2000, tick=TICK, presses=(SAVE, SAVE, SAVE)) for _ in range(300)]

    for rows in (long, many):
        made = drawn(card(*rows))
        assert size(made) <= MOST_BYTES
        assert problems(made) == []
    assert sum("…" in text for text in texts(drawn(card(*long)))) >= 30


@given(
    words=st.lists(st.text(max_size=3000), max_size=40),
    title=st.text(max_size=300),
    done=st.booleans(),
)
def test_whatever_people_write_the_card_is_valid_and_small(
    words: list[str], title: str, done: bool
) -> None:
    rows = [Row(text=text, detail=text[:50], done=done, tick=TICK) for text in words]

    made = drawn(card(*rows, title=title))

    assert size(made) <= MOST_BYTES
    assert problems(made) == []
