"""Templates that fit the next talk, offered to its two people; they decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.cadence import agreed_interval
from core.content.template_model import Anchor, Relation
from core.content.texts import text_for
from core.errors import NotFound
from core.model.actions import Happening
from core.model.agenda import ItemState, PointState
from core.model.engagement import Engagement
from core.model.people import Pair
from core.model.series import Place, Series, SeriesId, Sheet, SheetState
from core.model.shape import DeclinedTemplate, SheetShape
from core.service.settings import company_settings, pair_settings, person_settings, read_locale
from core.service.shapes import all_templates, sheet_shape
from core.store import Transaction
from core.templates.offers import TalkFacts, cycle_middle, due_offers

SHORTLY = timedelta(hours=24)
"""An agenda that is empty so shortly before is offered a quarter of an hour instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOffer:
    """A template as it is offered to one reader."""

    template_id: str
    title: str
    reason: str
    minutes: int
    anchor: str


def template_offers(
    tx: Transaction, series_id: SeriesId, reader: str, now: datetime
) -> tuple[TemplateOffer, ...]:
    """Return the templates that fit the next talk, the pressing one first.

    Raise NotFound for a third person. While one of the two is on leave nothing is offered.
    """
    series, pair, sheet = _open(tx, series_id, reader)
    if sheet is None or sheet.place is None:
        return ()
    person = tx.person(reader)
    locale = read_locale(person, pair_settings(tx, pair.pair_id)) if person else "en"
    templates = all_templates(tx)
    return tuple(
        TemplateOffer(
            template_id=offer.template_id,
            title=text_for(templates[offer.template_id].title, locale),
            reason=text_for(offer.reason, locale),
            minutes=templates[offer.template_id].duration_min,
            anchor=offer.anchor.value,
        )
        for offer in due_offers(templates, talk_facts(tx, series, pair, sheet, now))
    )


def decline_template(
    tx: Transaction, series_id: SeriesId, template_id: str, *, by: str, now: datetime
) -> None:
    """Turn an offered template down: it is not offered again for a while."""
    _, pair, _ = _open(tx, series_id, by)
    declined = DeclinedTemplate(pair_id=pair.pair_id, template=template_id, on=now.date())
    tx.put_noun(declined)
    tx.record(Happening(at=now, name="template.declined", subject=series_id, by=by))


def _open(tx: Transaction, series_id: SeriesId, reader: str) -> tuple[Series, Pair, Sheet | None]:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if series is None or pair is None or pair.side(reader) is None:
        raise NotFound(f"{reader} is not one of the two people of this series")
    return series, pair, tx.open_sheet(series_id)


def talk_facts(
    tx: Transaction, series: Series, pair: Pair, sheet: Sheet, now: datetime
) -> TalkFacts:
    """Return what is known about a pair before its next talk."""
    assert sheet.place is not None
    talk_on, held = local_day(sheet.place), held_days(tx, pair)
    settings, shape = pair_settings(tx, pair.pair_id), sheet_shape(tx, sheet)
    every = agreed_interval(series.rrule)
    used: dict[str, date] = {}
    for known in tx.nouns(SheetShape, pair.pair_id):
        if known.held_on:
            used[known.template] = max(known.held_on, used.get(known.template, date.min))
    return TalkFacts(
        talk_on=talk_on,
        previous_on=held[-1] if held else None,
        following_on=talk_on + every if every else None,
        held=len(held),
        talking_since=held[0] if held else None,
        relation=Relation(settings.bond.value),
        remote=settings.remote,
        agenda_empty=_is_empty(sheet) and sheet.place.slot.start - now < SHORTLY,
        current=shape.template if shape else "",
        days=_days(tx, pair),
        used=used,
        declined={d.template: d.on for d in tx.nouns(DeclinedTemplate, pair.pair_id)},
    )


def local_day(place: Place) -> date:
    """Return the day on which a talk begins, where its series lives."""
    return place.slot.start.astimezone(ZoneInfo(place.slot.zone)).date()


def held_days(tx: Transaction, pair: Pair) -> list[date]:
    """Return the days of a pair's held talks, oldest first."""
    return sorted(
        local_day(sheet.place)
        for series in tx.series_of(pair.pair_id)
        for sheet in tx.sheets(series.series_id)
        if sheet.state is SheetState.CLOSED and sheet.place is not None
    )


def _is_empty(sheet: Sheet) -> bool:
    points = any(p.state is PointState.OPEN for p in sheet.agenda.points)
    return not points and all(i.state is not ItemState.OPEN for i in sheet.agenda.action_items)


def _days(tx: Transaction, pair: Pair) -> Mapping[Anchor, date]:
    place = tx.noun(Engagement, pair.report) or Engagement(address=pair.report)
    company, report = company_settings(tx), person_settings(tx, pair.report)
    middle = (
        cycle_middle(company.cycle_from, company.cycle_to)
        if company.cycle_from and company.cycle_to
        else None
    )
    found = {
        Anchor.EMPLOYMENT_START: place.starts_on,
        Anchor.PROBATION_END: place.probation_ends_on,
        Anchor.REVIEW: place.review_on,
        Anchor.LAST_DAY: place.ends_on,
        Anchor.CYCLE_MIDDLE: middle,
        Anchor.CYCLE_END: company.cycle_to,
        Anchor.LEAVE_END: report.paused_until or report.back_on,
        Anchor.MANAGER_CHANGE: pair_settings(tx, pair.pair_id).frozen_on,
    }
    return {anchor: day for anchor, day in found.items() if day is not None}
