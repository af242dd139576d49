"""What texts mean in one merge: names, placeholders, our own words, and what a line is known by."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from core.body import Exposure, render
from core.body.beside import words_beside
from core.body.lexicon import (
    Lexicon,
    bare_either,
    begins_prompt,
    heading_keys,
    is_sign,
    prompt_rest,
)
from core.body.own_lines import own_rest
from core.body.shown import shown_lines
from core.body.values import Setting
from core.model.agenda import Agenda, Section
from core.model.calendar import BodyForm
from core.model.people import Person
from tests.core.body.samples.cases import BEN, PEOPLE, SETTING
from tests.core.body.test_lines_and_their_meaning import agenda, agreed, annas

HIDDEN: Final = "(vertraulich – nur im Gespräch)"
ANNIKA: Final = Person(address="anna@example.com", name="Annika Ahrens")


def lexicon(*agendas: Agenda, setting: Setting = SETTING) -> Lexicon:
    """Return a lexicon of a usual merge."""
    return Lexicon(setting, agendas)


@pytest.mark.parametrize(
    ("other", "exposure"),
    [(None, Exposure.FULL), ("en", Exposure.FULL), ("en", Exposure.TITLES), (None, Exposure.LINK)],
)
def test_the_lines_that_it_expects_are_those_that_are_rendered(
    other: str | None, exposure: Exposure
) -> None:
    of = agenda(annas({"text": "Urlaub", "notes": ["Graz"]}), agreed("Raum"))
    setting = replace(SETTING, other_locale=other, exposure=exposure)
    expected = shown_lines(of.shared().sections, lexicon(of, setting=setting).style)
    told = {"people": PEOPLE, "locale": "de", "other_locale": other, "exposure": exposure}
    seen = render(of.shared(), form=BodyForm.TEXT, **told)  # type: ignore[arg-type]

    assert [line.text for line in expected if line.text] == [
        line.strip() for line in seen.split("\n") if line.strip(" -")
    ]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Annika Ahrens: Raum: klein", "annika: raum: klein"),
        (" anna : Raum", "annika: raum"),
        ("Annika Ahrens", "annika ahrens"),
        ("Ines: Raum", "ines: raum"),
        (": Raum", ": raum"),
    ],
)
def test_a_line_is_known_by_the_name_that_we_use(line: str, known: str) -> None:
    assert lexicon(setting=replace(SETTING, people=(BEN, ANNIKA))).key(line) == known


@pytest.mark.parametrize(
    ("line", "words", "keys"),
    [
        (f"[ ] {HIDDEN}", HIDDEN, ["(vertraulich - nur im gespräch)"]),
        ("(confidential – in person only)", HIDDEN, ["(vertraulich - nur im gespräch)"]),
        (f"[ ] {HIDDEN} neu", f"{HIDDEN} neu", ["(vertraulich - nur im gespräch)"]),
        ("[ ] Lob (2×)", "Lob (2×)", ["lob (2x)", "lob"]),
        ("!! Lob (2×)", "Lob (2×)", ["!! lob (2x)", "!! lob"]),
        ("!! Lob", "Lob", ["!! lob"]),
    ],
)
def test_a_line_is_known_by_its_words_with_and_without_their_count(
    line: str, words: str, keys: list[str]
) -> None:
    known = lexicon()
    marks = known.marks_of_line(line)

    assert marks.words == words
    assert known.keys_of(marks.words, marks) == keys


@pytest.mark.parametrize(
    ("point", "keys"),
    [
        ("Lob", ["lob"]),
        ({"text": "Lob", "carried": 2}, ["lob (2x)", "lob"]),
        ({"text": "Lob", "sensitive": True}, ["(vertraulich - nur im gespräch)"]),
        ({"text": "Lob", "visibility": "private"}, []),
    ],
)
def test_an_entry_is_known_by_each_way_in_which_it_may_read(point: object, keys: list[str]) -> None:
    of = agenda(annas(point))

    assert lexicon(of).entry_keys(of.points[0]) == keys


LINK: Final = "https://vieraugen.example/p/1"


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        ("Mehr dazu", LINK, ""),
        (f"Mehr dazu: {LINK}", LINK, ""),
        (f"Mehr dazu: {LINK}", None, ""),
        ("Mehr dazu: vieraugen.example/p/1", LINK, ""),
        (f"More: {LINK}?u=1<{LINK}?u=1>", LINK, ""),
        ("Mehr dazu: https://vieraugen.example/old", LINK, ""),
        (f"Die Agenda steht hier: / The agenda is here: {LINK}", LINK, ""),
        ("Die Agenda steht hier: / The agenda is here", None, ""),
        ("Mehr dazu:", LINK, ""),
        ("… und 3 weitere", None, ""),
        (f"… und 3 weitere: {LINK}", LINK, ""),
        # Words that somebody typed behind ours.
        (f"Mehr dazu: {LINK} (vertraulich) Lob", LINK, "(vertraulich) Lob"),
        (f"Mehr dazu: ({LINK}) Lob", LINK, "Lob"),
        (f"Mehr dazu: Lob {LINK}", LINK, "Lob"),
        (f"Lob Mehr dazu: {LINK}", LINK, "Lob"),
        (f"[ ] Lob Mehr dazu: {LINK}", LINK, None),
        (f"Lob Mehr dazu: {LINK}", None, None),
        (f"Mehr dazu: {LINK}Lob", LINK, "Lob"),
        (f"… und 3 weitere: {LINK} Lob", LINK, "Lob"),
        (f"… und 3 weitere: {LINK.partition('://')[2]} Lob", LINK, "Lob"),
        ("... and 3 more friends", None, "friends"),
        ("… und 3 weitere: https://old.example/1 Lob", LINK, "Lob"),
        (
            "… und 3 weitere: https://b.example/1 Lob",
            "https://a.example/?to=https://b.example",
            "Lob",
        ),
        (f"Mehr dazu: {LINK} Lob {LINK}", LINK, f"Lob {LINK}"),
        (f"Mehr dazu: MAX ({LINK}) XAVER", LINK, "MAX XAVER"),
        (f"Lob Mehr dazu: {LINK}Rad", LINK, "Lob Rad"),
        ("Mehr dazu: (https://vieraugen.example/old) Lob", LINK, "Lob"),
        ("Mehr dazu: <https://vieraugen.example/old> XAVER", LINK, "XAVER"),
        (
            "Mehr dazu: a.example/?to=https://b.example",
            "https://a.example/?to=https://b.example",
            "",
        ),
        # Lines of people's own.
        ("Mehr dazu: X https://vieraugen.example/old", LINK, None),
        ("Mehr dazu: https://a.example<https://a.example>", "mailto:agenda", None),
        ("Mehr dazu: https://[a", "mailto:agenda", None),
        ("Mehr dazu: https://wiki.example/1", LINK, None),
        ("Mehr dazu: Lob", LINK, None),
        ("mehr", None, None),
        ("Und 3 weitere Themen", None, None),
    ],
)
def test_our_own_lines_are_told_from_peoples_and_words_behind_them_are_kept(
    text: str, link: str | None, rest: str | None
) -> None:
    assert own_rest(text, link) == rest


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("▲", True),
        ("▼ ▲", True),
        ("\ufe0f", True),
        ("X", False),
        ("&nbsp;", True),
        ("&nbsp", True),
        ("&amp;", False),
    ],
)
def test_a_fences_sign_or_a_blank_alone_is_no_words(text: str, sign: bool) -> None:
    assert is_sign(text) is sign


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("New points: just write below: XAVER", "XAVER"),
        ("> New points: just write below / Neue Punkte einfach darunter schreiben:", ""),
        ("New points", None),
        # Typed in front of it, or into it.
        ("XAVER New points: just write below", "XAVER"),
        ("New points: just write XAVER below / Neue Punkte einfach darunter schreiben:", "XAVER"),
        ("New points: just write below / Neue XAVER Punkte einfach darunter schreiben:", "XAVER"),
        ("[ ] Neue Punkte jetzt einfach darunter schreiben", None),
        ("- [ ] Neue Punkte jetzt einfach darunter schreiben", None),
        ("Punkte einfach darunter schreiben", None),
        (f"New points: just write below{' x' * 100}", "x" + " x" * 99),
        (f"New points: x just write below{' x' * 85}", "x" + " x" * 85),
        (f"New points: x just write below{' x' * 100}", None),
        (
            f"New points: just write below / Neue Punkte einfach darunter schreiben: {'x' * 200}",
            "x" * 200,
        ),
    ],
)
def test_words_beside_the_prompt_are_kept(text: str, rest: str | None) -> None:
    assert prompt_rest(text) == rest


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("> New points: just write below", True),
        ("- Neue Punkte einfach darunter schreiben: Lob", True),
        ("Lob New points: just write below", False),
    ],
)
def test_quotes_and_bullets_may_stand_in_front_of_the_prompt(text: str, begins: bool) -> None:
    assert begins_prompt(text) is begins


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("end of day", ""),
        ("the End (of) the Day!", "the the"),
        ("endlich of day", "lich"),
        ("weekend of day", "week"),
        ("end often day", None),
        ("day of end", None),
    ],
)
def test_words_beside_ours_may_be_glued_to_all_but_the_shortest(
    text: str, beside: str | None
) -> None:
    assert words_beside(text, ("end", "of", "day")) == beside


@pytest.mark.parametrize(
    ("text", "rest"), [("or: Dank", "Dank"), ("?? oder : Dank", "Dank"), ("Ordner: Dank", "")]
)
def test_a_second_wording_is_known_without_its_sign(text: str, rest: str) -> None:
    assert bare_either(text) == rest


def test_headings_in_equal_words_name_all_their_sections_once() -> None:
    thanks = Section(titles=(("de", "Dank"), ("en", "Dank!")))
    sections = (Section(title="Ziele"), Section(title="ziele:"), Section(title="- Lob"), thanks)

    found = heading_keys(sections, SETTING)

    assert (found["ziele"], found["lob"], found["dank"]) == ([0, 1], [2], [3])
