"""Which template a meeting gets, and the agenda that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.carry_over import add_to
from core.content.template_model import Relation, Template
from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import Agenda, SectionKind, TalkingPoint, Visibility
from core.model.handover import HandedItem
from core.model.inbox import InboxPoint, Waits
from core.model.people import Pair, Side
from core.model.series import Series, SeriesId, Sheet
from core.model.settings import PairSettings, SeriesSettings
from core.model.shape import NextTemplate, OwnTemplate, SheetShape
from core.service.open_agenda import keep_agenda
from core.service.settings import company_settings, pair_settings, series_settings
from core.store import Transaction
from core.templates import Choice, Level, choose_template, load_templates
from core.templates.exchange import from_json
from core.templates.shaping import reshaped, shaped

PURPOSE_UNTIL = 3
"""The purpose stands above the first so many agendas of a series; then it is known."""


def all_templates(tx: Transaction) -> Mapping[str, Template]:
    """Return every template by id: the built-in ones and the company's own."""
    own = {t.template_id: _own(t.text) for t in tx.nouns(OwnTemplate)}
    return MappingProxyType({**load_templates(), **own}) if own else load_templates()


@lru_cache(maxsize=256)
def _own(text: str) -> Template:
    return from_json(text)


def known_template(tx: Transaction, template_id: str) -> Template:
    """Return a template. Raise NotFound with what to do."""
    found = all_templates(tx).get(template_id)
    if found is None:
        raise NotFound(f"no template {template_id!r}: `vieraugen template list` shows them")
    return found


def chosen(tx: Transaction, series: Series, pair: Pair, number: int, now: datetime) -> Choice:
    """Return the template of a series' sheet number `number`, and who decided."""
    coming = tx.noun(NextTemplate, series.series_id)
    settings = pair_settings(tx, pair.pair_id)
    return choose_template(
        all_templates(tx),
        occurrence=coming.template if coming else None,
        series=series_settings(tx, series.series_id, pair.pair_id).template,
        pair=settings.template,
        company=company_settings(tx).template,
        first_talk=number == 1 and _is_new(tx, series, pair, now),
        relation=Relation(settings.bond.value),
    )


def _is_new(tx: Transaction, series: Series, pair: Pair, now: datetime) -> bool:
    """Tell whether these two have not talked yet, as far as a calendar can say."""
    if series.slot.start < now:
        return False
    others = [s for s in tx.series_of(pair.pair_id) if s.series_id != series.series_id]
    return not any(s.slot.start < now or tx.sheets(s.series_id) for s in others)


def fresh_agenda(
    tx: Transaction, series: Series, pair: Pair, number: int, now: datetime
) -> tuple[Agenda, Choice]:
    """Return the agenda with which a sheet begins, before anything is carried onto it.

    Keeps nothing: `begun` does.
    """
    choice = chosen(tx, series, pair, number, now)
    return _shape(choice, pair, pair_settings(tx, pair.pair_id), number), choice


def _shape(choice: Choice, pair: Pair, settings: PairSettings, number: int) -> Agenda:
    special = choice.level in (Level.OCCURRENCE, Level.FIRST_TALK)
    return shaped(
        choice.template,
        pair,
        purpose=special or number <= PURPOSE_UNTIL,
        formal=bool(settings.formal),
    )


def begun(tx: Transaction, sheet: Sheet, choice: Choice) -> Sheet:
    """Keep which template a new sheet has, and let the inbox's waiting points join it."""
    tx.put_noun(
        SheetShape(
            sheet_id=sheet.sheet_id,
            pair_id=sheet.pair_id,
            template=choice.template.id,
            level=choice.level.value,
        )
    )
    tx.remove_noun(NextTemplate, sheet.series_id)
    pair = tx.pair(sheet.pair_id)
    agenda = sheet.agenda
    for waiting in tx.nouns(InboxPoint, sheet.pair_id):
        meant = waiting.series_id in ("", sheet.series_id)
        if pair is not None and meant and waiting.waits is Waits.NEXT:
            agenda = with_point(agenda, pair, waiting.point)
            tx.remove_noun(InboxPoint, waiting.key)
    for handed in tx.nouns(HandedItem, sheet.pair_id):
        known = any(i.item_id == handed.item.item_id for i in agenda.action_items)
        agenda = agenda if known else add_to(agenda, SectionKind.AGREED, (handed.item,))
        tx.remove_noun(HandedItem, handed.key)
    return replace(sheet, agenda=agenda)


def was_held(tx: Transaction, sheet: Sheet) -> None:
    """Keep on which day a sheet's talk took place, for what is due later."""
    shape = sheet_shape(tx, sheet)
    if shape is not None and sheet.place is not None:
        slot = sheet.place.slot
        day = slot.start.astimezone(ZoneInfo(slot.zone)).date()
        tx.put_noun(replace(shape, held_on=day))


def with_point(agenda: Agenda, pair: Pair, point: TalkingPoint) -> Agenda:
    """Return the agenda with a point in its owner's place, once."""
    if any(p.point_id == point.point_id for p in agenda.points):
        return agenda
    side = pair.side(point.owner) if point.owner else None
    kinds = {Side.REPORT: SectionKind.REPORT, Side.MANAGER: SectionKind.MANAGER}
    kind = kinds[side] if side else SectionKind.CARRIED
    return add_to(agenda, kind, (point,))


def sheet_shape(tx: Transaction, sheet: Sheet) -> SheetShape | None:
    """Return which template a sheet has; None for one from before there were any."""
    return tx.noun(SheetShape, sheet.sheet_id)


def template_of(tx: Transaction, sheet: Sheet) -> Template | None:
    """Return a sheet's template, where it still exists."""
    shape = sheet_shape(tx, sheet)
    return all_templates(tx).get(shape.template) if shape else None


def default_visibility(tx: Transaction, sheet: Sheet) -> Visibility:
    """Return how new points from a page start: confidential in a delicate talk."""
    template = template_of(tx, sheet)
    return template.visibility_default if template else Visibility.SHARED


def use_template(
    tx: Transaction, series_id: SeriesId, template_id: str, *, level: Level, by: str, now: datetime
) -> Sheet | None:
    """Choose a template for a series, its pair, or only the agenda that is open now.

    An agenda that is open takes the new shape with all its entries. An empty `template_id`
    takes a choice back. Return the open sheet. Raise NotFound, InvalidInput.
    """
    series, pair = _both(tx, series_id)
    if template_id:
        known_template(tx, template_id)
    match level:
        case Level.OCCURRENCE:
            _for_once(tx, series, pair, template_id)
        case Level.SERIES:
            tx.put_noun(
                SeriesSettings(
                    series_id=series.series_id, pair_id=pair.pair_id, template=template_id
                )
            )
        case Level.PAIR:
            tx.put_noun(replace(pair_settings(tx, pair.pair_id), template=template_id))
        case _:
            raise InvalidInput("a template is chosen for occurrence, series or pair here")
    tx.record(Happening(at=now, name="template.chosen", subject=series_id, by=by))
    return _reshape(tx, series, pair, level, by, now)


def _both(tx: Transaction, series_id: SeriesId) -> tuple[Series, Pair]:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if series is None or pair is None:
        raise NotFound(f"no 1:1 {series_id}: `vieraugen series list` shows the known ones")
    return series, pair


def _for_once(tx: Transaction, series: Series, pair: Pair, template_id: str) -> None:
    if template_id:
        tx.put_noun(
            NextTemplate(series_id=series.series_id, pair_id=pair.pair_id, template=template_id)
        )
    else:
        tx.remove_noun(NextTemplate, series.series_id)
        sheet = tx.open_sheet(series.series_id)
        if sheet is not None:
            tx.remove_noun(SheetShape, sheet.sheet_id)


def _reshape(
    tx: Transaction, series: Series, pair: Pair, level: Level, by: str, now: datetime
) -> Sheet | None:
    sheet = tx.open_sheet(series.series_id)
    if sheet is None:
        return None
    before = sheet_shape(tx, sheet)
    for_once = before is not None and before.level == Level.OCCURRENCE.value
    if for_once and level is not Level.OCCURRENCE:
        return sheet
    blank, choice = fresh_agenda(tx, series, pair, sheet.number, now)
    changed = begun(tx, replace(sheet, agenda=reshaped(sheet.agenda, blank)), choice)
    if choice.template.location and choice.template.max_points:
        from core.service.walk import make_room

        roomy = make_room(tx, sheet, changed.agenda, choice.template.max_points, now)
        changed = replace(changed, agenda=roomy)
    keep_agenda(tx, sheet, changed.agenda, "agenda.reshaped", entry="", by=by, now=now)
    return changed
