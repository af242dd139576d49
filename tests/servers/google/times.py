"""Times as the Calendar API writes them: an instant with its zone, or a bare date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .answers import Json, invalid

Moment = datetime | date
"""A date stands for a whole day."""


def zone_named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as err:
        raise invalid(f"Invalid time zone definition: {name}") from err


def parse_instant(text: str) -> datetime:
    """RFC 3339 with its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise invalid(f"Invalid time value: {text}") from err
    if moment.utcoffset() is None:
        raise invalid(f"Missing time zone offset: {text}")
    return moment.astimezone(UTC)


def parse_moment(value: Json, calendar_zone: str) -> Moment:
    """What an EventDateTime says: a date, or an instant in UTC."""
    if "date" in value:
        return _parse_date(value["date"])
    try:
        moment = datetime.fromisoformat(value["dateTime"])
    except (KeyError, ValueError) as err:
        raise invalid("Invalid start or end time.") from err
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=zone_named(value.get("timeZone", calendar_zone)))
    return moment.astimezone(UTC)


def _parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as err:
        raise invalid(f"Invalid date: {text}") from err


def as_instant(moment: Moment, zone: str) -> datetime:
    """Where a whole day begins in a zone."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), ZoneInfo(zone)).astimezone(UTC)


def event_time(moment: Moment, own_zone: str) -> Json:
    """The EventDateTime of a moment, its offset in the event's own zone."""
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    local = moment.astimezone(ZoneInfo(own_zone))
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": own_zone}


def shown_in(value: Json, zone: str) -> Json:
    """The same time with the offset of the calendar that shows it."""
    moment = parse_moment(value, zone)
    if not isinstance(moment, datetime):
        return value
    local = moment.astimezone(zone_named(zone))
    return value | {"dateTime": local.isoformat(timespec="seconds")}


def stamp_text(microseconds: int) -> str:
    """RFC 3339 with milliseconds, as in `updated`."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
