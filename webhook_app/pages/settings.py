"""What one person has chosen for themselves, and what holds for one 1:1."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.apple import choices, is_icloud
from core.content.texts import text_for
from core.errors import InvalidInput
from core.holidays import LAENDER, REGIONS
from core.model.devices import Device
from core.model.series import Series
from core.model.settings import Channel, PairSettings
from core.rules.content import ROTATION
from core.service.services import circle_of
from core.service.settings import change_person, pair_settings, person_settings, series_settings
from core.service.shapes import all_templates, chosen
from webhook_app.auth.devices import forget_others
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import app, guest_with, meeting_of
from webhook_app.pages.pair_link import pair_name


@bp.get("/settings")
def own_settings(token: str) -> ResponseReturnValue:
    """Show one's own settings."""
    guest = guest_with(token)
    with app().store.transaction() as tx:
        mine = person_settings(tx, guest.address)
        browsers = len(tx.nouns(Device, guest.address))
    return show(
        "settings.html",
        guest,
        mine=mine,
        browsers=browsers,
        icloud=choices(guest.person.locale) if is_icloud(guest.address) else (),
        channels=[c.value for c in Channel],
        regions=[(r, LAENDER.get(r[3:], r)) for r in REGIONS],
        saved="saved" in request.args,
        here="me",
    )


@bp.post("/forget-browsers")
def forget_browsers(token: str) -> ResponseReturnValue:
    """Let the guest's page open in this browser alone."""
    guest = guest_with(token)
    with app().store.transaction() as tx:
        forget_others(tx, guest.address, guest.now)
    return redirect(guest.url("settings") + "?saved", code=303)


@bp.post("/settings")
def save_settings(token: str) -> ResponseReturnValue:
    """Keep one's own settings. Raise InvalidInput, naming what cannot be."""
    guest, form = guest_with(token), request.form
    changes: dict[str, Any] = {
        "locale": form.get("locale", guest.person.locale),
        "zone": form.get("zone", guest.person.zone).strip(),
        "channels": _channels(form.getlist("channel")),
        "reminders": "reminders" in form,
        "tips": "tips" in form,
        "quiet_from": _time(form.get("quiet_from", ""), time(19)),
        "quiet_to": _time(form.get("quiet_to", ""), time(7)),
        "region": form.get("region", ""),
        "paused_from": _day(form.get("paused_from", "")),
        "paused_until": _day(form.get("paused_until", "")),
    }
    with app().store.transaction() as tx:
        if tx.person(guest.address) is None:
            tx.put_person(guest.person)
        change_person(tx, guest.address, now=guest.now, by=guest.address, **changes)
    return redirect(guest.url("settings?saved"), code=303)


def _channels(names: list[str]) -> tuple[Channel, ...]:
    known = {c.value: c for c in Channel}
    return tuple(known[name] for name in names if name in known)


def _time(text: str, usual: time) -> time:
    try:
        return time.fromisoformat(text) if text else usual
    except ValueError as err:
        raise InvalidInput(f"{text[:20]!r} is not a time: 19:00, please") from err


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as err:
        raise InvalidInput(f"{text[:20]!r} is not a day: 2026-06-12, please") from err


@bp.get("/talk/<series_id>/settings")
def talk_settings(token: str, series_id: str) -> ResponseReturnValue:
    """Show what holds for one 1:1."""
    meeting = meeting_of(guest_with(token), series_id, Right.SWITCH_SERIES)
    series, pair, guest = meeting.series, meeting.pair, meeting.guest
    with app().store.transaction() as tx:
        templates = all_templates(tx)
        own = series_settings(tx, series.series_id, pair.pair_id)
        settings = pair_settings(tx, pair.pair_id)
        choice = chosen(tx, series, pair, _number(tx.sheets(series.series_id)), guest.now)
        circle = circle_of(tx, series)
    titles = {t.id: text_for(t.title, guest.person.locale) for t in templates.values()}
    purposes = {t.id: text_for(t.purpose, guest.person.locale) for t in templates.values()}
    return show(
        "talk_settings.html",
        guest,
        meeting=meeting,
        titles=sorted(titles.items(), key=lambda item: item[1]),
        purpose=purposes[choice.template.id],
        now_title=titles[choice.template.id],
        template=own.template,
        settings=settings,
        exposure=circle.exposure if circle else settings.exposure,
        lowered=circle.lowered.value if circle and circle.lowered else "",
        pair_url=f"{app().links.root}/my/pair/{pair_name(pair)}",
        languages=_languages(series),
        topics=_unwanted(settings) if guest.address == pair.report else None,
        here="settings",
    )


def _number(sheets: Any) -> int:
    return max((sheet.number for sheet in sheets), default=1)


def _unwanted(settings: PairSettings) -> list[tuple[str, bool]]:
    return [(name, bool(topics & set(settings.unwanted))) for name, topics in ROTATION.items()]


def _languages(series: Series) -> list[tuple[str, bool]]:
    return [(name, series.locale == name) for name in ("", "de", "en")]
