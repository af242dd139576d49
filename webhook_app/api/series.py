"""Series and their meetings."""

from __future__ import annotations

from pydantic import Field

from core.access import Right
from core.errors import NotFound
from core.model.access import Scope
from core.model.series import Series, SeriesId, SeriesState, Sheet
from core.service.consent import say_stop, say_yes
from core.service.relink import relink_by_hand
from core.store import Transaction
from webhook_app.api.answers import (
    AgendaOut,
    OccurrenceOut,
    SeriesOut,
    agenda_out,
    etag_of,
    occurrence_out,
    series_out,
)
from webhook_app.api.contract import Ask, Form, Operations, Page, Paging, Reply, Subject
from webhook_app.api.paging import page_of
from webhook_app.api.pairs import locale_of, pairs_of

series_ops = Operations("series")
SERIES = Subject.SERIES
READ, WRITE = Scope.AGENDA_READ, Scope.SERIES_WRITE


class StopIn(Form):
    """How to stop."""

    remove: bool = Field(default=False, description="True: each event becomes what it was.")


@series_ops.add(
    "GET",
    "/series",
    "Series of your pairs",
    right=Right.READ_CATALOGUE,
    scope=READ,
    query=Paging,
    answer=Page[SeriesOut],
)
def list_series(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        locale = locale_of(tx, ask)
        found = [
            series_out(s, locale)
            for pair in pairs_of(tx, ask)
            for s in tx.series_of(pair.pair_id)
            if s.state is not SeriesState.OTHER
        ]
    return Reply(value=page_of(found, ask.query, key=lambda s: s.id))


def _shown_series(tx: Transaction, ask: Ask, series: Series) -> Reply:
    return Reply(value=series_out(series, locale_of(tx, ask)), etag=etag_of(series))


@series_ops.add(
    "GET",
    "/series/{series}",
    "One series, and why it has an agenda or not",
    subject=SERIES,
    right=Right.SEE_PAIR,
    scope=READ,
    answer=SeriesOut,
    etag=True,
)
def show_series(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        return _shown_series(tx, ask, ask.of_series)


@series_ops.add(
    "POST",
    "/series/{series}/yes",
    "Say yes: keep the agenda in this series",
    subject=SERIES,
    right=Right.SWITCH_SERIES,
    scope=WRITE,
    answer=SeriesOut,
)
def switch_on(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        series = say_yes(tx, ask.of_series.series_id, by=ask.author, now=ask.now)
        return _shown_series(tx, ask, series)


@series_ops.add(
    "POST",
    "/series/{series}/stop",
    "Say stop",
    subject=SERIES,
    right=Right.SWITCH_SERIES,
    scope=WRITE,
    body=StopIn,
    example={"remove": True},
    answer=SeriesOut,
)
def switch_off(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        series = say_stop(
            tx, ask.of_series.series_id, remove=ask.body.remove, by=ask.author, now=ask.now
        )
        return _shown_series(tx, ask, series)


class RelinkIn(Form):
    """Which series stopped."""

    old: str = Field(max_length=64, description="Id of the series whose open points go on here.")


@series_ops.add(
    "POST",
    "/series/{series}/relink",
    "Let this series go on with the open points of one that stopped",
    subject=SERIES,
    right=Right.SWITCH_SERIES,
    scope=WRITE,
    body=RelinkIn,
    example={"old": "0a1b2c3d4e5f6071"},
    answer=SeriesOut,
)
def relink(ask: Ask) -> Reply:
    old, new = SeriesId(ask.body.old), ask.of_series.series_id
    with ask.app.store.transaction() as tx:
        series = relink_by_hand(tx, new, old, by=ask.author, now=ask.now)
        return _shown_series(tx, ask, series)


def sheets_of(tx: Transaction, ask: Ask) -> list[Sheet]:
    """Return a series' sheets of the time in which the pair held 1:1s, newest first."""
    ended = ask.of_pair.ended
    found = tx.sheets(ask.of_series.series_id)
    if ended is not None and ended <= ask.now:
        found = [s for s in found if s.place is not None and s.place.slot.start < ended]
    return sorted(found, key=lambda s: -s.number)


@series_ops.add(
    "GET",
    "/series/{series}/occurrences",
    "Meetings with an agenda, newest first",
    subject=SERIES,
    right=Right.READ_HISTORY,
    scope=READ,
    query=Paging,
    answer=Page[OccurrenceOut],
)
def list_occurrences(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        shown = [occurrence_out(ask, sheet) for sheet in sheets_of(tx, ask)]
    return Reply(value=page_of(shown, ask.query, key=lambda o: f"{10**9 - o.number:012}"))


@series_ops.add(
    "GET",
    "/series/{series}/agendas/{number}",
    "The agenda of one meeting, past ones too",
    subject=SERIES,
    right=Right.READ_HISTORY,
    scope=READ,
    answer=AgendaOut,
    etag=True,
)
def show_past_agenda(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [s for s in sheets_of(tx, ask) if str(s.number) == ask.path["number"]]
    if not found:
        raise NotFound("there is no such meeting")
    return Reply(value=(shown := agenda_out(ask, found[0])), etag=etag_of(shown))
