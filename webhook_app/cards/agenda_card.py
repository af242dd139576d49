"""The card of one agenda, and the card of all of one's own 1:1s."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from core.model.agenda import ActionItem, Entry, ItemState, PointState, Visibility, entry_id
from core.model.cards import Card, CardSection, Deed, Press, Row, Verb
from core.model.people import Person
from core.model.series import Series, SeriesId, SeriesState
from core.reasons import sentence
from webhook_app.agenda_view import AgendaView, SectionView, agenda_view
from webhook_app.cards.suggestions import Offer, offers
from webhook_app.cards.words import words_of
from webhook_app.wiring import App

MOST_ROWS = 30
"""Of one card: hosts take 28 to 32 KB and 100 widgets, and people read less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What one drawing of a card needs throughout."""

    person: Person
    series: SeriesId
    mark: str

    @property
    def words(self) -> dict[str, str]:
        """The person's language."""
        return words_of(self.person.locale)

    def deed(self, verb: Verb, entry: str = "") -> Deed:
        """Return what a press of this drawing asks for."""
        return Deed(verb=verb, series=self.series, entry=entry, mark=self.mark)


def new_mark() -> str:
    """Return a name for one drawing."""
    return secrets.token_hex(6)


def agenda_card(app: App, series_id: SeriesId, person: Person, now: datetime) -> Card:
    """Return what one of the two sees of their next meeting. The caller has checked who it is."""
    drawing = Drawing(person=person, series=series_id, mark=new_mark())
    view = agenda_view(app, series_id, person.locale)
    if view is None:
        return _without_agenda(app, series_id, drawing)
    sections = _sections(view.sections, drawing)
    return Card(
        card_id=f"agenda-{series_id}",
        title=view.title or drawing.words["home"],
        subtitle=_when(view, drawing),
        sections=(*sections, *_offered(app, drawing, now), _buttons(app, drawing, now)),
    )


def _when(view: AgendaView, drawing: Drawing) -> str:
    if view.start is None:
        return drawing.words["unplaced"]
    return when(view.start, drawing.person)


def when(start: datetime, person: Person) -> str:
    """Return a time as this person reads it: "Di., 24. November, 10:00"."""
    local = start.astimezone(ZoneInfo(person.zone))
    language = "de" if person.locale.startswith("de") else "en"
    pattern = "EEE, d. MMMM, HH:mm" if language == "de" else "EEE, d MMMM, HH:mm"
    return str(format_datetime(local, pattern, locale=language))


def _sections(views: Sequence[SectionView], drawing: Drawing) -> tuple[CardSection, ...]:
    left, sections, hidden = MOST_ROWS, [], 0
    for view in views:
        shown = view.entries[:left]
        hidden += len(view.entries) - len(shown)
        left -= len(shown)
        if shown:
            rows = tuple(_row(entry, drawing) for entry in shown)
            sections.append(CardSection(title=view.title, rows=rows))
    if hidden:
        text = drawing.words["more"].format(count=hidden)
        sections.append(CardSection(rows=(Row(text=text),)))
    if not sections:
        sections.append(CardSection(rows=(Row(text=drawing.words["empty"]),)))
    return tuple(sections)


def _row(entry: Entry, drawing: Drawing) -> Row:
    done = is_done(entry)
    verb = Verb.UNTICK if done else Verb.TICK
    row = Row(
        text=entry.text,
        detail=detail(entry, drawing.person),
        done=done,
        tick=drawing.deed(verb, entry_id(entry)),
    )
    if isinstance(entry, ActionItem):
        return row
    if entry.visibility is not Visibility.SHARED:
        row = replace(row, text=drawing.words["confidential"])
    if done:
        return row
    parked = entry.state is PointState.PARKED
    later = drawing.deed(Verb.FETCH if parked else Verb.CARRY, entry_id(entry))
    label = drawing.words["fetch" if parked else "carry"]
    return replace(row, presses=(Press(label=label, deed=later),))


def is_done(entry: Entry) -> bool:
    """Tell whether an entry stands ticked."""
    if isinstance(entry, ActionItem):
        return entry.state is not ItemState.OPEN
    return entry.state is PointState.DISCUSSED


def detail(entry: Entry, person: Person) -> str:
    """Return what stands small below an entry."""
    words, language = words_of(person.locale), "de" if person.locale.startswith("de") else "en"
    if isinstance(entry, ActionItem):
        owner = (entry.owner or "").partition("@")[0].capitalize()
        due = ""
        if entry.due:
            day = str(format_date(entry.due, "EEE d MMM", locale=language))
            due = words["by"].format(day=day)
        return ", ".join(part for part in (owner, due) if part)
    if entry.state is PointState.PARKED:
        return words["parked"]
    return words["carried"].format(count=entry.carried) if entry.carried > 1 else ""


def _offered(app: App, drawing: Drawing, now: datetime) -> tuple[CardSection, ...]:
    found = offers.of(app, drawing.series, drawing.person, now)
    if not found:
        return ()
    rows = tuple(_offer_row(offer, drawing) for offer in found[:3])
    return (CardSection(title=drawing.words["suggestions"], rows=rows),)


def _offer_row(offer: Offer, drawing: Drawing) -> Row:
    verbs = ((Verb.TAKE,) if offer.may_take else ()) + (Verb.DISMISS, Verb.MUTE)
    presses = tuple(
        Press(label=drawing.words[verb.value], deed=drawing.deed(verb, offer.offer_id))
        for verb in verbs
    )
    return Row(text=offer.text, detail=offer.why, presses=presses)


def _buttons(app: App, drawing: Drawing, now: datetime) -> CardSection:
    forms = (Verb.ADD_POINT, Verb.ADD_ITEM, Verb.ADD_NOTE)
    presses = [
        Press(label=drawing.words[verb.value], deed=drawing.deed(verb), in_dialog=True)
        for verb in forms
    ]
    presses[0] = replace(presses[0], primary=True)
    page = app.links.page_of(drawing.person.address, now)
    links = (
        Press(label=drawing.words["page"], url=page),
        Press(label=drawing.words["guides"], url=f"{page}/help"),
    )
    return CardSection(presses=(*presses, *links))


def _without_agenda(app: App, series_id: SeriesId, drawing: Drawing) -> Card:
    with app.store.transaction() as tx:
        series = tx.series(series_id)
    words = drawing.words
    if series is None:
        return note_card(words["no_series"])
    why = sentence(series.agenda_reason, drawing.person.locale)
    presses: tuple[Press, ...] = ()
    if series.state in (SeriesState.FOUND, SeriesState.DISABLED):
        presses = (Press(label=words["yes"], deed=drawing.deed(Verb.SAY_YES), primary=True),)
    return Card(
        card_id=f"agenda-{series_id}",
        title=series.title or words["home"],
        subtitle=words["no_agenda"],
        sections=(CardSection(rows=(Row(text=why),), presses=presses),),
    )


def note_card(text: str) -> Card:
    """Return a card that says one sentence."""
    return Card(card_id="note", title="1:1", sections=(CardSection(rows=(Row(text=text),)),))


def home_card(app: App, person: Person) -> Card:
    """Return all of a person's 1:1s, each with a button to its agenda."""
    words, mark = words_of(person.locale), new_mark()
    with app.store.transaction() as tx:
        mine = [s for s in tx.all_series() if _shown(s, person.address)]
        sheets = {s.series_id: tx.open_sheet(s.series_id) for s in mine}
    starts = {key: sheet.place.slot.start for key, sheet in sheets.items() if sheet and sheet.place}
    mine.sort(key=lambda s: (s.series_id not in starts, starts.get(s.series_id, s.slot.start)))
    rows = tuple(_series_row(s, starts.get(s.series_id), person, mark) for s in mine[:MOST_ROWS])
    shown = rows or (Row(text=words["nobody"]),)
    return Card(card_id="home", title=words["home"], sections=(CardSection(rows=shown),))


def _series_row(series: Series, start: datetime | None, person: Person, mark: str) -> Row:
    deed = Deed(verb=Verb.SHOW, series=series.series_id, mark=mark)
    text = when(start, person) if start else sentence(series.agenda_reason, person.locale)
    press = Press(label=words_of(person.locale)["open"], deed=deed)
    return Row(text=series.title or "1:1", detail=text, presses=(press,))


def _shown(series: Series, address: str) -> bool:
    states = (SeriesState.ENABLED, SeriesState.FOUND, SeriesState.DISABLED)
    return address in series.humans and series.state in states
