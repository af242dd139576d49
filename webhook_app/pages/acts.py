"""What the buttons of a page do: one form field says which, and each goes through core.service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from core.access import Right
from core.errors import InvalidInput
from core.lines import LineKind
from core.model.agenda import Visibility
from core.model.inbox import InboxPoint, Waits
from core.model.suggestions import SuggestionId
from core.questions import Vote
from core.rules.content import ROTATION
from core.service.consent import say_stop, say_yes
from core.service.edit import (
    move_entry,
    remove_entry,
    set_done,
    set_parked,
    set_visibility,
)
from core.service.inbox import add_to_inbox, drop_from_inbox, put_aside, take_from_inbox
from core.service.offers import decline_template
from core.service.open_agenda import open_sheet_for
from core.service.pair_choices import choose
from core.service.promises import add_item, change_item, take_on
from core.service.proposals import dismiss_proposal, take_proposal
from core.service.questions import add_question, vote_on
from core.service.settings import change_pair, set_language
from core.service.shapes import use_template
from core.service.suggest import mute, put_away, take
from core.service.wording import remove_line, settle
from core.templates import Level
from webhook_app.pages.act import Act
from webhook_app.pages.guest import app
from webhook_app.pages.own_notes import keep_own_note
from webhook_app.pages.point_acts import (
    add,
    hold_place,
    leave_it,
    reword_point,
    say_read,
    talk_about,
    unsay_read,
    write_line,
    write_update,
)


def _add_item(act: Act) -> None:
    owner, due = act.field("owner") or None, act.day("due")
    act.call(add_item, act.field("text"), owner=owner, due=due, key=act.key)


def _change_item(act: Act) -> None:
    owner, due = act.field("owner") or None, act.day("due")
    act.call(change_item, act.entry, owner=owner, due=due)


def _say_yes(act: Act) -> None:
    with app().store.transaction() as tx:
        say_yes(tx, act.meeting.series.series_id, by=act.guest.address, now=act.guest.now)


def _say_stop(act: Act) -> None:
    with app().store.transaction() as tx:
        series_id = act.meeting.series.series_id
        say_stop(tx, series_id, remove=True, by=act.guest.address, now=act.guest.now)


def _carry(act: Act) -> None:
    with app().store.transaction() as tx:
        waits = tx.noun(InboxPoint, f"{act.meeting.pair.pair_id}/{act.entry}") is not None
    if not waits:
        act.call(put_aside, act.entry, waits=Waits.NEXT)


def _inbox_add(act: Act) -> None:
    act.call(add_to_inbox, act.field("text"))


def _inbox_take(act: Act) -> None:
    with app().store.transaction() as tx:
        sheet = open_sheet_for(tx, act.meeting.series.series_id, act.guest.address)
    if all(p.point_id != act.entry for p in sheet.agenda.points):
        act.call(take_from_inbox, act.entry)


def _private(act: Act) -> None:
    pair, guest = act.meeting.pair, act.guest
    with app().store.transaction() as tx:
        sheet = open_sheet_for(tx, act.meeting.series.series_id, guest.address)
        text, base = act.form.get("note", ""), act.form.get("base", "")
        keep_own_note(tx, pair, sheet, text, base=base, by=guest.address, now=guest.now)


def _answer(verb: Callable[..., object]) -> Callable[[Act], None]:
    def answer(act: Act) -> None:
        suggestion = SuggestionId(act.field("suggestion"))
        verb(app().services, suggestion, by=act.guest.address, now=act.guest.now)

    return answer


def _take_secretly(act: Act) -> None:
    act.call(take_proposal, act.field("proposal"), visibility=Visibility.SENSITIVE)


def _drop_proposal(act: Act) -> None:
    series_id, by = act.meeting.series.series_id, act.guest.address
    dismiss_proposal(app().services, series_id, act.field("proposal"), by=by)


def _template(act: Act) -> None:
    series_id, by = act.meeting.series.series_id, act.guest.address
    level = Level.OCCURRENCE if act.field("once") else Level.SERIES
    with app().store.transaction() as tx:
        use_template(tx, series_id, act.field("template"), level=level, by=by, now=act.guest.now)


def _no_template(act: Act) -> None:
    series_id, by = act.meeting.series.series_id, act.guest.address
    with app().store.transaction() as tx:
        decline_template(tx, series_id, act.field("template"), by=by, now=act.guest.now)


def _address_form(act: Act) -> None:
    formal = {"sie": True, "du": False}.get(act.field("formal"))
    language, by = act.field("language"), act.guest.address
    with app().store.transaction() as tx:
        change_pair(tx, act.meeting.pair.pair_id, formal=formal, by=by, now=act.guest.now)
        set_language(tx, act.meeting.series.series_id, language, now=act.guest.now)


def _choices(act: Act) -> None:
    pair, by = act.meeting.pair, act.guest.address
    switches = ("remote", "free_talk", "third_allowed", "left_alone", "reviews")
    changes: dict[str, Any] = {name: name in act.form for name in switches}
    days = act.field("agreed_days")
    if days and not days.isdecimal():
        raise InvalidInput("agreed_days: a number of days, or nothing")
    changes["agreed_days"] = int(days[:9]) if days else None
    # Who saves something else has not decided anew who may read along.
    if act.field("exposure") and act.field("exposure") != act.field("exposure_was"):
        changes["exposure"] = act.field("exposure")
    if by == pair.report:
        named = (topics for name, topics in ROTATION.items() if f"topic-{name}" in act.form)
        changes["unwanted"] = tuple(sorted(t.value for topics in named for t in topics))
    with app().store.transaction() as tx:
        choose(tx, pair, now=act.guest.now, by=by, **changes)


EDIT = Right.EDIT_AGENDA
ACTS: dict[str, tuple[Right, Callable[[Act], None]]] = {
    "add": (EDIT, add),
    "hold-place": (EDIT, hold_place),
    "add-item": (EDIT, _add_item),
    "change-item": (EDIT, _change_item),
    "tick": (EDIT, lambda a: a.call(set_done, a.entry, True)),
    "untick": (EDIT, lambda a: a.call(set_done, a.entry, False)),
    "park": (EDIT, lambda a: a.call(set_parked, a.entry, True)),
    "unpark": (EDIT, lambda a: a.call(set_parked, a.entry, False)),
    "sensitive": (EDIT, lambda a: a.call(set_visibility, a.entry, Visibility.SENSITIVE)),
    "share": (EDIT, lambda a: a.call(set_visibility, a.entry, Visibility.SHARED)),
    "move": (EDIT, lambda a: a.call(move_entry, a.entry, a.form.get("after", ""))),
    "remove": (EDIT, lambda a: a.call(remove_entry, a.entry)),
    "reword": (EDIT, reword_point),
    "take-on": (EDIT, lambda a: a.call(take_on, a.entry)),
    "update": (EDIT, write_update),
    "talk-about": (EDIT, talk_about),
    "settle": (EDIT, lambda a: a.call(settle, a.entry, a.field("text"))),
    "note": (EDIT, partial(write_line, LineKind.NOTE)),
    "decide": (EDIT, partial(write_line, LineKind.DECISION)),
    "idea": (EDIT, partial(write_line, LineKind.IDEA)),
    "help": (EDIT, partial(write_line, LineKind.HELP)),
    "leave-it": (EDIT, leave_it),
    "read": (EDIT, say_read),
    "unread": (EDIT, unsay_read),
    "remove-line": (EDIT, lambda a: a.call(remove_line, a.entry, a.form.get("line", ""))),
    "carry": (EDIT, _carry),
    "inbox-add": (EDIT, _inbox_add),
    "inbox-take": (EDIT, _inbox_take),
    "inbox-drop": (EDIT, lambda a: a.call(drop_from_inbox, a.entry)),
    "question": (EDIT, lambda a: a.call(add_question, a.field("question"))),
    "no-question": (EDIT, lambda a: a.call(vote_on, a.field("question"), Vote.NOT_FOR_US)),
    "private": (Right.PRIVATE_NOTES, _private),
    "proposal-take": (EDIT, lambda a: a.call(take_proposal, a.field("proposal"))),
    "proposal-secret": (EDIT, _take_secretly),
    "proposal-drop": (EDIT, _drop_proposal),
    "taken": (Right.READ_AGENDA, _answer(take)),
    "later": (Right.READ_AGENDA, _answer(put_away)),
    "mute": (Right.READ_AGENDA, _answer(mute)),
    "template": (EDIT, _template),
    "no-template": (EDIT, _no_template),
    "address-form": (EDIT, _address_form),
    "choices": (EDIT, _choices),
    "yes": (Right.SWITCH_SERIES, _say_yes),
    "stop": (Right.SWITCH_SERIES, _say_stop),
}
"""Every button, the right that it needs, and what it does."""


def right_for(what: str) -> Right:
    """Return the right that a button needs. Raise InvalidInput for an unknown one."""
    return _known(what)[0]


def do(what: str, act: Act) -> None:
    """Do what a button says. Raise InvalidInput, NotFound."""
    _known(what)[1](act)


def _known(what: str) -> tuple[Right, Callable[[Act], None]]:
    if what not in ACTS:
        raise InvalidInput("this page does not know what you asked for: load it again")
    return ACTS[what]
