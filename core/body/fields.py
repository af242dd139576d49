"""Merge one entry field by field: what its line said in the base, says now, and what we have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.body.lexicon import BOX, Lexicon, without_count
from core.body.links import as_typed
from core.body.markers import Marks
from core.body.notes import minus, place_of, reworded
from core.body.rows import Row
from core.body.said import Said, said_by, said_since, signs_inside, without_done
from core.body.under import with_wording
from core.body.values import Change, ChangeKind
from core.body.words import clean, fold, same_words
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemId,
    ItemState,
    PointId,
    PointState,
    TalkingPoint,
    Visibility,
    entry_id,
)


class EntryMerge:
    """One entry and the changes that its line asks for."""

    def __init__(
        self, ours: Entry, base: Entry | None, lexicon: Lexicon, by: str | None, believed: bool
    ) -> None:
        self.entry = ours
        self.base = base
        self.lexicon = lexicon
        self.by = by
        self.believed = believed
        """Whether what is taken back (a tick, a note) counts."""
        self.changes: list[Change] = []
        self.text_before = ours.text

    @property
    def brings_words(self) -> bool:
        """Whether there are words that were not there before."""
        wordy = (ChangeKind.EDITED, ChangeKind.NOTED, ChangeKind.CLASH)
        return any(change.kind in wordy for change in self.changes)

    def note(self, kind: ChangeKind, before: object = "", after: object = "") -> None:
        """Write down one change."""
        self.changes.append(
            Change(
                kind=kind,
                entry_id=entry_id(self.entry),
                by=self.by,
                before=str(before or ""),
                after=str(after or ""),
            )
        )

    def line(self, row: Row, before: Said) -> None:
        """Take over what the row says differently from before."""
        action = isinstance(self.base or self.entry, ActionItem)
        words, done = without_done(row.words, before.words)
        now = said_by(words, row.marks, self.lexicon, action=action)
        now = signs_inside(said_since(now, before, self.lexicon), before, self.lexicon)
        ticked = self._text(now, before) or done or now.marks.ticked
        self._state(now.marks, before.marks, ticked)
        self._who_and_when(now, before)
        if now.marks.hidden and not before.marks.hidden:
            self._hide()

    def _who_and_when(self, now: Said, before: Said) -> None:
        """Take over who does it and when; where ours were changed since, the line stays too."""
        if not isinstance(self.entry, ActionItem):
            return
        base = self.base if isinstance(self.base, ActionItem) else self.entry
        mine, clash = self.entry, False
        if now.owner != before.owner and (now.owner is not None or self.believed):
            if mine.owner in (base.owner, None):
                self._give(now.owner)
            clash = now.owner not in (None, self.entry.owner)
        if now.due != before.due and (now.due is not None or self.believed):
            if mine.due in (base.due, None):
                self._delay(now.due)
            clash = clash or now.due not in (None, self.entry.due)
        if clash:
            self._or(clean(as_typed(now.words)))

    def _text(self, now: Said, before: Said) -> bool:
        """Merge the words; return whether they ended in "done"."""
        if same_words(now.words, before.words) or self.lexicon.is_hidden(now.words):
            return False
        if isinstance(self.entry, TalkingPoint) and now.action and not before.action:
            self._promised(now, before.text)
            return False
        if isinstance(self.entry, ActionItem) and isinstance(self.base, TalkingPoint):
            # It became an action item since: an owner and a day in its line are that one's.
            promise = self.lexicon.promise(without_count(now.words), agreed=True)
            self._give(self.entry.owner or promise.owner)
            self._delay(self.entry.due or promise.due)
        text, done = without_done(self._with_signs(now), before.text)
        if same_words(text, before.text) or same_words(now.text, before.text):
            return done
        if self.lexicon.is_hidden(before.words):
            self._under_placeholder(text)
        else:
            self._reword(text, before.text, now)
        return done

    def _with_signs(self, now: Said) -> str:
        """Return the line's text with the signs that its words begin with, such as "[x] so"."""
        own = (self.base or self.entry).text
        bare = self.lexicon.marks_in(BOX + own).words
        lead = own.removesuffix(bare) if bare and own.endswith(bare) else ""
        return now.text if now.text.startswith(lead) else lead + now.text

    def _under_placeholder(self, text: str) -> None:
        """Words typed behind a placeholder join what it hides."""
        added = as_typed(_behind_placeholder(text, self.lexicon))
        if not added or fold(added) == fold(self.entry.text):
            return
        known = fold(self.base.text).count(fold(added)) if self.base else 0
        if fold(self.entry.text).count(fold(added)) <= known:
            self.entry = replace(self.entry, text=clean(f"{self.entry.text} {added}"))
            self.note(ChangeKind.EDITED)

    def _reword(self, text: str, before: str, now: Said) -> None:
        text, mine = clean(as_typed(text)), self.entry.text
        if fold(mine) == fold(text):
            return
        base = self.base.text if self.base is not None else before
        if isinstance(self.entry, ActionItem) and not isinstance(self.base, ActionItem):
            text = clean(self.lexicon.promise(text, agreed=True).text)
            if fold(text) in (fold(mine), fold(base)):
                return
        if isinstance(self.base, ActionItem) and isinstance(self.entry, TalkingPoint):
            # It was hidden since: all that its line said is its text now.
            base, text = self.lexicon.line_words(self.base), clean(now.words)
            if sorted(fold(text).split()) == sorted(fold(mine).split()):
                return
        if fold(mine) in (fold(base), fold(before)) or not mine:
            self.entry = replace(self.entry, text=text)
            self.note(ChangeKind.EDITED, mine, text)
            return
        self._or(text)

    def _or(self, text: str) -> None:
        """Keep one more wording of the entry, where it is new."""
        other = with_wording(self.entry.other_wording, text)
        if other != self.entry.other_wording:
            self.entry = replace(self.entry, other_wording=other)
            self.note(ChangeKind.CLASH, self.entry.text, text)

    def _promised(self, now: Said, before: str) -> None:
        """A point that now says who does it becomes an action item."""
        assert isinstance(self.entry, TalkingPoint)
        promise = self.lexicon.promise(without_count(now.words), agreed=False)
        text, mine = clean(as_typed(promise.text)), self.entry.text
        other = self.entry.other_wording
        base = self.base.text if self.base is not None else before
        if fold(mine) not in (fold(base), fold(text)):
            # The other one has put it in other words meanwhile.
            if fold(text) != fold(base):
                other = with_wording(other, text)
            text = mine
        self.note(ChangeKind.ASSIGNED, mine, text)
        self.entry = ActionItem(
            item_id=ItemId(self.entry.point_id),
            text=text,
            owner=promise.owner or self.by,
            due=promise.due,
            notes=self.entry.notes,
            state=ItemState.DONE if self.entry.state is PointState.DISCUSSED else ItemState.OPEN,
            other_wording=other,
        )

    def _state(self, now: Marks, before: Marks, ticked: bool) -> None:
        if ticked and not before.ticked:
            self._set_done()
        elif before.ticked and not ticked and now.box and self.believed:
            self._set_open()
            if now.parked:
                self._park()
        elif now.parked and not before.parked:
            self._park()
        elif before.parked and now.box and not now.parked and self.believed:
            self._set_open()

    def _set_done(self) -> None:
        if isinstance(self.entry, ActionItem):
            if self.entry.state is ItemState.OPEN:
                self.entry = replace(self.entry, state=ItemState.DONE)
                self.note(ChangeKind.TICKED)
        elif self.entry.state is not PointState.DISCUSSED:
            self.entry = replace(self.entry, state=PointState.DISCUSSED)
            self.note(ChangeKind.TICKED)

    def _set_open(self) -> None:
        if isinstance(self.entry, ActionItem):
            if self.entry.state is ItemState.DONE:
                self.entry = replace(self.entry, state=ItemState.OPEN)
                self.note(ChangeKind.UNTICKED)
        elif self.entry.state is not PointState.OPEN:
            self.entry = replace(self.entry, state=PointState.OPEN)
            self.note(ChangeKind.UNTICKED)

    def _park(self) -> None:
        if isinstance(self.entry, TalkingPoint) and self.entry.state is PointState.OPEN:
            self.entry = replace(self.entry, state=PointState.PARKED)
            self.note(ChangeKind.PARKED)

    def _give(self, owner: str | None) -> None:
        assert isinstance(self.entry, ActionItem)
        if owner != self.entry.owner:
            self.note(ChangeKind.ASSIGNED, self.entry.owner, owner)
            self.entry = replace(self.entry, owner=owner)

    def _delay(self, due: date | None) -> None:
        assert isinstance(self.entry, ActionItem)
        if due != self.entry.due:
            self.note(ChangeKind.DUE, self.entry.due, due)
            self.entry = replace(self.entry, due=due)

    def _hide(self) -> None:
        if isinstance(self.entry, ActionItem):
            words = self.lexicon.line_words(self.entry)
            self.entry = TalkingPoint(
                point_id=PointId(self.entry.item_id),
                text=words,
                owner=self.entry.owner,
                notes=self.entry.notes,
                visibility=Visibility.SENSITIVE,
            )
            self.note(ChangeKind.HIDDEN)
        elif self.entry.visibility is Visibility.SHARED:
            self.entry = replace(self.entry, visibility=Visibility.SENSITIVE)
            self.note(ChangeKind.HIDDEN)

    def notes(self, now: list[str], before: list[str], *, shown: bool) -> None:
        """Merge the lines below it. `shown`: the base showed its notes here."""
        added = minus([as_typed(note) for note in now], before)
        gone = minus(before, now) if shown else []
        kept = list(self.entry.notes)
        left = [note for note in gone if not reworded(note, kept, added)]
        for note in left:
            taken = self.believed or self._holds(note)
            at = place_of(note, kept) if taken else None
            if at is None:
                continue
            if not added:
                del kept[at]
            else:
                kept[at] = clean(added.pop(0))
        for note in minus(added, kept if not shown else minus(kept, before)):
            kept.append(clean(note))
        if tuple(kept) != self.entry.notes:
            self.entry = replace(self.entry, notes=tuple(kept))
            self.note(ChangeKind.NOTED)

    def _holds(self, note: str) -> bool:
        """Tell whether a note's words went up into its entry's own line."""
        words = fold(note)
        return words in fold(self.entry.text) and words not in fold(self.text_before)

    def either(self, now: str | None, before: str | None, *, elsewhere: bool) -> None:
        """Merge the second wording's line. `elsewhere`: it went to a line that reads the same."""
        mine = self.entry.other_wording
        if before is None or now == before:
            return
        if now is None:
            if mine and self.believed and not elsewhere and same_words(mine, before):
                self.note(ChangeKind.SETTLED, mine, self.entry.text)
                self.entry = replace(self.entry, other_wording="")
        elif not same_words(now, before):
            # Where somebody has settled it or put it in other words since, both words stay.
            as_was = not mine or same_words(mine, before)
            text = clean(as_typed(now))
            other = text if as_was else with_wording(mine, text)
            if other != mine:
                self.entry = replace(self.entry, other_wording=other)
                self.note(ChangeKind.EDITED, before, now)

    def come(self, wordings: Sequence[str]) -> None:
        """Take second wordings over that stand below this line since their entry is gone."""
        for text in wordings:
            self._or(text)


def _behind_placeholder(text: str, lexicon: Lexicon) -> str:
    inside, sign, rest = text.partition(")")
    return clean(rest.strip(" :–—-") if lexicon.is_hidden(inside + sign) else text)
