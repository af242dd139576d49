"""Who does what by when, in people's words: where action items stand, and anywhere else."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from core.body.promise import Names, promise_of
from core.model.people import Person

MONDAY: Final = date(2026, 6, 8)
FRIDAY: Final = date(2026, 6, 12)
ANNA: Final = Person(address="anna@example.com", name="Anna Ahrens")
BEN: Final = Person(address="ben@example.com", name="Ben Behrens")
ADDRESSES: Final = {
    None: None,
    "anna": ANNA.address,
    "ben": BEN.address,
    "cara": "cara.cruz@example.com",
}
NAMES: Final = Names((BEN, ANNA), ["cara.cruz@example.com", None, BEN.address])
AGREED = (
    ("Urlaub", "Urlaub", None, None),
    ("TODO Urlaub", "Urlaub", None, None),
    ("To-do: Urlaub", "Urlaub", None, None),
    ("todo", "todo", None, None),
    ("Aufgabe: Raum buchen", "Raum buchen", None, None),
    ("Aufgabe Raum buchen", "Aufgabe Raum buchen", None, None),
    ("AI Ben Raum buchen", "Raum buchen", "ben", None),
    ("AI Raum", "AI Raum", None, None),
    ("AP: Raum", "Raum", None, None),
    ("Task: Ben: Raum", "Raum", "ben", None),
    ("Action item Raum buchen", "Raum buchen", None, None),
    ("nächster Schritt: Raum", "Raum", None, None),
    ("@Ben Raum buchen", "Raum buchen", "ben", None),
    ("@ben@example.com Raum", "Raum", "ben", None),
    ("@Ben: Raum bis Freitag", "Raum", "ben", FRIDAY),
    ("@Ben", "@Ben", None, None),
    ("@Fritz Raum", "@Fritz Raum", None, None),
    ("Ben: Raum", "Raum", "ben", None),
    ("Ben Raum", "Ben Raum", None, None),
    ("Ben : Raum bis 12.6.", "Raum", "ben", FRIDAY),
    ("Benno: Raum", "Benno: Raum", None, None),
    ("Ben Behrens: Raum", "Raum", "ben", None),
    ("ben@example.com: Raum", "Raum", "ben", None),
    ("cara: Raum", "Raum", "cara", None),
    ("Cara.cruz@example.com: Raum", "Raum", "cara", None),
    ("Raum (Ben)", "Raum", "ben", None),
    ("Raum [Ben]", "Raum", "ben", None),
    ("Raum @Ben", "Raum", "ben", None),
    ("Raum (Fritz)", "Raum (Fritz)", None, None),
    ("TODO Raum (Ben)", "Raum", "ben", None),
    ("TODO Raum (Ben) bis Freitag", "Raum (Ben)", None, FRIDAY),
    ("Raum mit @Ben klären bis Freitag", "Raum mit @Ben klären", None, FRIDAY),
    ("Raum mit @Ben klären", "Raum mit @Ben klären", None, None),
    ("Raum mit @Fritz bis Freitag", "Raum mit @Fritz", None, FRIDAY),
    ("Raum bis Freitag", "Raum", None, FRIDAY),
    ("Raum buchen @Ben", "Raum buchen", "ben", None),
    ("Raum buchen – @ben.", "Raum buchen", "ben", None),
    ("Raum buchen bis Freitag, @Ben", "Raum buchen", "ben", FRIDAY),
    ("TODO bis Freitag", "bis Freitag", None, FRIDAY),
    ("TODO Raum, bis Freitag, klären", "Raum klären", None, FRIDAY),
    ("Ben: TODO Raum", "Raum", "ben", None),
    ("@Ben TODO: Raum", "Raum", "ben", None),
    ("TODO @Ben TODO: Raum", "Raum", "ben", None),
    ("Ben: ", "Ben:", None, None),
    ("Ben:", "Ben:", None, None),
    ("TODO Ben: Raum bis Freitag", "Raum", "ben", FRIDAY),
    ("@ Ben Raum", "Raum", "ben", None),
    ("TODO – Raum", "Raum", None, None),
    ("aktion: Raum", "Raum", None, None),
    ("Aktion Raum", "Aktion Raum", None, None),
    ("TODO Raum  bis Freitag  neu", "Raum neu", None, FRIDAY),
    ("TODO, bis Freitag", ", bis Freitag", None, FRIDAY),
)
"""What is typed where action items stand: its words, who does it, by when."""
MARKED = (
    ("TODO Urlaub", "Urlaub", None, None),
    ("To-do: Urlaub", "Urlaub", None, None),
    ("Aufgabe: Raum buchen", "Raum buchen", None, None),
    ("AI Ben Raum buchen", "Raum buchen", "ben", None),
    ("AP: Raum", "Raum", None, None),
    ("Task: Ben: Raum", "Raum", "ben", None),
    ("Action item Raum buchen", "Raum buchen", None, None),
    ("nächster Schritt: Raum", "Raum", None, None),
    ("@Ben Raum buchen", "Raum buchen", "ben", None),
    ("@ben@example.com Raum", "Raum", "ben", None),
    ("@Ben: Raum bis Freitag", "Raum", "ben", FRIDAY),
    ("TODO Raum (Ben)", "Raum", "ben", None),
    ("TODO Raum (Ben) bis Freitag", "Raum (Ben)", None, FRIDAY),
    ("Raum mit @Ben klären bis Freitag", "Raum mit @Ben klären", "ben", FRIDAY),
    ("TODO bis Freitag", "bis Freitag", None, FRIDAY),
    ("TODO Raum, bis Freitag, klären", "Raum klären", None, FRIDAY),
    ("Ben: TODO Raum", "Raum", "ben", None),
    ("@Ben TODO: Raum", "Raum", "ben", None),
    ("TODO @Ben TODO: Raum", "Raum", "ben", None),
    ("TODO Ben: Raum bis Freitag", "Raum", "ben", FRIDAY),
    ("@ Ben Raum", "Raum", "ben", None),
    ("TODO – Raum", "Raum", None, None),
    ("aktion: Raum", "Raum", None, None),
    ("TODO Raum  bis Freitag  neu", "Raum neu", None, FRIDAY),
    ("TODO, bis Freitag", ", bis Freitag", None, FRIDAY),
)
"""What is an action item wherever it is typed."""
PLAIN = (
    "Urlaub",
    "todo",
    "Aufgabe Raum buchen",
    "AI Raum",
    "@Ben",
    "@Fritz Raum",
    "Ben: Raum",
    "Ben Raum",
    "Ben : Raum bis 12.6.",
    "Benno: Raum",
    "Ben Behrens: Raum",
    "ben@example.com: Raum",
    "cara: Raum",
    "Cara.cruz@example.com: Raum",
    "Raum (Ben)",
    "Raum [Ben]",
    "Raum @Ben",
    "Mittagessen morgen mit @Ben",
    "Passt dir das so? @Ben",
    "Vielen Dank @Ben",
    "Raum buchen @Fritz",
    "Fragen an @Anna und @Ben",
    "Raum (Fritz)",
    "Raum mit @Ben klären",
    "Raum mit @Fritz bis Freitag",
    "Raum bis Freitag",
    "Ben: ",
    "Ben:",
    "Aktion Raum",
)
"""What is a point like any other where no action items stand."""


@pytest.mark.parametrize(("typed", "words", "who", "due"), AGREED)
def test_a_line_among_action_items_is_one(
    typed: str, words: str, who: str | None, due: date | None
) -> None:
    promise = promise_of(typed, NAMES, MONDAY, agreed=True)

    assert (promise.text, promise.owner, promise.due) == (words, ADDRESSES[who], due)
    assert promise.marked


@pytest.mark.parametrize(("typed", "words", "who", "due"), MARKED)
def test_a_marked_line_is_one_anywhere(
    typed: str, words: str, who: str | None, due: date | None
) -> None:
    promise = promise_of(typed, NAMES, MONDAY, agreed=False)

    assert (promise.text, promise.owner, promise.due) == (words, ADDRESSES[who], due)
    assert promise.marked


@pytest.mark.parametrize("typed", PLAIN)
def test_any_other_line_is_a_point(typed: str) -> None:
    promise = promise_of(typed, NAMES, MONDAY, agreed=False)

    assert (promise.text, promise.owner, promise.due, promise.marked) == (typed, None, None, False)


def test_two_with_the_same_given_name_are_told_apart_by_their_full_names() -> None:
    bauer = Person(address="b.b@example.com", name="Ben Bauer")
    names = Names((BEN, bauer))

    assert names.of("@Ben Bauer") == bauer.address
    assert names.of(" ben behrens ") == BEN.address
    assert names.aliases == {
        "ben": "Ben Behrens",
        "ben behrens": "Ben Behrens",
        "b": "Ben Bauer",
        "ben bauer": "Ben Bauer",
    }


def test_the_longer_name_wins_at_a_lines_start() -> None:
    assert NAMES.at_start("Ben Behrens: Raum") == (BEN.address, 11)
    assert NAMES.at_start("Ben") == (BEN.address, 3)
    assert NAMES.at_start("Benno") is None
    assert NAMES.at_start("x Ben") is None
    assert NAMES.of("Fritz") is None


def test_a_person_without_a_name_is_called_by_the_address() -> None:
    names = Names((Person(address="ada@example.com"),))

    assert names.by_key == {"ada": "ada@example.com", "ada@example.com": "ada@example.com"}
