"""Lines that a client ran together are taken apart where one surely ends, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pytest

from core.body.glue import unglued
from core.body.known import texts_of
from core.body.lexicon import Lexicon, heading_keys
from core.body.lines import Line
from core.model.agenda import Agenda, entry_id
from tests.core.body.samples.cases import BEN
from tests.core.body.test_lexicon import SETTING
from tests.core.body.test_lines_and_their_meaning import agenda

PROMPT: Final = "Neue Punkte einfach darunter schreiben"
_PLAIN: Final = agenda(
    {"title": "Ziele", "points": ["Lob", "XAVER", "x"]},
    {"title": "Ziele im Mai", "points": ["Urlaub"]},
    {"title": "Werte", "points": ["Dank"]},
    {"points": ["Raum"]},
    {"title": "Leeres"},
)
_IDEAS: Final = replace(_PLAIN.sections[3], titles=(("de", "Idee"), ("en", "Neue")))
OF: Final = replace(_PLAIN, sections=(*_PLAIN.sections[:3], _IDEAS, *_PLAIN.sections[4:]))


def apart(lines: Sequence[str], of: Agenda = OF, whole: Sequence[str] = ()) -> list[str]:
    """Return the texts of these lines when they are taken apart."""
    return [line.text for line in parts([Line(t, t, 0, 0) for t in lines], of, whole)]


def parts(lines: Sequence[Line], of: Agenda = OF, whole: Sequence[str] = ()) -> list[Line]:
    """Take lines apart with all that a merge knows."""
    lexicon = Lexicon(SETTING, [of])
    home = {entry_id(e): n for n, section in enumerate(of.sections) for e in section.entries}
    entries = [entry for section in of.sections for entry in section.entries]
    texts = texts_of(entries, (), heading_keys(of.sections, SETTING), home, lexicon)
    return unglued(lines, of.sections, texts, lexicon, Counter(whole))


BOXES: Final = (
    (["[ ] Lob [ ] neu"], ["[ ] Lob", "[ ] neu"]),
    (["[ ] neu [x] Lob☐ Dank"], ["[ ] neu", "[x] Lob", "☐ Dank"]),
    (["- [ ] Lob [ ] neu"], ["- [ ] Lob", "[ ] neu"]),
    (["[ ] neu - [ ] Lob"], ["[ ] neu", "[ ] Lob"]),
    (["[ ] neu [ ] anderes"], ["[ ] neu [ ] anderes"]),
    (["a[ ] Lob"], ["a", "[ ] Lob"]),
    (["Ben: [ ] Lob"], ["Ben: [ ] Lob"]),
    (["!! [ ] neu [ ] Lob"], ["!! [ ] neu", "[ ] Lob"]),
    (["[ ] Lob ⇄ oder: Dank an alle"], ["[ ] Lob", "⇄ oder: Dank an alle"]),
    (["x ⇄ oder: neu"], ["x", "⇄ oder: neu"]),
    (["neu ⇄ anderes"], ["neu ⇄ anderes"]),
)
HEADINGS: Final = (
    (["Ziele: neu"], ["Ziele", "neu"]),
    (["Ziele: XAVER"], ["Ziele", "XAVER"]),
    (["Ziele : XAVER"], ["Ziele", "XAVER"]),
    (["Ziele : Lob"], ["Ziele", "Lob"]),
    (["Ziele Lob"], ["Ziele", "Lob"]),
    (["Ziele neu"], ["Ziele neu"]),
    (["Ziele [ ] neu"], ["Ziele", "[ ] neu"]),
    (["Leeres neu"], ["Leeres", "neu"]),
    (["Leeresneu"], ["Leeresneu"]),
    (["Ziele im Mai: neu"], ["Ziele im Mai", "neu"]),
    (["Ziele", "Ziele im Mai: neu"], ["Ziele", "Ziele im Mai", "neu"]),
    # What is below shows that words behind a heading are a line of its section.
    (["Werte – neu", "[ ] Dank"], ["Werte", "– neu", "[ ] Dank"]),
    (["Werte – neu", "", "", "[ ] Dank"], ["Werte", "– neu", "", "", "[ ] Dank"]),
    (["Werte – neu", "", "", "", "[ ] Dank"], ["Werte – neu", "", "", "", "[ ] Dank"]),
    (["Werte – neu", "[ ] Urlaub"], ["Werte – neu", "[ ] Urlaub"]),
    (["Werte – neu", "[ ] anderes", "[ ] Dank"], ["Werte – neu", "[ ] anderes", "[ ] Dank"]),
    (["Ziele im Mai – neu"], ["Ziele im Mai – neu"]),
    (
        ["Werte – neu Idee [ ] Lob", "[ ] Dank"],
        ["Werte – neu", "Idee", "[ ] Lob", "[ ] Dank"],
    ),
)
TAILS: Final = (
    (["[ ] Lob Werte"], ["[ ] Lob", "Werte"]),
    (["Werte", "[ ] Lob Werte"], ["Werte", "[ ] Lob Werte"]),
    (["[ ] neu Werte"], ["[ ] neu Werte"]),
    (["[ ] neu Werte [ ] Lob"], ["[ ] neu", "Werte", "[ ] Lob"]),
    (["[ ] neuWerte [ ] Lob"], ["[ ] neuWerte", "[ ] Lob"]),
    (["[ ] neu Idee Werte [ ] Lob"], ["[ ] neu", "Idee", "Werte", "[ ] Lob"]),
    (["[ ] neu Idee / Neue [ ] Lob"], ["[ ] neu", "Idee / Neue", "[ ] Lob"]),
    (["[ ] neu [ ] Lob Werte Idee"], ["[ ] neu", "[ ] Lob", "Werte", "Idee"]),
    (["[ ] neu Neue / Idee [ ] Lob"], ["[ ] neu", "Neue / Idee", "[ ] Lob"]),
    (
        ["[ ] neu Werte Idee Werte Idee Werte [ ] Lob"],
        ["[ ] neu Werte", "Idee", "Werte", "Idee", "Werte", "[ ] Lob"],
    ),
    ([f"[ ] Lob {PROMPT}: -"], ["[ ] Lob", f"{PROMPT}: -"]),
    ([f"[ ] Lob {PROMPT}"], ["[ ] Lob", PROMPT]),
    ([f"x{PROMPT}"], ["x", PROMPT]),
    ([f"[ ] neu {PROMPT}"], [f"[ ] neu {PROMPT}"]),
    ([f"[ ] Lob {PROMPT}", f"{PROMPT}:"], [f"[ ] Lob {PROMPT}", f"{PROMPT}:"]),
    ([f"[ ] Lob {PROMPT} {PROMPT}"], ["[ ] Lob", f"{PROMPT} {PROMPT}"]),
)


@pytest.mark.parametrize(("lines", "found"), [*BOXES, *HEADINGS, *TAILS])
def test_each_line_stands_on_its_own_again(lines: list[str], found: list[str]) -> None:
    assert apart(lines) == found


def test_lines_that_stand_as_they_should_are_left_whole() -> None:
    assert apart(["[ ] Lob [ ] neu"], whole=["lob [ ] neu"]) == ["[ ] Lob [ ] neu"]
    assert apart(["[ ] neu [ ] Lob", ""], whole=["neu"]) == ["[ ] neu", "[ ] Lob", ""]


def test_what_was_below_another_line_is_not_once_it_is_a_line_of_its_own() -> None:
    told: dict[str, Any] = {"indent": 4, "depth": 2, "more": True, "item": True}
    first, second = parts([Line("", "[ ] neu [ ] Lob", 3, 9, **told)])

    assert first == Line("", "[ ] neu", 3, 9, **told)
    assert second == Line("", "[ ] Lob", 3, 9, depth=2)


@pytest.mark.parametrize(("length", "count"), [(20_000, 2), (20_001, 1)])
def test_what_is_longer_than_any_block_is_not_looked_through(length: int, count: int) -> None:
    end = " [ ] Lob"

    assert len(apart(["n" * (length - len(end)) + end])) == count


def test_a_name_in_front_of_a_box_belongs_to_what_is_behind_it() -> None:
    of = agenda({"kind": "agreed", "action_items": [{"text": "Raum", "owner": BEN.address}]})

    assert apart(["[ ] neu Ben: [ ] Ben: Raum"], of) == ["[ ] neu Ben:", "[ ] Ben: Raum"]
    assert apart(["[ ] Ben: [ ] Ben: Raum"], of) == ["[ ] Ben: [ ] Ben: Raum"]
