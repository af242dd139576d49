"""What buttons make of a point: its kind, a place without words, a line, a word of what came."""

from __future__ import annotations

from core.content.template_model import ItemType
from core.errors import InvalidInput
from core.kinds import kind_of, marked
from core.lines import LineKind, marked_line
from core.model.agenda import Visibility
from core.service.edit import add_point
from core.service.open_agenda import find_entry, open_sheet_for
from core.service.outcomes import no_outcome
from core.service.read_marks import mark_read, take_mark_back
from core.service.wording import add_line, reword
from webhook_app.pages.act import Act
from webhook_app.pages.guest import app


def add(act: Act) -> None:
    """Add a point of the kind that was chosen, if one was."""
    try:
        visibility = Visibility(act.field("visibility") or "shared")
    except ValueError as err:
        raise InvalidInput("a point is shared, sensitive or private") from err
    text = _of_kind(act, act.field("text"))
    act.call(add_point, text, visibility=visibility, key=act.key)


def hold_place(act: Act) -> None:
    """Add a point without words: there is something, and it is said in person (SD-15)."""
    words = act.field("text") or act.guest.words["placeholder_text"]
    act.call(add_point, words, visibility=Visibility.SENSITIVE, key=act.key)


def reword_point(act: Act) -> None:
    """Write a point anew, and as another kind where one was chosen."""
    base = act.form.get("base")
    text = act.field("text")
    if "kind" in act.form and act.field("kind") != kind_of(base or ""):
        text = _of_kind(act, text)
    act.call(reword, act.entry, text, base=base)


def _of_kind(act: Act, text: str) -> str:
    chosen = act.field("kind")
    if not text or (not chosen and "base" not in act.form):
        return text
    try:
        kind = ItemType(chosen or ItemType.POINT)
    except ValueError as err:
        raise InvalidInput("this page does not know that kind of point") from err
    return marked(text, kind, act.guest.person.locale)


def write_update(act: Act) -> None:
    """Make a point a written update: it is read and not talked about (SD-68)."""
    _as(act, ItemType.UPDATE)


def talk_about(act: Act) -> None:
    """Make an update a talking point after all."""
    _as(act, ItemType.POINT)


def _as(act: Act, kind: ItemType) -> None:
    by = act.guest.address
    with app().store.transaction() as tx:
        sheet = open_sheet_for(tx, act.meeting.series.series_id, by)
        _, found = find_entry(sheet.agenda, act.entry, by)
    words = marked(found.text, kind, act.guest.person.locale)
    act.call(reword, act.entry, words, base=found.text)


def write_line(kind: LineKind, act: Act) -> None:
    """Write a line below an entry, as a note, a decision, an idea or what would help."""
    line = marked_line(act.field("text"), kind, act.guest.person.locale)
    act.call(add_line, act.entry, line)


def leave_it(act: Act) -> None:
    """Ask no more what came of a point."""
    by = act.guest.address
    with app().store.transaction() as tx:
        sheet = open_sheet_for(tx, act.meeting.series.series_id, by)
        no_outcome(tx, sheet, act.entry, by=by, now=act.guest.now)


def say_read(act: Act) -> None:
    """Let the report see that the manager has read what stands there (SD-21)."""
    by = act.guest.address
    with app().store.transaction() as tx:
        sheet = open_sheet_for(tx, act.meeting.series.series_id, by)
        mark_read(tx, sheet, by=by, now=act.guest.now)


def unsay_read(act: Act) -> None:
    """Take that back."""
    by = act.guest.address
    with app().store.transaction() as tx:
        take_mark_back(tx, open_sheet_for(tx, act.meeting.series.series_id, by), by=by)
