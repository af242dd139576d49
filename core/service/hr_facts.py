"""What the rules may know of a pair from settings and the personnel system."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from core.content.template_model import Relation
from core.holidays import holidays
from core.model.engagement import Engagement
from core.model.goals import Goal, GoalState
from core.model.neighbours import Neighbours
from core.model.people import Pair
from core.model.people import Person as KnownPerson
from core.model.series import SeriesState
from core.model.settings import PairSettings, PersonSettings
from core.rules import facts
from core.service.exposure import Exposure, exposure_of, onlookers, outside_domains
from core.service.settings import company_settings, pair_settings, person_settings
from core.service.shapes import sheet_shape
from core.store import Transaction

FOREVER = date(9999, 12, 31)
PROJECT = timedelta(weeks=6)
"""So long before its end a project phase began."""
FULL_TIME, WHOLE_WEEK = 40, 5
YEARS = range(2020, 2061)


def extra_of(tx: Transaction, pair: Pair) -> facts.Extra:
    """Return it; what nobody has said stays as the rules suppose."""
    report = tx.noun(Engagement, pair.report) or Engagement(address=pair.report)
    settings, company = pair_settings(tx, pair.pair_id), company_settings(tx)
    sheet = next(iter(tx.open_sheets_of(pair.pair_id)), None)
    shape = sheet_shape(tx, sheet) if sheet else None
    seeing, shown = onlookers(tx, pair), _shown(tx, pair, settings)
    around = tx.noun(Neighbours, pair.pair_id)
    ours = report.manager in ("", pair.manager)
    return facts.Extra(
        manager=_person(tx, pair.manager, company.region, around),
        report=_person(tx, pair.report, company.region, around),
        relation=Relation(settings.bond.value),
        manager_since=report.manager_since if ours else None,
        review_on=report.review_on,
        goals=tuple(_goal(g, company.cycle_from, company.cycle_to) for g in _open(tx, pair)),
        delegates=len(seeing.people),
        rooms=seeing.rooms,
        shared_calendar=seeing.everybody,
        public_feed=seeing.public,
        outside_domains=outside_domains(tx, pair, seeing),
        reduced=shown.level != "full",
        lowered=shown.why.value if shown.why else "",
        template=shape.template if shape else "weekly",
        remote=settings.remote,
        free_talk=settings.free_talk,
        project_phase_from=settings.project_until - PROJECT if settings.project_until else None,
        pulse=settings.pulse,
    )


def _shown(tx: Transaction, pair: Pair, settings: PairSettings) -> Exposure:
    """Return how much the events show of the series that has an agenda."""
    live = [s for s in tx.series_of(pair.pair_id) if s.state is SeriesState.ENABLED]
    if not live:
        return Exposure(level=settings.exposure)
    return exposure_of(tx, pair, live[0], tx.copies(live[0].series_id), settings)


def _open(tx: Transaction, pair: Pair) -> list[Goal]:
    active = (GoalState.OPEN, GoalState.AT_RISK)
    return [goal for goal in tx.nouns(Goal, pair.pair_id) if goal.state in active]


def _goal(goal: Goal, begins: date | None, ends: date | None) -> facts.Goal:
    return facts.Goal(
        goal_id=goal.goal_id,
        linked_on=goal.since,
        mentioned_on=goal.touched_on,
        cycle_start=begins,
        cycle_end=goal.due or ends,
        checked_on=goal.touched_on,
    )


def _person(tx: Transaction, address: str, region: str, around: Neighbours | None) -> facts.Person:
    known = tx.person(address) or KnownPerson(address=address)
    chosen = tx.noun(PersonSettings, address)
    settings = chosen or person_settings(tx, address)
    place = tx.noun(Engagement, address) or Engagement(address=address)
    return facts.Person(
        address=address,
        name=known.name or known.called,
        weekly_hours=round(FULL_TIME * min(1, len(settings.work_days) / WHOLE_WEEK)),
        zone=known.zone,
        locale=known.locale,
        work_from=settings.work_from,
        work_to=settings.work_to,
        work_days=frozenset(settings.work_days),
        hours_known=chosen is not None,
        busy=around.of(address) if around else (),
        wide_span=settings.wide_span,
        holidays=_free_days(settings, settings.region or region),
        leaves=_leaves(settings),
        starts_on=place.starts_on,
        ends_on=place.ends_on,
    )


def _free_days(settings: PersonSettings, region: str) -> frozenset[date]:
    return (
        _of_region(region) | frozenset(settings.days_off)
        if region
        else frozenset(settings.days_off)
    )


@cache
def _of_region(region: str) -> frozenset[date]:
    """The rules ask by day: all the years that anybody will see are in it."""
    return frozenset(day for year in YEARS for day in holidays(year, region))


def _leaves(settings: PersonSettings) -> tuple[facts.Leave, ...]:
    if settings.paused_from is None and settings.paused_until is None:
        return ()
    back = settings.paused_until or FOREVER
    first = settings.paused_from or date.min
    return (facts.Leave(first=first, back=back),)
