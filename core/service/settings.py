"""Read and change what people, pairs and the company have chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from core.content.locales import LOCALES
from core.errors import InvalidInput, NotFound
from core.holidays import REGIONS
from core.model.actions import Happening
from core.model.people import Pair, PairId, Person, normal_address
from core.model.series import SeriesId, SeriesState
from core.model.settings import CompanySettings, PairSettings, PersonSettings, SeriesSettings
from core.service.exposure import onlookers
from core.service.wanting import want_reconcile
from core.store import Transaction

S = TypeVar("S", PersonSettings, PairSettings, CompanySettings)

PERSON_FIELDS = ("name", "locale", "zone")
"""Stand in the Person, not in the settings."""


def person_settings(tx: Transaction, address: str) -> PersonSettings:
    """Return somebody's settings, or what holds for those who chose nothing."""
    return tx.noun(PersonSettings, address) or PersonSettings(address=address)


def pair_settings(tx: Transaction, pair_id: PairId) -> PairSettings:
    """Return a pair's settings, or what holds for those who chose nothing."""
    return tx.noun(PairSettings, pair_id) or PairSettings(pair_id=pair_id)


def series_settings(tx: Transaction, series_id: str, pair_id: PairId) -> SeriesSettings:
    """Return what was chosen for a series."""
    known = tx.noun(SeriesSettings, series_id)
    return known or SeriesSettings(series_id=series_id, pair_id=pair_id)


def company_settings(tx: Transaction) -> CompanySettings:
    """Return the company's settings."""
    return tx.noun(CompanySettings, "company") or CompanySettings()


def change_person(
    tx: Transaction, address: str, *, now: datetime, by: str | None = None, **changes: Any
) -> tuple[Person, PersonSettings]:
    """Change a person's name, locale, zone or settings. Raise InvalidInput, NotFound.

    `changes` are fields of Person (name, locale, zone) and PersonSettings.
    """
    person = tx.person(normal_address(address))
    if person is None:
        raise NotFound(f"nobody here is called {address}: connect them or import them first")
    own = {k: changes.pop(k) for k in PERSON_FIELDS if k in changes}
    if own:
        person = replace(person, **_checked_person(own))
        tx.put_person(person)
    before = person_settings(tx, person.address)
    settings = _changed(before, changes)
    came_back = _has_pause(before) and not _has_pause(settings)
    if came_back and "back_on" not in changes:
        settings = replace(settings, back_on=now.date())
    tx.put_noun(settings)
    if before != settings or own:
        _look_again(tx, person.address, now)
    tx.record(Happening(at=now, name="person.changed", subject=person.address, by=by))
    return person, settings


def _has_pause(settings: PersonSettings) -> bool:
    return settings.paused_from is not None or settings.paused_until is not None


def _look_again(tx: Transaction, address: str, now: datetime) -> None:
    """A leave moves agendas, hours move reminders: this person's talks are looked at again."""
    for pair in tx.pairs():
        if pair.side(address):
            _look_at_pair(tx, pair.pair_id, now)


def _look_at_pair(tx: Transaction, pair_id: PairId, now: datetime) -> None:
    for series in tx.series_of(pair_id):
        if series.state is SeriesState.ENABLED:
            want_reconcile(tx, series.series_id, now)


def change_pair(
    tx: Transaction, pair_id: PairId, *, now: datetime, by: str | None = None, **changes: Any
) -> PairSettings:
    """Change a pair's settings. Raise InvalidInput, NotFound."""
    pair = tx.pair(pair_id)
    if pair is None:
        raise NotFound("no 1:1 of these two people is known: run `vieraugen sync` first")
    before = pair_settings(tx, pair_id)
    if changes.get("exposure") == "full":
        known = onlookers(tx, pair).people
        changes["may_read"] = tuple(sorted({*before.may_read, *known}))
    settings = _changed(before, changes)
    tx.put_noun(settings)
    if (settings.exposure, settings.may_read) != (before.exposure, before.may_read):
        _look_at_pair(tx, pair_id, now)
    tx.record(Happening(at=now, name="pair.changed", subject=pair_id, by=by))
    return settings


def change_company(
    tx: Transaction, *, now: datetime, by: str | None = None, **changes: Any
) -> CompanySettings:
    """Change the company's settings. Raise InvalidInput."""
    settings = _changed(company_settings(tx), changes)
    tx.put_noun(settings)
    tx.record(Happening(at=now, name="company.changed", subject="company", by=by))
    return settings


def set_language(tx: Transaction, series_id: SeriesId, locale: str, *, now: datetime) -> None:
    """Say in which language a series' block is headed; empty: as its people read."""
    if locale and locale not in LOCALES:
        raise InvalidInput(f"language: {locale!r} is none of {', '.join(LOCALES)}")
    series = tx.series(series_id)
    if series is None:
        raise NotFound(f"no series {series_id}: `vieraugen series list` shows the known ones")
    tx.put_series(replace(series, locale=locale))
    tx.record(Happening(at=now, name="series.changed", subject=series.series_id))


def read_locale(person: Person, settings: PairSettings) -> str:
    """Return the locale in which a person reads this pair's texts: du or Sie as agreed."""
    if settings.formal is None or not person.locale.startswith("de"):
        return person.locale
    return "de-Sie" if settings.formal else "de"


def is_frozen(tx: Transaction, pair: Pair, now: datetime) -> bool:
    """Tell whether a pair's agenda rests because the report has another manager."""
    frozen_on = pair_settings(tx, pair.pair_id).frozen_on
    return frozen_on is not None and frozen_on <= now.date()


def _checked_person(own: dict[str, Any]) -> dict[str, Any]:
    if own.get("locale", "de") not in LOCALES:
        raise InvalidInput(f"locale: {own['locale']!r} is none of {', '.join(LOCALES)}")
    if "zone" in own:
        try:
            ZoneInfo(own["zone"])
        except (KeyError, ValueError, OSError) as err:
            wrong = repr(own["zone"])
            raise InvalidInput(f"zone: {wrong} is no time zone; try Europe/Berlin") from err
    if len(own.get("name", "")) > 200:
        raise InvalidInput("name: 200 characters at most")
    return own


def _changed(settings: S, changes: dict[str, Any]) -> S:
    if changes.get("region") and changes["region"] not in REGIONS:
        raise InvalidInput(f"region: {changes['region']!r} is none of {', '.join(REGIONS)}")
    try:
        return replace(settings, **changes)
    except TypeError as err:
        known = ", ".join(sorted(type(settings).__slots__))
        raise InvalidInput(f"no such setting; there are {known}") from err
    except ValueError as err:
        raise InvalidInput(str(err)) from err
