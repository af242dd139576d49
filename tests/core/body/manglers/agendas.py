"""Random agendas of made-up people, and words that nobody else types."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st

from core.model.agenda import Agenda
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.words import plain

SUBJECTS: Final = (
    *("Budget", "Urlaub", "Schulung", "Angebot", "Projekt"),
    *("Quartal", "Zertifikat", "Kunde", "Vertrag", "Büro"),
)
VERBS: Final = (
    *("klären", "besprechen", "prüfen", "planen"),
    *("verschieben", "entscheiden", "vorbereiten", "übergeben"),
)
DETAILS: Final = ("", "im August", "mit Ines", "für Graz", "R&D <Entwurf>", "🏖 danach", "?")
ODDITIES: Final = (
    *("TODO Ben: anrufen", "Ben: Budget klären", "@Anna fragen bis Freitag", "AI und wir"),
    *("bis Freitag", "erledigt", "done", "(2×)", "[x] schon", "- Strich", "1. Quartal", "~ später"),
    *("Sehr wichtig!!", "!! dringend", "(vertraulich) Lob", "Vereinbart", "Anna", "Agreed"),
    *("Ende 1:1-Agenda", "▲ hoch", "1:1 agenda", "Neue Punkte", "https://example.com/a_b?x=1&y=2"),
    *("<b>fett</b>", "&amp; &lt;", "a  b", "> Zitat", "#1on1 testen", "-- ", "* * *", "___", "…"),
    *("Kaffee bis 12.06.", "by 12 June", "שלום", "👩🏽\u200d💻", "x", "?", "Thema:", "oder: doch"),
)
TITLES: Final = ("Ziele", "OKR – Q3", "Sonstiges:", "1. Rückblick", "Feedback & Lob", "Notes")
SYLLABLES: Final = tuple(one + other for one in "klmn" for other in "aeiou")
ODD: Final = ("", "", "", "ü", "ß", "שלום", "讨论", "é")


def coined(number: int, odd: str = "") -> str:
    """Return a word that stands nowhere else: one per number."""
    letters = ""
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        letters = SYLLABLES[digit] + letters
        if not number:
            return f"zw{letters}q{odd}"


def typed_words(start: int) -> Any:
    """Return a function that draws one to four words, never the same ones again."""
    numbers = count(start)

    def draw_words(draw: st.DrawFn) -> str:
        many = draw(st.integers(1, 4))
        words = [coined(next(numbers), draw(st.sampled_from(ODD))) for _ in range(many)]
        return draw(st.sampled_from((" ", " ", ", ", " – ", " / ", " & "))).join(words)

    return draw_words


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words of a point; few words, so that points are alike and sometimes the same."""
    parts = (draw(st.sampled_from(SUBJECTS)), draw(st.sampled_from(DETAILS)))
    return " ".join(part for part in (*parts, draw(st.sampled_from(VERBS))) if part)


def odd_texts() -> st.SearchStrategy[str]:
    """Return words that look like our own signs, and any line that people can type."""
    any_line = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")))
    return st.sampled_from(ODDITIES) | any_line.map(plain).filter(bool)


@st.composite
def agendas(
    draw: st.DrawFn,
    *,
    sensitive: bool = True,
    largest: int = 5,
    words: st.SearchStrategy[str] | None = None,
) -> Agenda:
    """Return an agenda with the usual sections, some of them empty."""
    words = texts() if words is None else words
    names = (f"e{n}" for n in count())

    def point(owner: str | None) -> dict[str, Any]:
        hidden = sensitive and draw(st.integers(0, 6)) == 0
        return {
            "id": next(names),
            "text": draw(words),
            "owner": owner,
            "state": draw(st.sampled_from(("open", "open", "open", "discussed"))),
            "visibility": "sensitive" if hidden else "shared",
            "carried": draw(st.sampled_from((0, 0, 0, 1, 2))),
            "notes": [] if hidden else draw(st.lists(words, max_size=1)),
        }

    def promise() -> dict[str, Any]:
        return {
            "id": next(names),
            "action": True,
            "text": draw(words),
            "owner": draw(st.sampled_from((ANNA.address, BEN.address))),
            "due": draw(st.sampled_from((None, date(2026, 6, 12), date(2026, 7, 1)))),
            "state": draw(st.sampled_from(("open", "open", "done"))),
        }

    def many() -> range:
        return range(draw(st.integers(0, largest)))

    sections: list[dict[str, Any]] = [
        {
            "kind": kind,
            "owner": person.address,
            "entries": [point(person.address) for _ in many()],
        }
        for kind, person in (("report", ANNA), ("manager", BEN))
    ]
    if draw(st.booleans()):
        either = st.sampled_from((ANNA.address, BEN.address))
        sections.append({"kind": "carried", "entries": [point(draw(either)) for _ in many()]})
    if draw(st.integers(0, 3)) == 0:
        for title in draw(st.lists(st.sampled_from(TITLES), max_size=3, unique=True)):
            entries = [point(draw(st.sampled_from((ANNA.address, None)))) for _ in many()]
            sections.append({"kind": "topic", "title": title, "entries": entries})
    sections.append({"kind": "agreed", "entries": [promise() for _ in many()]})
    return Agenda.from_dict({"sections": sections})
