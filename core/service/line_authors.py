"""Who wrote which line below an entry: noted where it is known, never guessed (SD-25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.body import Change
from core.model.agenda import Agenda, entry_id
from core.model.marks import LineAuthor, line_key
from core.model.people import PairId
from core.store import Transaction


def note_author(tx: Transaction, pair: PairId, entry: str, line: str, by: str) -> None:
    """Keep who wrote a line; who wrote it first stays."""
    name = line_key(pair, entry, line)
    author = LineAuthor(pair_id=pair, entry=entry, line=name, person=by)
    if tx.noun(LineAuthor, author.key) is None:
        tx.put_noun(author)


def forget_author(tx: Transaction, pair: PairId, entry: str, line: str) -> None:
    """Forget who wrote a line that is gone."""
    tx.remove_noun(LineAuthor, line_key(pair, entry, line))


def note_authors(
    tx: Transaction, pair: PairId, before: Agenda, after: Agenda, changes: Iterable[Change]
) -> None:
    """Keep the authors of lines that came by a calendar in which only one person writes."""
    known, now = _lines(before), _lines(after)
    for change in changes:
        if change.by is None:
            continue
        for line in now.get(change.entry_id, ()):
            if line not in known.get(change.entry_id, ()):
                note_author(tx, pair, change.entry_id, line, change.by)


def line_authors(tx: Transaction, pair: PairId) -> Mapping[str, str]:
    """Return authors by the key of their line (`core.model.marks.line_key`)."""
    return {author.key: author.person for author in tx.nouns(LineAuthor, pair)}


def _lines(agenda: Agenda) -> Mapping[str, tuple[str, ...]]:
    return {entry_id(e): e.notes for s in agenda.sections for e in s.entries}
