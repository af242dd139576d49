"""Who does what by when, in people's words: where action items stand, and anywhere else."""

from __future__ import annotations

import unicodedata
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
    ("[TODO] Raum", "Raum", None, None),
    ("(To-do) @Ben Raum", "Raum", "ben", None),
    ("**TODO** Raum", "Raum", None, None),
    ("#todo Ben: Raum", "Raum", "ben", None),
    ("Raum buchen @Ben bis Freitag", "Raum buchen", "ben", FRIDAY),
    ("TODO Raum (Ben) bis Freitag", "Raum", "ben", FRIDAY),
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
    ("Ben: TODO", "TODO", "ben", None),
    ("Plan X bis Freitag", "Plan X", None, FRIDAY),
    ("Raum bis Freitag XL buchen", "Raum XL buchen", None, FRIDAY),
    ("X klären, Raum X,", "X klären, Raum X", None, None),
    ("Raum  neu", "Raum neu", None, None),
    ("Raum buchen (Anna) ", "Raum buchen (Anna)", None, None),
    ("Raum buchen (Ben, bis Freitag)", "Raum buchen", "ben", FRIDAY),
    ("Ben - Raum buchen", "Raum buchen", "ben", None),
    ("Ben-Raum buchen", "Ben-Raum buchen", None, None),
    ("Raum buchen bis Freitag!", "Raum buchen!", None, FRIDAY),
    ("Raum buchen -> bis Freitag", "Raum buchen", None, FRIDAY),
    ("Raum buchen -> bis Freitag!", "Raum buchen!", None, FRIDAY),
    ("Raum buchen @Ben bis Freitag", "Raum buchen", "ben", FRIDAY),
    ("Anna: Raum buchen @Ben bis Freitag", "Raum buchen @Ben", "anna", FRIDAY),
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
    ("[TODO] Raum", "Raum", None, None),
    ("(To-do) @Ben Raum", "Raum", "ben", None),
    ("**TODO** Raum", "Raum", None, None),
    ("#todo Ben: Raum", "Raum", "ben", None),
    ("Raum buchen @Ben bis Freitag", "Raum buchen", "ben", FRIDAY),
    ("TODO Raum (Ben) bis Freitag", "Raum", "ben", FRIDAY),
    ("Raum mit @Ben klären bis Freitag", "Raum mit @Ben klären", "ben", FRIDAY),
    ("TODO bis Freitag", "bis Freitag", None, FRIDAY),
    ("TODO Raum, bis Freitag, klären", "Raum klären", None, FRIDAY),
    ("Ben: TODO Raum", "Raum", "ben", None),
    ("Ben - TODO: Raum", "Raum", "ben", None),
    ("@Ben TODO: Raum", "Raum", "ben", None),
    ("TODO @Ben TODO: Raum", "Raum", "ben", None),
    ("TODO Ben: Raum bis Freitag", "Raum", "ben", FRIDAY),
    ("@ Ben Raum", "Raum", "ben", None),
    ("TODO – Raum", "Raum", None, None),
    ("aktion: Raum", "Raum", None, None),
    ("TODO Raum  bis Freitag  neu", "Raum neu", None, FRIDAY),
    ("TODO, bis Freitag", ", bis Freitag", None, FRIDAY),
    ("Raum buchen @anna@example.com", "Raum buchen", "anna", None),
    ("Plan X @Ben", "Plan X", "ben", None),
    ("@a @b @c @d @e @f @g @Ben bis Freitag", "@a @b @c @d @e @f @g @Ben", "ben", FRIDAY),
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
    "(Ben) Raum",
    "Ben - Raum",
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
    "Mail an info@example.com @Ben",
    "Tisch im Haus@Ben",
    "@a @b @c @d @e @f @g @h @Ben bis Freitag",
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
    assert NAMES.at_start("Bena: Raum") is None
    assert NAMES.at_start("x Ben") is None
    assert NAMES.of("Fritz") is None


def test_people_are_named_by_what_others_call_them() -> None:
    names = Names((BEN, ANNA), ["cara.cruz@example.com", None, BEN.address])

    assert names.by_key == {
        "ben": BEN.address,
        "ben behrens": BEN.address,
        BEN.address: BEN.address,
        "anna": ANNA.address,
        "anna ahrens": ANNA.address,
        ANNA.address: ANNA.address,
        "cara": "cara.cruz@example.com",
        "cara.cruz@example.com": "cara.cruz@example.com",
    }
    assert names.aliases == {
        "ben": "Ben",
        "ben behrens": "Ben",
        "anna": "Anna",
        "anna ahrens": "Anna",
    }
    assert names.at_start("Ben Behrens: Raum") == (BEN.address, 11)


def test_who_is_called_like_the_others_address_is_not_meant_by_it() -> None:
    one = Person(address="ben@example.com", name="Anna Ahrens")
    other = Person(address="anna@example.com", name="Ben Behrens")

    assert Names((one, other)).aliases == {"anna ahrens": "Anna", "ben behrens": "Ben"}


def test_a_name_whose_letters_come_in_parts_is_that_name() -> None:
    names = Names((Person(address="j@example.com", name="Jörg"), ANNA))
    found = promise_of("TODO Jo\u0308rg: U\u0308bung", names, MONDAY, agreed=False)
    plain = promise_of("TODO U\u0308bung", names, MONDAY, agreed=False)

    assert (found.owner, found.text) == ("j@example.com", "Übung")
    assert (plain.owner, plain.text) == (None, "U\u0308bung")


def test_a_name_ends_where_it_ends_in_the_text_whatever_its_letters_fold_to() -> None:
    weiss = Person(address="w@example.com", name="Weiß")
    xaver = Person(address="x@example.com", name="Xaver Fux")
    names = Names((weiss, xaver))

    assert names.at_start("Weiß: Raum") == (weiss.address, 4)
    assert promise_of("WEISS: Raum", names, MONDAY, agreed=True).owner == weiss.address
    assert promise_of("Weiß: Raum", names, MONDAY, agreed=True).text == "Raum"
    assert promise_of("Raum für 2 buchen @XAVER FUX!", names, MONDAY, agreed=False).text == (
        "Raum für 2 buchen"
    )
    assert names.of("@Xaver") == xaver.address


def test_a_person_without_a_name_is_called_by_the_address() -> None:
    names = Names((Person(address="ada@example.com"),))

    assert names.by_key == {"ada": "ada@example.com", "ada@example.com": "ada@example.com"}


@pytest.mark.parametrize("agreed", [True, False])
def test_names_in_a_macs_letters_are_known(agreed: bool) -> None:
    joerg = Person(address="jk@example.com", name="Jörg Kern")
    names, marked = Names((joerg, ANNA)), "" if agreed else "TODO "
    line = unicodedata.normalize("NFD", f"{marked}Jörg Kern: Raum")

    assert promise_of(line, names, MONDAY, agreed=agreed).owner == joerg.address
