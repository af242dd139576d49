"""Make entries of the lines that people typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from core.body.draft import Draft
from core.body.lexicon import BOX, Lexicon, without_count
from core.body.links import as_typed
from core.body.markers import unmarked
from core.body.near import TITLE, is_listed
from core.body.rows import NOWHERE, Row, RowKind
from core.body.under import Wordings, below, notes_in
from core.body.values import Change, ChangeKind
from core.body.words import clean
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemId,
    ItemState,
    PointId,
    PointState,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.people import Person

_WHO: Final = re.compile(
    r"(?:für |for )?(?:(?P<me>mich|ich|me)|(?P<you>dich|du|you))\s*:\s*(?=\S)", re.IGNORECASE
)
"""Who shall do it, in one's own copy."""


class Writer:
    """Writes new lines of one copy into the draft."""

    def __init__(self, draft: Draft, lexicon: Lexicon, copy_of: Person | None) -> None:
        self.draft = draft
        self.lexicon = lexicon
        self.by = copy_of.address if copy_of else None

    def write(self, rows: Sequence[Row], wordings: Wordings) -> list[Change]:
        """Add all new lines with what stands below them; return the changes."""
        changes: list[Change] = []
        last: str | None = None
        topic: int | None = None
        under = below(rows)
        for n, row in enumerate(rows):
            if row.kind in (RowKind.HEADING, RowKind.OURS):
                last = topic = None
            elif row.entry is not None:
                last, topic = row.entry, None
            elif row.kind is RowKind.WORDS and self._is_empty(row, under.get(n, [])):
                row.kind = RowKind.OURS
            elif row.kind is RowKind.WORDS and self._is_title(rows, n):
                topic = self.draft.made_topic(clean(row.words))
                last = None
            elif row.kind is RowKind.WORDS:
                elsewhere = self._is_elsewhere(row)
                last = self._add(row, last, topic)
                self._under(last, under.get(n, []), wordings)
                changes.append(
                    Change(
                        kind=ChangeKind.ADDED,
                        entry_id=last,
                        by=self.by,
                        after=self.draft.entries[last].text,
                        elsewhere=elsewhere,
                    )
                )
        return changes

    def _is_elsewhere(self, row: Row) -> bool:
        if self.by is None or row.section == NOWHERE:
            return self.by is not None
        return self.draft.places[row.section].section.owner not in (None, self.by)

    def _is_empty(self, row: Row, under: Sequence[Row]) -> bool:
        """Tell whether it is a placeholder of nothing; what stands below it are its words then."""
        if self.lexicon.beside_hidden(row.words) != "":
            return False
        first = next((one for one in under if one.words), None)
        if first is not None:
            row.words, first.words = f"{row.words} {first.words}", ""
        return first is None

    def _is_title(self, rows: Sequence[Row], n: int) -> bool:
        """A line with a colon at its end and a list below it is a heading of its own."""
        row = rows[n]
        if not row.words.endswith(":") or is_listed(row):
            return False
        below = rows[n + 1] if n + 1 < len(rows) else None
        return (
            below is not None
            and len(row.words) < TITLE
            and below.kind is RowKind.WORDS
            and below.entry is None
            and is_listed(below)
        )

    def _under(self, name: str, under: Sequence[Row], wordings: Wordings) -> None:
        """Give a new entry its notes, and a second wording whose entry is gone."""
        if under:
            notes = (clean(as_typed(note)) for note in notes_in(under))
            kept, other = tuple(n for n in notes if n), " / ".join(wordings.come(under))
            entry = self.draft.entries[name]
            self.draft.entries[name] = replace(entry, notes=kept, other_wording=other)

    def _add(self, row: Row, last: str | None, topic: int | None) -> str:
        typed = row.section
        if row.heir is not None:
            row.words = without_count(row.words)
        if topic is not None:
            row.section = topic
        section = self.landing(row)
        entry = self._entry(row, section)
        if isinstance(entry, ActionItem):
            section = self.draft.section_for(None, SectionKind.AGREED)
        self.draft.add(entry, section, last)
        name = entry_id(entry)
        self.draft.typed[name] = typed
        row.entry, row.section = name, section
        return name

    def landing(self, row: Row) -> int:
        """Return the section in which a new line ends up."""
        if row.section == NOWHERE:
            return self._own_section
        section = self.draft.places[row.section].section
        if self.by is None or row.heir is not None or section.owner in (None, self.by):
            return row.section
        return self._own_section

    @cached_property
    def _own_section(self) -> int:
        """Where their own new lines go; the first that comes makes it."""
        people = self.lexicon.setting.people
        if self.by is None:
            return self.draft.section_for(None, SectionKind.TOPIC)
        report = len(people) > 1 and people[1].address == self.by
        known = any(p.address == self.by for p in people)
        kind = SectionKind.REPORT if report else SectionKind.MANAGER
        owned = self.draft.owned_section(self.by)
        if owned is not None:
            return owned
        if not known:
            return self.draft.section_for(None, SectionKind.TOPIC)
        return self.draft.section_for(self.by, kind)

    def _owner(self, row: Row) -> str | None:
        if row.heir in self.draft.entries:
            return self.draft.entries[row.heir].owner
        if self.by is not None:
            return self.by
        return self.draft.places[row.section].section.owner if row.section != NOWHERE else None

    def _entry(self, row: Row, section: int) -> Entry:
        owner = self._owner(row)
        marks = row.marks
        secret = row.words if marks.hidden else self.lexicon.beside_hidden(row.words)
        if secret is not None:
            return self._point(secret, owner, row, Visibility.SENSITIVE)
        agreed = self.draft.places[section].section.kind is SectionKind.AGREED
        promise = self.lexicon.promise(row.words, agreed=agreed)
        if not (agreed or promise.marked):
            return self._point(row.words, owner, row, Visibility.SHARED)
        inside = self.lexicon.marks_in(BOX + promise.text)
        if inside.hidden:
            return self._point(unmarked(row.words), owner, row, Visibility.SENSITIVE)
        said = inside.words if inside.ticked else promise.text
        text, owner = self._for_whom(clean(as_typed(said)), promise.owner or owner)
        return ActionItem(
            item_id=ItemId(self.draft.new_id(self.by or "", text)),
            text=text,
            owner=owner,
            due=promise.due,
            state=ItemState.DONE if marks.ticked or inside.ticked else ItemState.OPEN,
        )

    def _for_whom(self, text: str, owner: str | None) -> tuple[str, str | None]:
        """Understand "for you: ..." in somebody's own copy."""
        found = _WHO.match(text) if self.by is not None and owner == self.by else None
        if found is None:
            return text, owner
        others = [p.address for p in self.lexicon.setting.people if p.address != self.by]
        if found["you"] and len(others) != 1:
            return text, owner
        return text[found.end() :], others[0] if found["you"] else self.by

    def _point(
        self, words: str, owner: str | None, row: Row, visibility: Visibility
    ) -> TalkingPoint:
        text = clean(as_typed(words))
        state = PointState.PARKED if row.marks.parked else PointState.OPEN
        return TalkingPoint(
            point_id=PointId(self.draft.new_id(self.by or "", text)),
            text=text,
            owner=owner,
            state=PointState.DISCUSSED if row.marks.ticked else state,
            visibility=visibility,
        )


def promised(point: TalkingPoint, lexicon: Lexicon) -> ActionItem:
    """Return a point that was moved to what is agreed as an action item."""
    promise = lexicon.promise(point.text, agreed=True)
    return ActionItem(
        item_id=ItemId(point.point_id),
        text=clean(promise.text),
        owner=promise.owner or point.owner,
        due=promise.due,
        state=ItemState.DONE if point.state is PointState.DISCUSSED else ItemState.OPEN,
        notes=point.notes,
        other_wording=point.other_wording,
    )
