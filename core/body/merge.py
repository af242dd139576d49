"""Merge what people did in one copy or in many into the agenda, and say what to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from core.body.copy_merge import CopyMerge
from core.body.draft import Draft
from core.body.given import want_merge
from core.body.hosts import is_overwritten, join_lost, seen_lines, shows_another
from core.body.join_blocks import teams_links
from core.body.lexicon import Lexicon
from core.body.lines import Line, as_text
from core.body.read import Reading, read
from core.body.render import BUDGET, fitting
from core.body.rich import forms_of, rich_form
from core.body.rows import headings_of
from core.body.shown import Shown
from core.body.sight import look_alike, sights
from core.body.splice import place, replaced
from core.body.values import (
    Change,
    Copy,
    Damage,
    DamageKind,
    Exposure,
    MergeResult,
    Setting,
)
from core.body.words import fold
from core.model.agenda import Agenda
from core.model.calendar import Body, BodyForm
from core.model.people import Person


def merge(
    *,
    base_agenda: Agenda | None,
    base_body: Body | None,
    theirs: Body,
    ours: Agenda,
    copy_of: Person | None = None,
    people: Sequence[Person] = (),
    now: datetime,
    zone: str,
    locale: str,
    other_locale: str | None = None,
    link: str | None = None,
    exposure: Exposure = Exposure.FULL,
    budget: int = BUDGET,
) -> MergeResult:
    """Merge one copy. `people` are manager and report; `copy_of` None: both share the event."""
    copy = Copy(
        name="theirs",
        theirs=theirs,
        base_agenda=base_agenda,
        base_body=base_body,
        copy_of=copy_of,
    )
    return merge_copies(
        [copy],
        ours=ours,
        people=people,
        now=now,
        zone=zone,
        locale=locale,
        other_locale=other_locale,
        link=link,
        exposure=exposure,
        budget=budget,
    )


def merge_copies(
    copies: Sequence[Copy],
    *,
    ours: Agenda,
    people: Sequence[Person] = (),
    now: datetime,
    zone: str,
    locale: str,
    other_locale: str | None = None,
    link: str | None = None,
    exposure: Exposure = Exposure.FULL,
    budget: int = BUDGET,
) -> MergeResult:
    """Merge all copies of an occurrence; in whatever order they come, the result is the same."""
    want_merge(copies, ours, people, now)
    setting = Setting(
        people=tuple(people),
        now=now,
        zone=zone,
        locale=locale,
        other_locale=other_locale,
        link=link,
        exposure=Exposure(exposure),
        budget=budget,
    )
    return _Merge(copies, ours, setting).result()


@dataclass(slots=True)
class _Seen:
    """What was found in a copy, for writing it."""

    body: Body
    """The form of it that is written."""
    reading: Reading
    outside: list[str]
    may_write: bool
    boxed: bool

    @property
    def form(self) -> BodyForm:
        """How its block is written."""
        return BodyForm.HTML if self.reading.scan.html else BodyForm.TEXT


class _Merge:
    """All copies of one occurrence."""

    def __init__(self, copies: Sequence[Copy], ours: Agenda, setting: Setting) -> None:
        self.copies = copies
        self.setting = setting
        self.ours = ours
        self.draft = Draft(ours)
        agendas = [ours, *(c.base_agenda for c in copies)]
        self.lexicon = Lexicon(setting, agendas)
        self.style = self.lexicon.style._replace(link=setting.link)
        self.changes: list[Change] = []
        self.damage: list[Damage] = []
        self.blocks: dict[tuple[BodyForm, Agenda], tuple[str, list[Shown]]] = {}

    def result(self) -> MergeResult:
        """Read all copies in an order of their own, then say what each should hold."""
        order = self._in_order()
        seen = {copy.name: self._read(copy, order[:n]) for n, copy in enumerate(order)}
        agenda = self.draft.agenda()
        bodies: dict[str, Body] = {}
        writes: dict[str, bool] = {}
        for copy in self.copies:
            body = self._written(seen[copy.name], agenda)
            if body is None and seen[copy.name].may_write and self._is_stale(copy, agenda):
                body = replace(copy.theirs, rich=None)
            writes[copy.name] = body is not None
            bodies[copy.name] = copy.theirs if body is None else body
        return MergeResult(
            agenda=agenda,
            bodies=bodies,
            writes=writes,
            changes=tuple(self.changes),
            damage=tuple(self.damage),
            may_write=all(one.may_write for one in seen.values()),
        )

    def _in_order(self) -> list[Copy]:
        """The organizer's text is what hosts carry into other copies: read it first."""
        managers = [person.address for person in self.setting.people[:1]]

        def rank(copy: Copy) -> tuple[bool, bool, str]:
            whose = copy.copy_of and copy.copy_of.address
            return (not copy.organizer, whose not in managers, copy.name)

        return sorted(self.copies, key=rank)

    def _read(self, copy: Copy, before: Sequence[Copy]) -> _Seen:
        forms = forms_of(copy.theirs, copy.base_body)
        lost = join_lost(copy)
        if len(forms) == 1 and (echo := self._echo(copy, forms[0], lost=lost)) is not None:
            return echo
        overwritten = is_overwritten(copy, self.copies)
        if overwritten and shows_another(copy, before):
            # The other copy says what was done there; here nobody has done anything.
            copy = replace(copy, base_body=copy.theirs)
        first: _Seen | None = None
        for body in forms:
            one = copy if body is copy.theirs else replace(copy, theirs=body)
            if first is not None and copy.base_body is not None and copy.base_body.rich:
                # Each form is compared with what it showed itself.
                one = replace(one, base_body=rich_form(copy.base_body))
            found = CopyMerge(one, self.draft, self.lexicon, overwritten=overwritten).run()
            told = set(self.changes)
            self.changes += [c for c in found.changes if c not in told]
            self.damage += [d for d in found.damage if d not in self.damage]
            if first is None:
                first = _Seen(body, found.reading, list(found.outside), not lost, found.boxed)
            else:
                first.outside += _only_here(found.reading, first.reading)
        assert first is not None
        if lost:
            self.damage.append(Damage(kind=DamageKind.JOIN_BLOCK_LOST, copy=copy.name))
        return first

    def _echo(self, copy: Copy, body: Body, *, lost: bool) -> _Seen | None:
        """Return a copy that shows `ours` and not its base: our write that was not recorded."""
        if lost or copy.base_body is None or copy.base_agenda == self.ours:
            return None
        reading = read(body)
        seen = _Seen(body, reading, [], True, True)
        if not self._looks_like(seen, self.ours):
            return None
        if seen_lines(copy.base_body) == seen_lines(copy.theirs):
            return None
        return seen

    def _written(self, seen: _Seen, agenda: Agenda) -> Body | None:
        """Return what the copy should hold; None: what it holds is right."""
        theirs = seen.body
        if not agenda.sections and not seen.reading.blocks:
            return None
        if not seen.may_write or self._looks_like(seen, agenda):
            return None
        block, _ = self._block(seen, agenda)
        if not seen.reading.blocks:
            body = place(theirs, block)
        else:
            if "\r\n" in theirs.content and seen.form is BodyForm.TEXT:
                block = block.replace("\n", "\r\n")
            block += _below(seen.outside, seen.form)
            body = replace(theirs, content=replaced(seen.reading, block))
        lost = not teams_links(theirs.content) <= teams_links(body.content)
        return None if lost or body == theirs else body

    def _is_stale(self, copy: Copy, agenda: Agenda) -> bool:
        """Tell whether a second form shows another block than the first, which is right.

        Where nothing has changed since we last saw it, its host makes it so: it would be for ever.
        """
        base = copy.base_body
        same = base is not None and copy.theirs.content == base.content
        if not copy.theirs.rich or (same and agenda == copy.base_agenda):
            return False
        body = rich_form(copy.theirs)
        reading = read(body)
        seen = _Seen(body, reading, [], True, True)
        return bool(reading.blocks) and not self._looks_like(seen, agenda)

    def _block(self, seen: _Seen, agenda: Agenda) -> tuple[str, list[Shown]]:
        known = self.blocks.get((seen.form, agenda))
        if known is None:
            sections, budget = agenda.shared().sections, self.setting.budget
            known = fitting(sections, self.style, seen.form, budget)
            self.blocks[seen.form, agenda] = known
        return known

    def _looks_like(self, seen: _Seen, agenda: Agenda) -> bool:
        """Tell whether the body shows a person all that the block would."""
        if len(seen.reading.blocks) != 1 or seen.outside:
            return False
        there = seen.reading.blocks[0]
        if not (there.opened and there.closed):
            return False
        headings = headings_of(agenda.sections, self.lexicon)
        _, shown = self._block(seen, agenda)
        # A backslash of a person's own is read away like one of the way: in both, or we would
        # write the same line again and again.
        as_read = (lambda text: text) if seen.reading.scan.html else as_text
        ours = (Line(line.text, as_read(line.text), 0, 0) for line in shown[1:-1])
        return look_alike(
            sights(there.lines, headings, self.lexicon),
            sights(ours, headings, self.lexicon),
            boxes_count=not seen.boxed,
        )


def _below(outside: Sequence[str], form: BodyForm) -> str:
    if form is BodyForm.HTML:
        return "".join(f"<br>{escape(text, quote=False)}" for text in outside)
    return "".join(f"\n{text}" for text in outside)


def _only_here(rich: Reading, plain: Reading) -> list[str]:
    """Return the lines around the block that only the rich form has."""
    inside = {id(line) for line in rich.lines}
    there = Counter(fold(line.text) for line in plain.scan.lines)
    return [
        line.text
        for line in rich.scan.lines
        if line.text and id(line) not in inside and not _known(line, there)
    ]


def _known(line: Line, there: Counter[str]) -> bool:
    return there[fold(line.text)] > 0 or "1:1" in line.text
