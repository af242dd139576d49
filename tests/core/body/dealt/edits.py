"""What people do to a page's lines, and what hosts do to the whole, dealt by number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tests.core.body.dealt.agendas import Hand
from tests.core.body.manglers.lines import Line, Role

Lines = list[Line]

_BULLETS: Final = ("", "", "- ", "* ", "• ", "1. ", "2) ", "[ ] ", "[x] ", "☐ ", "> ", "o  ")
_SIGNS: Final = (
    *("", "", "", "!! ", "(vertraulich) ", "~ ", "TODO ", "TODO Ben: ", "@Anna ", "AI: "),
    *("Ben: ", "Anna Ahrens: ", "done: ", "⇄ oder: "),
)
_TAILS: Final = (
    *("", "", "", " bis Freitag", " by 12 June", " nächste Woche", " (done)", " ✔", "?", " !!"),
    *(" (Ben)", " @Anna bis 19.06.", " in zwei Wochen", " (2×)", ":", " ist erledigt"),
)
_WORDS: Final = ("neu", "und mehr", "Frist im Juli", "später", "Anna", "Ziele", "Budget")
_OTHERS: Final = (
    *("Von meinem iPhone gesendet", "On 8 June Ben Behrens wrote:", "-- ", "Ben Behrens"),
    *("LG Anna", "Neue Punkte einfach darunter schreiben:", "▼ 1:1-Agenda (hier schreiben)"),
    *("▲ Ende 1:1-Agenda", "… und 3 weitere:", "Mehr dazu: https://example.com/a", "(2×)", "▼"),
)


def edited(hand: Hand, lines: Lines) -> Lines:
    """Return the lines after a few edits."""
    lines = list(lines)
    for _ in range(hand.below(5)):
        hand.one(_EDITS)(hand, lines)
    return lines


def _typed(hand: Hand, lines: Lines) -> None:
    at = 1 + hand.below(len(lines))
    words = f"{hand.one(_SIGNS)}{hand.text()}{hand.one(_TAILS)}"
    deep = hand.may(0.2)
    lines.insert(
        at,
        Line(
            text=hand.one(_BULLETS) + words,
            role=Role.NOTE if deep else Role.TYPED,
            indent=4 if deep else lines[at - 1].indent,
            bullet=hand.may(0.3) and lines[at - 1].bullet,
        ),
    )


def _other(hand: Hand, lines: Lines) -> None:
    lines.insert(hand.below(len(lines) + 1), Line(text=hand.one(_OTHERS), role=Role.TYPED))


def _swap(old: str, *new: str) -> Callable[[Hand, Lines], None]:
    def edit(hand: Hand, lines: Lines) -> None:
        n = _any(hand, lines, lambda line: old in line.text)
        if n is not None:
            lines[n] = replace(lines[n], text=lines[n].text.replace(old, hand.one(new), 1))

    return edit


def _any(hand: Hand, lines: Lines, fits: Callable[[Line], bool]) -> int | None:
    found = [n for n, line in enumerate(lines) if fits(line)]
    return hand.one(found) if found else None


def _words(hand: Hand, lines: Lines) -> None:
    """Type words behind, before or into a line, or over one of its words."""
    n = hand.below(len(lines))
    parts = lines[n].text.split(" ")
    at = hand.below(len(parts) + 1)
    parts[at : at + hand.below(2)] = [hand.one(_WORDS)]
    lines[n] = replace(lines[n], text=" ".join(parts))


def _sign(hand: Hand, lines: Lines) -> None:
    n = hand.below(len(lines))
    box, _, words = lines[n].text.partition("] ")
    front = f"{box}] " if words else ""
    text = f"{front}{hand.one(_SIGNS)}{words or box}{hand.one(_TAILS)}"
    lines[n] = replace(lines[n], text=text)


def _gone(hand: Hand, lines: Lines) -> None:
    if len(lines) > 1:
        del lines[hand.below(len(lines))]


def _several_gone(hand: Hand, lines: Lines) -> None:
    at = hand.below(len(lines))
    del lines[max(at, 1) : at + 2 + hand.below(5)]


def _moved(hand: Hand, lines: Lines) -> None:
    line = lines.pop(hand.below(len(lines)))
    lines.insert(hand.below(len(lines) + 1), line)


def _turned(hand: Hand, lines: Lines) -> None:
    at = hand.below(len(lines))
    lines[at : at + 3] = lines[at : at + 3][::-1]


def _split(hand: Hand, lines: Lines) -> None:
    n = hand.below(len(lines))
    parts = lines[n].text.split(" ")
    cut = 1 + hand.below(len(parts))
    lines[n] = replace(lines[n], text=" ".join(parts[:cut]))
    rest = hand.one(("", "- ")) + " ".join(parts[cut:])
    lines.insert(n + 1, replace(lines[n], text=rest, role=Role.TYPED))


def _joined(hand: Hand, lines: Lines) -> None:
    n = hand.below(len(lines))
    if n + 1 < len(lines):
        after = lines.pop(n + 1)
        lines[n] = replace(lines[n], text=lines[n].text + hand.one((" ", "")) + after.text)


def _doubled(hand: Hand, lines: Lines) -> None:
    lines.insert(hand.below(len(lines) + 1), lines[hand.below(len(lines))])


def _pasted(hand: Hand, lines: Lines) -> None:
    """The block, or a part of it, stands there once more."""
    if hand.may(0.4):
        lines += lines
        return
    low = hand.below(len(lines))
    at = hand.below(len(lines) + 1)
    lines[at:at] = lines[low : low + 1 + hand.below(6)]


def _cut(hand: Hand, lines: Lines) -> None:
    """The rest is gone, in the middle of a line or behind one."""
    n = 1 + hand.below(len(lines))
    del lines[n:]
    if hand.may(0.6):
        text = lines[-1].text
        lines[-1] = replace(lines[-1], text=text[: 1 + hand.below(len(text) + 1)])


def _unfenced(hand: Hand, lines: Lines) -> None:
    for role in hand.one(((Role.OPEN,), (Role.CLOSE,), (Role.OPEN, Role.CLOSE))):
        n = _any(hand, lines, lambda line, role=role: line.role is role)  # type: ignore[misc]
        if n is not None and len(lines) > 1:
            del lines[n]


def _flat(hand: Hand, lines: Lines) -> None:
    """No line is indented any more, or all are."""
    indent = hand.one((0, 0, 2))
    lines[:] = [replace(line, indent=indent, bullet=False) for line in lines]


_EDITS: Final[tuple[Callable[[Hand, Lines], None], ...]] = (
    *(_typed, _typed, _typed, _typed, _other, _words, _words, _words, _sign, _sign),
    *(_gone, _gone, _several_gone, _moved, _moved, _turned, _split, _joined, _doubled),
    *(_pasted, _cut, _unfenced, _flat),
    *(_swap("[ ]", "[x]", "[X]", "☑", "[~]", "", "-"), _swap("[x]", "[ ]", "[~]")),
    *(_swap("[~]", "[ ]"), _swap("Ben: ", "Anna: ", ""), _swap(" bis 12.06.", " bis 13.06.", "")),
    *(_swap("Gespräch)", "Gespräch) morgen", "Gespr?ch)"), _swap("(vertraulich", "(vertraulich!")),
    *(_swap("⇄ oder: ", ""), _swap("(1×)", "(2×)", ""), _swap("Anna", "Annika", "Anna:")),
)
