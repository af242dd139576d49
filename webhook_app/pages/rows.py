"""The entries of an agenda as one of its two people sees them, each with what may be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.access import Right
from core.content.template_model import ItemType
from core.kinds import kind_of
from core.lines import LineKind, bare_line, line_kind
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemState,
    PointState,
    Section,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.marks import line_key
from core.model.notes import NoteKind
from core.model.series import Sheet
from core.model.switches import SwitchEntry
from core.questions import HintKind, wording_hints
from core.service.line_authors import line_authors
from core.service.notes import shared_notes
from core.service.open_agenda import is_hidden_from
from core.service.outcomes import settled_outcomes, wants_outcome
from core.service.rule_book import switches_of
from core.service.settings import person_settings
from webhook_app.pages.guest import Guest, Meeting, app


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line below an entry."""

    whole: str
    text: str
    kind: str
    """What `core.lines` calls it."""
    author: str = ""
    """What its author is called; empty: nobody knows."""
    is_kept: bool = False
    """Kept beside the agenda by a program: it stands in no calendar; its author changes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry with what may be done to it."""

    entry_id: str
    text: str
    is_item: bool
    is_done: bool
    is_parked: bool
    visibility: str
    is_readable: bool
    """False: a confidential point whose words this door does not show."""
    is_mine: bool
    owner: str
    owner_name: str
    due: date | None
    due_text: str
    carried: int
    lines: tuple[Line, ...]
    other_wording: str
    up: str | None
    """Id of the entry behind which it goes by one step up; empty: first; None: it is first."""
    down: str | None
    kind: str = ItemType.POINT.value
    """What its first word says."""
    asks: str = ""
    """"challenge" or "learning_wish": ticked, and nothing says yet what came of it."""
    hints: tuple[str, ...] = ()
    """How one's own draft might be put differently, before anybody else reads it."""

    @property
    def is_update(self) -> bool:
        """Whether it is to be read and not to be talked about."""
        return self.kind == ItemType.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who looks at a sheet, and what stands beside its entries."""

    guest: Guest
    meeting: Meeting
    kept: Mapping[str, tuple[Line, ...]]
    """Shared notes by the entry that they are about; "" for the meeting as a whole."""
    authors: Mapping[str, str]
    settled: frozenset[str]
    """Entries of which nobody is to be asked what came of them."""
    hints: bool
    """Whether their own drafts may be read for hints."""


def onlooker(guest: Guest, meeting: Meeting, sheet: Sheet) -> Onlooker:
    """Return what is known beside a sheet, for this guest."""
    with app().store.transaction() as tx:
        authors = line_authors(tx, meeting.pair.pair_id)
        settled = settled_outcomes(tx, meeting.pair.pair_id)
        may_read = switches_of(tx.nouns(SwitchEntry)).text_rules
        hints = may_read and person_settings(tx, guest.address).tips
    return Onlooker(
        guest=guest,
        meeting=meeting,
        kept=_kept(guest, meeting, sheet),
        authors=authors,
        settled=settled,
        hints=hints,
    )


def _kept(guest: Guest, meeting: Meeting, sheet: Sheet) -> Mapping[str, tuple[Line, ...]]:
    """Return shared notes by entry, "" for the meeting; those of a carried point go along."""
    if not guest.may(meeting.pair, Right.READ_NOTES):
        return {}
    secrets = guest.may(meeting.pair, Right.READ_SENSITIVE)
    with app().store.transaction() as tx:
        notes = shared_notes(tx, sheet.series_id, secrets=secrets)
    found: dict[str, tuple[Line, ...]] = {}
    for note in notes:
        if note.entry or note.sheet_id == sheet.sheet_id:
            kind = LineKind.DECISION if note.kind is NoteKind.DECISION else LineKind.NOTE
            line = Line(
                whole=note.text,
                text=note.text,
                kind=kind.value,
                author=meeting.name(note.author),
                is_kept=True,
            )
            found[note.entry] = (*found.get(note.entry, ()), line)
    return found


def rows_of(looking: Onlooker, section: Section) -> tuple[Row, ...]:
    """Return a section's entries without another one's drafts."""
    address = looking.guest.address
    seen = [e for e in section.entries if not is_hidden_from(e, address)]
    rows = [_row(looking, entry) for entry in seen]
    names = [row.entry_id for row in rows if not row.is_update]
    return tuple(_placed(looking, row, names) for row in rows)


def _placed(looking: Onlooker, row: Row, names: list[str]) -> Row:
    more = looking.kept.get(row.entry_id, ()) if row.is_readable else ()
    done = replace(row, lines=(*row.lines, *more), hints=_hints(looking, row))
    if row.entry_id not in names:
        return done
    n = names.index(row.entry_id)
    up = None if n == 0 else names[n - 2] if n > 1 else ""
    return replace(done, up=up, down=names[n + 1] if n + 1 < len(names) else None)


def _hints(looking: Onlooker, row: Row) -> tuple[str, ...]:
    """Return hints to the author of a draft, where the company lets words be read at all.

    Telling is the manager's habit to notice; who turned tips off sees none.
    """
    if not row.is_mine or row.is_item or row.is_done or row.visibility != Visibility.PRIVATE:
        return ()
    guest = looking.guest
    leads = guest.address == looking.meeting.manager.address
    found = wording_hints(row.text, guest.person.locale) if looking.hints else ()
    return tuple(h.text for h in found if leads or h.kind is HintKind.BLAMES)


def _row(looking: Onlooker, entry: Entry) -> Row:
    guest, meeting = looking.guest, looking.meeting
    item = entry if isinstance(entry, ActionItem) else None
    point = entry if isinstance(entry, TalkingPoint) else None
    hidden = point is not None and point.visibility is Visibility.SENSITIVE
    readable = not hidden or guest.may(meeting.pair, Right.READ_SENSITIVE)
    due = item.due if item else None
    kind = kind_of(entry.text) if point and readable else ItemType.POINT
    asks = point is not None and readable and wants_outcome(point)
    return Row(
        entry_id=entry_id(entry),
        text=entry.text if readable else guest.words["confidential"],
        is_item=item is not None,
        is_done=item.state is not ItemState.OPEN if item else _discussed(entry),
        is_parked=point is not None and point.state is PointState.PARKED,
        visibility=point.visibility.value if point else Visibility.SHARED.value,
        is_readable=readable,
        is_mine=entry.owner == guest.address,
        owner=entry.owner or "",
        owner_name=meeting.name(entry.owner),
        due=due,
        due_text=guest.times.day(due) if due else "",
        carried=point.carried if point else 0,
        lines=tuple(_line(looking, entry, note) for note in entry.notes) if readable else (),
        other_wording=entry.other_wording if readable else "",
        up=None,
        down=None,
        kind=kind.value,
        asks=kind.value if asks and entry_id(entry) not in looking.settled else "",
    )


def _discussed(entry: Entry) -> bool:
    return isinstance(entry, TalkingPoint) and entry.state is PointState.DISCUSSED


def _line(looking: Onlooker, entry: Entry, note: str) -> Line:
    author = looking.authors.get(line_key(looking.meeting.pair.pair_id, entry_id(entry), note))
    name = looking.meeting.name(author) if author else ""
    return Line(whole=note, text=bare_line(note), kind=line_kind(note).value, author=name)
