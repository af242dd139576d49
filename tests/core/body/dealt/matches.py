"""Lines and entries dealt by number: which line is which entry, and what a draft becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.body.align import likeness, match_exactly, match_in_place, match_moved, unmatched
from core.body.anchors import Text, anchors
from core.body.draft import Draft
from core.body.known import all_keys
from core.body.lexicon import BOX, Lexicon
from core.body.lines import Line
from core.body.near import Near, Slot
from core.body.rows import NOWHERE, Row, RowKind
from core.body.sight import look_alike
from core.body.twins import match_twins
from core.model.agenda import Agenda, Entry, PointId, SectionKind, TalkingPoint, entry_id
from tests.core.body.dealt import agendas
from tests.core.body.dealt.agendas import Hand
from tests.core.body.samples.cases import ANNA, BEN, SETTING

_SIGNS: Final = ("", "", "", "!! ", "TODO ", "Ben: ", "@Anna ", "(1×)")
_LETTERS: Final = "aabbcd"


def outcome(number: int) -> str:
    """Return which line is found to be which entry, and what became of a draft."""
    hand = Hand(number)
    of = agendas.agenda(hand)
    lexicon = Lexicon(SETTING, [of])
    told = (*_matched(hand, of, lexicon), *_anchored(hand), *_drafted(hand, of), *_alike(hand))
    return "\n".join(map(str, told))


def _slots(hand: Hand, of: Agenda, lexicon: Lexicon) -> list[Slot]:
    slots = []
    for n, section in enumerate(of.sections):
        for entry in section.entries:
            keys = all_keys(entry, lexicon)
            shown = lexicon.line_words(entry) if hand.may(0.9) else None
            slots.append(Slot(entry_id(entry), keys, n, shown, len(slots), entry.text))
    return slots


def _rows(hand: Hand, slots: list[Slot], lexicon: Lexicon) -> list[Row]:
    texts = [(slot.shown or slot.text, slot.section) for slot in slots]
    for _ in range(hand.below(6)):
        _edit(hand, texts)
    rows = []
    for words, section in texts:
        text = (BOX if hand.may(0.7) else "") + words
        line = Line(text, text, 0, len(text), 2 * hand.below(3), item=hand.may(0.3))
        marks = lexicon.marks(line)
        kind = hand.one((RowKind.WORDS,) * 9 + (RowKind.NOTE, RowKind.HEADING))
        home = section if hand.may(0.85) else hand.one((NOWHERE, 0, 1))
        rows.append(Row(kind, line, marks.words, marks, home, twin=hand.may(0.06)))
    return rows


def _edit(hand: Hand, texts: list[tuple[str, int]]) -> None:
    if not texts:
        texts.append((hand.text(), 0))
        return
    n, what = hand.below(len(texts)), hand.below(8)
    words, section = texts[n]
    parts = words.split(" ")
    if what == 0:
        del texts[n]
    elif what == 1:
        texts.insert(hand.below(len(texts) + 1), texts.pop(n))
    elif what == 2:
        texts[n] = (f"{hand.one(_SIGNS)}{words} {hand.text()}", section)
    elif what == 3:
        at = 1 + hand.below(len(parts))
        texts[n : n + 1] = [(" ".join(parts[:at]), section), (" ".join(parts[at:]), section)]
    elif what == 4:
        texts.insert(n, texts[hand.below(len(texts))])
    elif what == 5:
        texts[n] = (" ".join(parts[::-1]), section)
    elif what == 6:
        texts[n] = (words[hand.below(4) : len(words) - hand.below(4)], section)
    else:
        texts.insert(n, (hand.one(_SIGNS) + hand.text(), section))


def _matched(hand: Hand, of: Agenda, lexicon: Lexicon) -> Iterator[object]:
    slots = _slots(hand, of, lexicon)
    rows = _rows(hand, slots, lexicon)
    for slot in slots[:4]:
        for row in rows[:4]:
            place = hand.may(0.5)
            yield round(likeness(slot, row, lexicon, in_place=place), 6)
    shown = [slot for slot in slots if slot.shown is not None]
    near = Near(rows, shown)
    yield [(near.expected(slot), near.candidates(slot)) for slot in shown], near.free
    if hand.may(0.7):
        match_exactly(rows, unmatched(rows, slots), lexicon)
        yield list(map(_told, rows))
    match_in_place(rows, shown, lexicon, whole=hand.may(0.7))
    yield list(map(_told, rows))
    near = Near(rows, shown)
    yield [(near.expected(slot), near.candidates(slot)) for slot in shown], near.free
    match_moved(rows, slots, lexicon)
    match_twins(rows, lexicon)
    yield list(map(_told, rows))


def _told(row: Row) -> tuple[object, ...]:
    return (row.kind.value, row.words, row.section, row.entry, row.heir, row.twin)


def _anchored(hand: Hand) -> Iterator[object]:
    for size in (3, 8, 20):
        texts = []
        for _ in range(2):
            lines = [hand.one(_LETTERS) for _ in range(hand.below(size))]
            lines = [f"{one}{hand.below(9)}" if hand.may(0.4) else one for one in lines]
            texts.append(Text(lines, [hand.may(0.3) for _ in lines]))
        yield sorted(anchors(*texts).items())


def _alike(hand: Hand) -> Iterator[object]:
    """Whether two blocks look the same, with boxes and without."""
    kinds = ("", "box", "x", "~", "!", "heading", "box!")
    there = [(hand.one(kinds), hand.one(_LETTERS)) for _ in range(hand.below(3))]
    ours = list(there)
    if ours and hand.may(0.6):
        ours[hand.below(len(ours))] = (hand.one(kinds), hand.one(_LETTERS))
    if hand.may(0.1):
        ours.append(("", "a"))
    yield there, ours
    yield [look_alike(there, ours, boxes_count=counts) for counts in (True, False)]


def _drafted(hand: Hand, of: Agenda) -> Iterator[object]:
    draft = Draft(of)
    yield draft.know(agendas.since(hand, _shuffled(hand, of))), draft.know(None)
    names = list(draft.entries)
    for n in range(4):
        kind, owner = hand.one(tuple(SectionKind)), hand.one((None, ANNA.address, BEN.address))
        yield draft.section_for(owner, kind), draft.owned_section(owner or "")
        yield draft.made_topic(hand.one(("Ziele", "ziele", "Neu")))
        name = draft.new_id(owner or "", hand.one(("Budget", "budget", "Kurs")))
        entry: Entry = TalkingPoint(point_id=PointId(name), text=f"neu {n}")
        section = hand.below(len(draft.places))
        draft.add(entry, section, hand.one((None, *names)))
        yield name
        moved, *others = sorted(draft.entries, key=lambda _: hand.random())
        draft.move(moved, hand.below(len(draft.places)), hand.one((None, *others)))
        if hand.may(0.3):
            draft.drop(moved)
        draft.reorder(section, sorted(draft.entries, reverse=True))
    yield [(p.section.kind.value, p.ids, p.made, p.ghost) for p in draft.places]
    yield draft.agenda()


def _shuffled(hand: Hand, of: Agenda) -> Agenda:
    """Take entries of one section to another, and give one another title or kind."""
    sections = list(of.sections)
    n = hand.below(len(sections))
    if hand.may(0.5):
        m = hand.below(len(sections))
        moved = sections[m].entries
        sections[m] = replace(sections[m], entries=())
        sections[n] = replace(sections[n], entries=(*sections[n].entries, *moved))
    if hand.may(0.4):
        sections[n] = replace(sections[n], title=hand.one(("Ziele", "Neu", "")))
    if hand.may(0.2):
        sections[n] = replace(sections[n], kind=hand.one(tuple(SectionKind)))
    if hand.may(0.3):
        sections.reverse()
    return Agenda(sections=tuple(sections))
