"""Single lines dealt by number: all that the engine reads out of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from core.body.due_words import find_due, today
from core.body.fence import fences
from core.body.glue import unglued
from core.body.known import texts_of
from core.body.lexicon import (
    BOX,
    Lexicon,
    either_rest,
    heading_keys,
    heading_letters,
    is_count,
    is_sign,
    prompt_rest,
    without_count,
)
from core.body.lines import Line, as_text, scan_text, visible
from core.body.links import bare_address, plain_links, unwrap, unwrap_all
from core.body.markers import marks_of, without_bullet
from core.body.notes import is_reworded, minus, place_of, reworded
from core.body.own_lines import own_rest
from core.body.placeholder import (
    begun_in,
    beside_placeholder,
    pieces_in,
)
from core.body.promise import names_of, promise_of
from core.body.said import as_shown, said_by, said_since
from core.body.words import bare, clean, fold, key, same_words
from core.model.people import Person
from tests.core.body.dealt import agendas
from tests.core.body.dealt.agendas import Hand
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE, SETTING, ZONE

_FRONTS: Final = (
    *("", "", "", "- ", "* ", "•", "> ", ">> - ", "o  ", "o [ ] ", "1. ", "(2) ", "12) ", "? "),
    *("[ ] ", "[x] ", "[X]", "[ ]", "[~] ", "☐ ", "☑\ufe0f ", "✔ ", "(x) ", "( ) ", "x [ ] ", "x "),
    *("- [ ] ", "* ☐ ", "[ ] [x] ", "[ x ]", "▼ ", "▲ ", "▼▲", "… ", "und 3 weitere: ", "⇄ oder: "),
)
_SIGNS: Final = (
    *("", "", "", "!! ", "!!!", "(vertraulich) ", "[confidential]: ", "~ ", "~~", "done: "),
    *("(erledigt) ", "TODO ", "TODO: ", "to-do Ben: ", "AI ", "AI: ", "Aufgabe – ", "@Anna "),
    *(
        "@ Ben: ",
        "Ben: ",
        "Ben, ",
        "ben@example.com: ",
        "Anna Ahrens – ",
        "Action item: ",
        "Cara: ",
    ),
    *("Next step ", "AP ", "task: ", "TODO AI: ", "Anna: Ben: ", "? oder : ", "Mehr dazu: "),
)
_WORDS: Final = (
    *("Budget", "Budget klären", "Urlaub im Mai", "a", "", "Ziele:", "x", "Frist", "Anna", "Ben"),
    *("1:1-Agenda (hier schreiben)", "Ende 1:1-Agenda", "1:1 agenda (write here)", "1 : 1 agenda"),
    *(
        "end of 1:1 agenda",
        "Neue Punkte einfach darunter schreiben:",
        "New points: just write below",
    ),
    *("(vertraulich – nur im Gespräch)", "(confidential - in person only)", "(vertraulich nur"),
    *("im Gespräch)", "Gespr?ch)", "only)", "https://example.com/a?b=1&c=2", "Zoom & Co"),
    *("http://a.example/ <http://a.example>", "a@b.com (mailto:a@b.com)", "<https://x.example/y>"),
    *("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&data=1",),
    *("https://www.google.com/url?q=https://a.example/c&sa=D", "#1on1", "C:\\;temp\\,", "a\\nb"),
    *("https://urldefense.com/v3/__https://a.example/d__;!!x", "Offen vom letzten Mal"),
    *(
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_e&d=1",
        "Vereinbart / Agreed",
    ),
    *(
        "Budget -- klären",
        "„Lob“ – “ja”",
        "Straße ﬁx",
        "a\u200bb\u00adc",
        "e\u0301",
        "\x00x",
        "a\tb",
    ),
)
_TAILS: Final = (
    *(
        "",
        "",
        "",
        " !!",
        "!!",
        " (done)",
        " - erledigt",
        ", done.",
        " ✔",
        "✔\ufe0f!",
        "[x]",
        " [x]",
    ),
    *(
        " (Ben)",
        " [anna]",
        " @Anna",
        " (Cara Cruz)",
        " (2×)",
        "(12 x)",
        " (2×) mehr",
        ":",
        "?",
        ".",
    ),
    *(" (vertraulich)", "[sensibel]:", " morgen", " ~~", " und mehr", " (vertraulich) !!", "…"),
)
_LEADS: Final = (
    *("", "", "bis ", "by ", "(bis ", "bis zum ", "due: ", "am ", "- ", ", ", "fällig ", "on the "),
    *("until ", "für ", "bis Montag, den ", "spätestens ", "in the ", "vor "),
)
_DAYS: Final = (
    *("Freitag", "Fr.", "Friday", "next Friday", "nächsten Montag", "diese Woche", "next week"),
    *("Ende nächster Woche", "end of the week", "eow", "12.06.", "1.7.26", "31.12.", "30. 2. 2027"),
    *(
        "12/06/2026",
        "2026-06-12",
        "2026-13-40",
        "12 June",
        "12. Juni 2027",
        "June 3rd",
        "3rd of May",
    ),
    *("Ende Juni", "mid-July", "Anfang Mai 2027", "KW 24", "week 2", "CW 54", "Monatsende", "eom"),
    *("next month", "Ende Q2", "end of the quarter", "Jahresende", "in 2 Wochen", "in drei Tagen"),
    *(
        "in a couple of months",
        "in 40 days",
        "übermorgen",
        "tomorrow",
        "heute Abend",
        "today",
        "eod",
    ),
    *("Mittwoch nächster Woche", "this Monday", "kommenden Donnerstag", "Sonntag", "So", "may"),
)
_TODAYS: Final = (
    *(date(2026, 6, 8), date(2026, 6, 8), date(2026, 12, 31), date(2026, 1, 1), date(2028, 2, 29)),
    *(date(2026, 6, 14), date(2026, 8, 31), date(2026, 4, 8), date(2027, 1, 3), date(2026, 11, 30)),
)
_LINK: Final = "https://vieraugen.example/p/1"
_CARA: Final = Person(address="cara@example.com", name="Cara Cruz")
_NAMES: Final = (
    names_of(PEOPLE, (ANNA.address, "dora.dill@example.com")),
    names_of((BEN, Person(address="b@example.com", name="Ben Bauer"))),
    names_of((_CARA,), (None, BEN.address)),
)


def text(hand: Hand) -> str:
    """Return a line as somebody might type it, or a host leave it."""
    words = hand.one(_WORDS)
    if hand.may(0.3):
        words = f"{words} {hand.one(_LEADS)}{hand.one(_DAYS)}"
    if hand.may(0.1):
        words = f"{hand.one(_DAYS)} {words}"
    if hand.may(0.2):
        words = f"{words}{hand.one((' ', '  ', ''))}{hand.one(_WORDS)}"
    return f"{hand.one(_FRONTS)}{hand.one(_SIGNS)}{words}{hand.one(_TAILS)}"


def outcome(number: int) -> str:
    """Return all that is read out of a line."""
    hand = Hand(number)
    line, other = text(hand), text(hand)
    return "\n".join(
        f"{n} {told}"
        for n, told in enumerate(
            (line, *_plain(line, other), *_days(hand, line), *_known(hand, line, other))
        )
    )


def _plain(line: str, other: str) -> Iterator[object]:
    yield marks_of(line)
    yield from (f(line) for f in (without_bullet, fold, clean, key, bare, visible, as_text))
    yield from (f(line) for f in (prompt_rest, either_rest, is_sign, is_count, without_count))
    yield from (f(line) for f in (beside_placeholder, begun_in, heading_letters))
    yield from (
        pieces_in(line),
        *(own_rest(line, link) is not None for link in (None, _LINK)),
    )
    yield from (f(line) for f in (unwrap, unwrap_all, plain_links, bare_address))
    yield scan_text(f"{line}\n\t{other}\r\n   x\u2028{line}")
    rows = [Line(text, text, 0, len(text), indent) for text in (line, other) for indent in (0, 4)]
    yield fences([*rows, rows[0]._replace(more=True)])
    for seen in (other, f"{line} ", line.replace(" ", "", 1), line.replace("ä", "?"), line[1:]):
        yield same_words(seen, line), same_words(line, seen)
    kept, added = [line, "Notiz"], [other, f"{line} mehr"]
    yield reworded(line, kept, added), kept, added, is_reworded(line, other)
    yield minus([line, other, line], [other, line]), place_of(other, [line, f"- {other}"])


def _days(hand: Hand, line: str) -> Iterator[object]:
    on = hand.one(_TODAYS)
    yield on, find_due(line, on), find_due(hand.one(_LEADS) + hand.one(_DAYS), on)
    names = hand.one(_NAMES)
    yield promise_of(line, names, on, agreed=False)
    yield promise_of(line, names, on, agreed=True)
    yield promise_of(marks_of(line).words, names, on, agreed=True)
    late = datetime(2026, 6, 8, 22, 30, tzinfo=UTC)
    yield today(late, hand.one((ZONE, "America/New_York", "Nowhere/At_All")))


def _known(hand: Hand, line: str, other: str) -> Iterator[object]:
    """What a line says where there is an agenda."""
    of = agendas.agenda(hand)
    setting = replace(
        SETTING,
        people=hand.one((PEOPLE, PEOPLE, (_CARA, ANNA))),
        locale=hand.one(("de", "en")),
        link=hand.one((None, _LINK)),
    )
    lexicon = Lexicon(setting, [of, None])
    entries = [entry for section in of.sections for entry in section.entries]
    for entry in entries[:2]:
        words = lexicon.line_words(entry)
        yield lexicon.entry_keys(entry)
        marks = lexicon.marks_in(BOX + words)
        action = hand.may(0.5)
        before = as_shown(said_by(marks.words, marks, lexicon, action=action), entry, lexicon)
        yield before
        for now in (hand.one(_SIGNS) + words + hand.one(_TAILS), _between(hand, words), line):
            read = lexicon.marks_of_line(now)
            said = said_by(read.words, read, lexicon, action=action or hand.may(0.2))
            yield said_since(said, before, lexicon)
    marks = lexicon.marks(Line(line, line, 0, 0, struck=hand.may(0.3)))
    yield marks, lexicon.keys_of(marks.words, marks), lexicon.is_hidden(marks.words)
    yield lexicon.row_key(Line(line, line, 0, 0)), lexicon.named(line)
    headings = heading_keys(of.sections, setting)
    texts = texts_of(entries, (), headings, {}, lexicon)
    glue = hand.one((" ", "", " – ", ": "))
    heads = sorted(headings) or ["Anna"]
    lines = [
        *(f"[ ] {lexicon.line_words(entry)}" for entry in entries[:2]),
        *(hand.one(("Anna", "Ben", "Vereinbart", hand.one(heads))), line),
    ]
    joined = hand.one(lines) + glue + hand.one(lines)
    rows = [Line(t, t, 0, 0, 2 * hand.below(2)) for t in (joined, hand.one(lines), other)]
    yield [row.text for row in unglued(rows, of.sections, texts, lexicon)]


def _between(hand: Hand, words: str) -> str:
    """Type a word or a day somewhere in a line."""
    parts = words.split(" ")
    at = hand.below(len(parts) + 1)
    typed = hand.one(("neu", f"{hand.one(_LEADS)}{hand.one(_DAYS)}", "", hand.one(_SIGNS).strip()))
    parts[at : at + hand.below(2)] = [typed]
    return " ".join(parts)
