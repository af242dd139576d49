"""What other sources say about a pair, for the rules: settings, leave, personnel system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from core.content.template_model import Relation
from core.holidays import holidays
from core.model import people
from core.model.engagement import Engagement
from core.model.people import Pair
from core.model.series import SheetState
from core.model.settings import CompanySettings, PersonSettings
from core.rules.facts import Extra, Leave, Person
from core.service.settings import company_settings, pair_settings, person_settings
from core.service.shapes import sheet_shape
from core.store import Transaction

FULL_TIME = 40
WHOLE_WEEK = 5
PROJECT = timedelta(weeks=6)


def extra_of(tx: Transaction, pair: Pair, today: date, names: Iterable[str] = ()) -> Extra:
    """Return it; `names` are those of everybody in the directory."""
    company, chosen = company_settings(tx), pair_settings(tx, pair.pair_id)
    report = _person(tx, pair.report, company, today)
    manager = _person(tx, pair.manager, company, today)
    place = tx.noun(Engagement, pair.report)
    return Extra(
        manager=manager,
        report=report,
        relation=Relation(chosen.bond.value),
        review_on=place.review_on if place else None,
        colleagues=frozenset(n for n in names if n and n not in (report.name, manager.name)),
        template=_next_template(tx, pair),
        remote=chosen.remote,
        free_talk=chosen.free_talk,
        project_phase_from=chosen.project_until - PROJECT if chosen.project_until else None,
        pulse=chosen.pulse,
    )


def _person(tx: Transaction, address: str, company: CompanySettings, today: date) -> Person:
    known = tx.person(address) or people.Person(address=address)
    own = person_settings(tx, address)
    place = tx.noun(Engagement, address)
    region = own.region or company.region
    years = (today.year, today.year + 1) if region else ()
    return Person(
        address=address,
        name=known.name or known.called,
        zone=known.zone,
        locale=known.locale,
        weekly_hours=round(FULL_TIME * min(1, len(own.work_days) / WHOLE_WEEK)),
        work_from=own.work_from,
        work_to=own.work_to,
        work_days=frozenset(own.work_days),
        hours_known=tx.noun(PersonSettings, address) is not None,
        holidays=frozenset(own.days_off).union(*(holidays(year, region) for year in years)),
        leaves=_leaves(own),
        starts_on=place.starts_on if place else None,
        ends_on=place.ends_on if place else None,
    )


def _leaves(own: PersonSettings) -> tuple[Leave, ...]:
    if own.paused_from is None and own.paused_until is None:
        return ()
    first = own.paused_from or date.min
    return (Leave(first=first, back=own.paused_until or date.max),)


def _next_template(tx: Transaction, pair: Pair) -> str:
    shapes = (
        sheet_shape(tx, sheet)
        for sheet in tx.open_sheets_of(pair.pair_id)
        if sheet.state is SheetState.OPEN
    )
    return next((shape.template for shape in shapes if shape is not None), "weekly")
