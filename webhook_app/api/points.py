"""The open agenda: its points and action items, and what people do to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from pydantic import Field

from core.access import Right
from core.errors import InvalidInput, NotFound
from core.model.access import Scope
from core.model.agenda import Agenda, Entry, Section, Visibility, entry_id
from core.service import edit, wording
from core.service.open_agenda import NO_AGENDA
from webhook_app.api.answers import (
    AgendaOut,
    EntryOut,
    agenda_out,
    entry_out,
    etag_of,
    visible,
)
from webhook_app.api.contract import (
    READABLE,
    Ask,
    Form,
    Operations,
    Reply,
    Subject,
)

agenda_ops = Operations("agenda")
SERIES = Subject.SERIES
READ, WRITE = Scope.AGENDA_READ, Scope.AGENDA_WRITE
Line = Annotated[str, Field(min_length=1, max_length=edit.LONGEST, pattern=READABLE)]
EDIT = {"subject": SERIES, "right": Right.EDIT_AGENDA, "scope": WRITE}
ENTRY = "/series/{series}/entries/{entry}"
E = TypeVar("E")
POINT = {"text": "Onboarding of the new colleague"}


class PointIn(Form):
    """A new talking point."""

    text: Line
    visibility: Visibility = Visibility.SHARED


class TextIn(Form):
    """Another wording."""

    text: Line
    base: str | None = Field(
        default=None,
        max_length=edit.LONGEST,
        description="What you read before: where somebody changed it meanwhile, both stay.",
    )


class LineIn(Form):
    """A line below an entry: it stands in the calendar too."""

    text: Line


class VisibilityIn(Form):
    """Who may see it, and where."""

    visibility: Visibility


class MoveIn(Form):
    """Where to."""

    after: str = Field(
        default="", max_length=64, description="Id of the entry before; empty: first."
    )


@agenda_ops.add(
    "GET",
    "/series/{series}/agenda",
    "The agenda of the next meeting",
    subject=SERIES,
    right=Right.READ_AGENDA,
    scope=READ,
    answer=AgendaOut,
    etag=True,
)
def show_agenda(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        sheet = tx.open_sheet(ask.of_series.series_id)
    if sheet is None:
        raise NotFound(NO_AGENDA)
    return Reply(value=(shown := agenda_out(ask, sheet)), etag=etag_of(shown))


def shown(ask: Ask, entry: Entry) -> Reply:
    """Answer with an entry as the asker may see it."""
    found = _seen(ask, entry)
    return Reply(value=found, etag=found.etag)


def _seen(ask: Ask, entry: Entry) -> EntryOut:
    agenda = visible(ask, Agenda(sections=(_holding(entry),)))
    return entry_out(agenda.sections[0].entries[0])


def expected(ask: Ask) -> Callable[[Entry], None]:
    """Return what checks If-Match where it counts: in the transaction that writes."""
    ask.require_match()
    return lambda entry: ask.match(_seen(ask, entry).etag)


def _holding(entry: Entry) -> Section:
    return Section(entries=(entry,))


def current_entry(ask: Ask) -> Entry:
    """Return the entry of the path as it is now. Raise NotFound."""
    with ask.app.store.transaction() as tx:
        sheet = tx.open_sheet(ask.of_series.series_id)
    found = _entries(visible(ask, sheet.agenda)) if sheet else ()
    for entry in found:
        if entry_id(entry) == ask.path["entry"]:
            return entry
    raise NotFound("there is no such entry on this agenda: somebody may have moved it on")


def _entries(agenda: Agenda) -> Sequence[Entry]:
    return [entry for section in agenda.sections for entry in section.entries]


@agenda_ops.add(
    "POST",
    "/series/{series}/points",
    "Add a point; with an Idempotency-Key the same request again adds nothing",
    **EDIT,
    body=PointIn,
    example=POINT,
    answer=EntryOut,
    status=201,
)
def add_point(ask: Ask) -> Reply:
    point = edit.add_point(
        ask.app.services,
        ask.of_series.series_id,
        ask.body.text,
        by=ask.author,
        now=ask.now,
        visibility=_allowed(ask, ask.body.visibility),
        key=ask.key,
    )
    return shown(ask, point)


def _do(ask: Ask, verb: Callable[..., E], *what: object, **how: object) -> E:
    """Do something to the entry of the path, as the asker, now."""
    series, entry = ask.of_series.series_id, ask.path["entry"]
    return verb(ask.app.services, series, entry, *what, by=ask.author, now=ask.now, **how)


def _allowed(ask: Ask, visibility: Visibility) -> Visibility:
    if ask.visitor.is_integration and visibility is Visibility.PRIVATE:
        raise InvalidInput("an integration writes no drafts: nobody could read them")
    return visibility


@agenda_ops.add(
    "GET",
    ENTRY,
    "One entry",
    subject=SERIES,
    right=Right.READ_AGENDA,
    scope=READ,
    answer=EntryOut,
    etag=True,
)
def show_entry(ask: Ask) -> Reply:
    return shown(ask, current_entry(ask))


@agenda_ops.add(
    "PATCH",
    ENTRY,
    "Write an entry anew",
    **EDIT,
    body=TextIn,
    example={"text": "Onboarding of two colleagues"},
    answer=EntryOut,
    etag=True,
    match=True,
)
def reword_entry(ask: Ask) -> Reply:
    found = current_entry(ask)
    changed = _do(
        ask,
        wording.reword,
        ask.body.text,
        base=ask.body.base if ask.body.base is not None else found.text or None,
        expect=expected(ask),
    )
    return shown(ask, changed)


@agenda_ops.add("DELETE", ENTRY, "Take an entry off the agenda", **EDIT, status=204, match=True)
def remove_entry(ask: Ask) -> Reply:
    current_entry(ask)
    _do(ask, edit.remove_entry, expect=expected(ask))
    return Reply()


def _ticked(ask: Ask, done: bool) -> Reply:
    changed = _do(ask, edit.set_done, done)
    return shown(ask, changed)


@agenda_ops.add("POST", f"{ENTRY}/tick", "Tick an entry: discussed, done", **EDIT, answer=EntryOut)
def tick(ask: Ask) -> Reply:
    return _ticked(ask, done=True)


@agenda_ops.add("POST", f"{ENTRY}/untick", "Open an entry again", **EDIT, answer=EntryOut)
def untick(ask: Ask) -> Reply:
    return _ticked(ask, done=False)


def _parked(ask: Ask, parked: bool) -> Reply:
    changed = _do(ask, edit.set_parked, parked)
    return shown(ask, changed)


@agenda_ops.add("POST", f"{ENTRY}/park", "Keep a point for later", **EDIT, answer=EntryOut)
def park(ask: Ask) -> Reply:
    return _parked(ask, parked=True)


@agenda_ops.add(
    "POST",
    f"{ENTRY}/carry",
    "Bring a parked or discussed point back: open, it travels to the next meeting by itself",
    **EDIT,
    answer=EntryOut,
)
def carry(ask: Ask) -> Reply:
    return _parked(ask, parked=False)


@agenda_ops.add(
    "POST",
    f"{ENTRY}/visibility",
    "Make a point confidential, share a draft",
    **EDIT,
    body=VisibilityIn,
    example={"visibility": "sensitive"},
    answer=EntryOut,
)
def set_visibility(ask: Ask) -> Reply:
    changed = _do(ask, edit.set_visibility, _allowed(ask, ask.body.visibility))
    return shown(ask, changed)


@agenda_ops.add(
    "POST",
    f"{ENTRY}/move",
    "Put an entry behind another one of its section",
    **EDIT,
    body=MoveIn,
    example={"after": ""},
    answer=EntryOut,
)
def move(ask: Ask) -> Reply:
    _do(ask, edit.move_entry, ask.body.after)
    return shown(ask, current_entry(ask))


@agenda_ops.add(
    "POST",
    f"{ENTRY}/lines",
    "Write a line below an entry; it stands in the calendar too",
    subject=SERIES,
    right=Right.WRITE_NOTES,
    scope=Scope.NOTES_WRITE,
    body=LineIn,
    example={"text": "We try it for a month"},
    answer=EntryOut,
    status=201,
)
def add_line(ask: Ask) -> Reply:
    changed = _do(ask, wording.add_line, ask.body.text)
    return shown(ask, changed)
