"""Random agendas of made-up people, and words that nobody else types."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from hypothesis import strategies as st

from core.model.agenda import Agenda
from tests.core.body.samples.cases import ANNA, BEN

SUBJECTS = [
    "Budget",
    "Urlaub",
    "Schulung",
    "Angebot",
    "Projekt",
    "Quartal",
    "Zertifikat",
    "Kunde",
    "Vertrag",
    "Büro",
]
VERBS = [
    "klären",
    "besprechen",
    "prüfen",
    "planen",
    "verschieben",
    "entscheiden",
    "vorbereiten",
    "übergeben",
]
DETAILS = ("", "im August", "mit Ines", "für Graz", "Teil zwei", "R&D <Entwurf>", "🏖 danach", "?")
SYLLABLES = [
    "ka",
    "ke",
    "ki",
    "ko",
    "ku",
    "la",
    "le",
    "li",
    "lo",
    "lu",
    "ma",
    "me",
    "mi",
    "mo",
    "mu",
    "na",
    "ne",
    "ni",
    "no",
    "nu",
]
ODD = ("", "", "", "ü", "ß", "שלום", "讨论", "é")


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


@st.composite
def agendas(draw: st.DrawFn, *, sensitive: bool = True, largest: int = 5) -> Agenda:
    """Return an agenda with the usual sections, some of them empty."""
    names = (f"e{n}" for n in count())

    def point(owner: str | None) -> dict[str, Any]:
        hidden = sensitive and draw(st.integers(0, 6)) == 0
        return {
            "id": next(names),
            "text": draw(texts()),
            "owner": owner,
            "state": draw(st.sampled_from(("open", "open", "open", "discussed"))),
            "visibility": "sensitive" if hidden else "shared",
            "carried": draw(st.sampled_from((0, 0, 0, 1, 2))),
            "notes": [] if hidden else draw(st.lists(texts(), max_size=1)),
        }

    def promise() -> dict[str, Any]:
        return {
            "id": next(names),
            "action": True,
            "text": draw(texts()),
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
        topic = [point(ANNA.address) for _ in many()]
        sections.append({"kind": "topic", "title": "Ziele", "entries": topic})
    sections.append({"kind": "agreed", "entries": [promise() for _ in many()]})
    return Agenda.from_dict({"sections": sections})
