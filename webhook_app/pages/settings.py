"""What one person has chosen for themselves, and for one 1:1."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.content.texts import LOCALES
from core.errors import InvalidInput
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, app, guest_with, meeting_of
from webhook_app.pages.times import zone_of


@bp.get("/settings")
def own_settings(token: str) -> ResponseReturnValue:
    """Show one's own settings."""
    guest = guest_with(token)
    return show("settings.html", guest, saved="saved" in request.args, here="me")


@bp.post("/settings")
def save_settings(token: str) -> ResponseReturnValue:
    """Keep one's own settings. Raise InvalidInput, naming what cannot be."""
    guest = guest_with(token)
    _save_person(guest)
    return redirect(guest.url("settings?saved"), code=303)


def _save_person(guest: Guest) -> None:
    locale = request.form.get("locale", guest.person.locale)
    zone = request.form.get("zone", guest.person.zone).strip()
    if locale not in LOCALES:
        raise InvalidInput(f"locale: {locale[:20]!r} is none of {', '.join(LOCALES)}")
    if zone != "UTC" and zone_of(zone).key == "UTC":
        raise InvalidInput(f"zone: {zone[:60]!r} is no time zone; try Europe/Berlin")
    with app().store.transaction() as tx:
        person = tx.person(guest.address) or guest.person
        tx.put_person(replace(person, locale=locale, zone=zone))


@bp.get("/talk/<series_id>/settings")
def talk_settings(token: str, series_id: str) -> ResponseReturnValue:
    """Show what holds for one 1:1."""
    guest = guest_with(token)
    meeting = meeting_of(guest, series_id, Right.SWITCH_SERIES)
    return show("talk_settings.html", guest, meeting=meeting, here="settings")
