"""Shared notes, decisions and private notes of a series, and search."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.access import Right, may
from core.errors import NotFound
from core.model.access import Scope
from core.model.notes import NoteKind, SharedNote
from core.model.series import Sheet
from core.refs import pair_ref
from core.service import notes as service
from core.service.open_agenda import NO_AGENDA
from core.service.search import LONGEST, Hit, search
from core.store import Transaction
from webhook_app.api.answers import NoteOut, etag_of, note_out
from webhook_app.api.contract import (
    READABLE,
    Answer,
    Ask,
    Form,
    Operations,
    Page,
    Paging,
    Reply,
    Subject,
)
from webhook_app.api.paging import page_of
from webhook_app.api.pairs import pairs_of
from webhook_app.api.series import sheets_of

notes = Operations("notes")
private = Operations("private notes")
finding = Operations("search")
SERIES = Subject.SERIES
READ = {"subject": SERIES, "right": Right.READ_NOTES, "scope": Scope.NOTES_READ}
WRITE = {"subject": SERIES, "right": Right.WRITE_NOTES, "scope": Scope.NOTES_WRITE}
OWN = {"subject": SERIES, "right": Right.PRIVATE_NOTES, "scope": Scope.PRIVATE_NOTES}
PATH, OWN_PATH = "/series/{series}/notes", "/series/{series}/private-notes"

Words = Annotated[str, Field(min_length=1, max_length=service.LONGEST, pattern=READABLE)]


class NoteIn(Form):
    """A note or decision for both."""

    text: Words
    kind: NoteKind = NoteKind.NOTE
    entry: str = Field(default="", max_length=64, description="Id of an entry; empty: the meeting.")


class PrivateIn(Form):
    """A note for yourself."""

    text: Words
    entry: str = Field(default="", max_length=64)


class WordsIn(Form):
    """Other words."""

    text: Words


class HitOut(Answer):
    """Where your words stand."""

    kind: str
    pair: str
    series: str
    number: int
    start: datetime | None
    id: str
    text: str


class SearchQuery(Paging):
    """What to look for: all words, in any order."""

    q: str = Field(min_length=1, max_length=LONGEST, pattern=READABLE)


def _sheet(tx: Transaction, ask: Ask) -> Sheet:
    """Return the sheet that is written to: the open one, else the newest."""
    series_id = ask.of_series.series_id
    found = tx.open_sheet(series_id) or next(iter(sheets_of(tx, ask)), None)
    if found is None:
        raise NotFound(NO_AGENDA)
    return found


def _secrets(ask: Ask) -> bool:
    return may(ask.role, Right.READ_SENSITIVE)


def _shared(tx: Transaction, ask: Ask) -> list[SharedNote]:
    """Return the shared notes that the asker may read."""
    mine = {sheet.sheet_id for sheet in sheets_of(tx, ask)}
    found = service.shared_notes(tx, ask.of_series.series_id, secrets=_secrets(ask))
    return [note for note in found if note.sheet_id in mine]


def _note(tx: Transaction, ask: Ask) -> SharedNote:
    for note in _shared(tx, ask):
        if note.note_id == ask.path["note"]:
            return note
    raise NotFound("there is no such note")


@notes.add("GET", PATH, "Shared notes and decisions", **READ, query=Paging, answer=Page[NoteOut])
def list_notes(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [note_out(note) for note in _shared(tx, ask)]
    return Reply(value=page_of(found, ask.query, key=lambda n: f"{n.at.isoformat()} {n.id}"))


@notes.add(
    "POST",
    PATH,
    "Write a note or decision for both",
    **WRITE,
    body=NoteIn,
    example={"text": "We try it for a month", "kind": "decision"},
    answer=NoteOut,
    status=201,
)
def add_note(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        note = service.write_shared(
            tx,
            _sheet(tx, ask),
            ask.body.text,
            kind=ask.body.kind,
            entry=ask.body.entry,
            by=ask.author,
            now=ask.now,
            key=ask.key,
        )
    return Reply(value=(shown := note_out(note)), etag=shown.etag)


@notes.add(
    "PUT",
    f"{PATH}/{{note}}",
    "Write your shared note anew",
    **WRITE,
    body=WordsIn,
    example={"text": "We try it for two months"},
    answer=NoteOut,
    etag=True,
    match=True,
)
def change_note(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = _note(tx, ask)
        ask.match(etag_of(found))
        note = service.change_shared(tx, found, ask.body.text, by=ask.author, now=ask.now)
    return Reply(value=(shown := note_out(note)), etag=shown.etag)


@notes.add("DELETE", f"{PATH}/{{note}}", "Take your shared note away", **WRITE, status=204)
def remove_note(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        service.remove_shared(tx, _note(tx, ask), by=ask.author)
    return Reply()


@private.add(
    "GET", OWN_PATH, "Your private notes: nobody else's", **OWN, query=Paging, answer=Page[NoteOut]
)
def list_private(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        mine = service.private_notes(tx, ask.of_pair, ask.visitor.person)
    found = [note_out(note) for note in mine]
    return Reply(value=page_of(found, ask.query, key=lambda n: f"{n.at.isoformat()} {n.id}"))


@private.add(
    "POST",
    OWN_PATH,
    "Write a note that you alone read",
    **OWN,
    body=PrivateIn,
    example={"text": "Ask how the move went"},
    answer=NoteOut,
    status=201,
)
def add_private(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        note = service.write_private(
            tx,
            _sheet(tx, ask),
            ask.body.text,
            entry=ask.body.entry,
            by=ask.visitor.person,
            now=ask.now,
            key=ask.key,
        )
    return Reply(value=(shown := note_out(note)), etag=shown.etag)


@private.add(
    "PUT",
    f"{OWN_PATH}/{{note}}",
    "Write your private note anew",
    **OWN,
    body=WordsIn,
    example={"text": "Ask how the new flat is"},
    answer=NoteOut,
    etag=True,
    match=True,
)
def change_private(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = service.private_note(tx, ask.path["note"], ask.visitor.person)
        ask.match(etag_of(found))
        note = service.change_private(
            tx, found.note_id, ask.body.text, by=ask.visitor.person, now=ask.now
        )
    return Reply(value=(shown := note_out(note)), etag=shown.etag)


@private.add("DELETE", f"{OWN_PATH}/{{note}}", "Take your private note away", **OWN, status=204)
def remove_private(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        service.remove_private(tx, ask.path["note"], by=ask.visitor.person)
    return Reply()


@finding.add(
    "GET",
    "/search",
    "Search in your own pairs: shared text, your drafts and your private notes; "
    "words of confidential points are never searched",
    right=Right.READ_CATALOGUE,
    scope=Scope.SEARCH,
    query=SearchQuery,
    answer=Page[HitOut],
)
def find(ask: Ask) -> Reply:
    scopes = ask.visitor.scopes
    with ask.app.store.transaction() as tx:
        found = search(
            tx,
            list(pairs_of(tx, ask)),
            ask.query.q,
            by=ask.reader,
            private=scopes is None or Scope.PRIVATE_NOTES in scopes,
        )
    return Reply(value=page_of([_hit(h) for h in found], ask.query, key=_place))


def _hit(hit: Hit) -> HitOut:
    return HitOut(
        kind=hit.kind.value,
        pair=pair_ref(hit.pair_id),
        series=hit.series_id,
        number=hit.number,
        start=hit.start,
        id=hit.id,
        text=hit.text,
    )


def _place(hit: HitOut) -> str:
    return f"{10**9 - hit.number:012} {hit.kind} {hit.series} {hit.id}"
