"""`vieraugen person …`, `pair …`, `company …`: what people, pairs and the company chose."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date, time
from typing import Any

from core.errors import InvalidInput, NotFound
from core.model.people import Pair, Person, normal_address, pair_id
from core.model.series import SeriesId
from core.model.settings import Bond, Channel, PairSettings, PersonSettings
from core.pairs import with_manager
from core.service.known_people import set_group
from core.service.pair_choices import choose
from core.service.settings import (
    change_company,
    change_person,
    pair_settings,
    person_settings,
    set_language,
)
from core.service.shapes import known_template
from core.store import Transaction
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def show_person(args: Namespace) -> int:
    """Print somebody's settings."""
    with opened(args) as app, app.store.transaction() as tx:
        person = tx.person(normal_address(args.person))
        if person is None:
            raise NotFound(f"nobody here is called {args.person}")
        _print_person(args, person, person_settings(tx, person.address))
    return 0


def set_person(args: Namespace) -> int:
    """Change somebody's settings."""
    now = utc_now()
    changes: dict[str, Any] = {
        name: value
        for name in ("name", "locale", "zone", "region", "contact_days")
        if (value := getattr(args, name)) is not None
    }
    changes |= {
        name: getattr(args, name) == "on"
        for name in ("reminders", "tips", "wide_span")
        if getattr(args, name)
    }
    if args.assistant:
        named = (normal_address(a) for a in args.assistant if a != "none")
        changes["assistants"] = tuple(sorted(set(named)))
    if args.buffer is not None:
        changes["buffer_minutes"] = args.buffer
    if args.channel:
        changes["channels"] = tuple(Channel(c) for c in args.channel if c != "none")
    if args.work:
        changes["work_from"], changes["work_to"] = _hours("--work", args.work)
    if args.work_days is not None:
        changes["work_days"] = _days(args.work_days)
    if args.quiet:
        none = (time(0), time(0))
        span = none if args.quiet == "none" else _hours("--quiet", args.quiet)
        changes["quiet_from"], changes["quiet_to"] = span
    if args.day_off:
        changes["days_off"] = tuple(sorted({day_of("--day-off", d) for d in args.day_off}))
    if args.paused_until:
        begins = day_of("--paused-from", args.paused_from) if args.paused_from else now.date()
        open_end = args.paused_until == "open"
        changes["paused_from"] = begins
        changes["paused_until"] = None if open_end else day_of("--paused-until", args.paused_until)
    if args.back:
        changes |= {"paused_from": None, "paused_until": None, "contact_days": 0}
        changes["back_on"] = now.date()
    with opened(args) as app, app.store.transaction() as tx:
        person, settings = change_person(tx, args.person, now=now, **changes)
    _print_person(args, person, settings)
    return 0


def _print_person(args: Namespace, person: Person, settings: PersonSettings) -> None:
    data = {"name": person.name, "locale": person.locale, "zone": person.zone, **plain(settings)}
    show(args, data, _lines(data))


def show_pair(args: Namespace) -> int:
    """Print a pair's settings."""
    with opened(args) as app, app.store.transaction() as tx:
        pair = _known(tx, args)
        _print_pair(args, pair, pair_settings(tx, pair.pair_id))
    return 0


def set_pair(args: Namespace) -> int:
    """Say who manages whom, and what the two have chosen."""
    manager = normal_address(args.manager)
    changes: dict[str, Any] = {
        name: getattr(args, name) == "on"
        for name in ("remote", "free_talk", "pulse", "left_alone", "third_allowed", "reviews")
        if getattr(args, name)
    }
    changes |= {
        name: tuple(each for each in given if each != "none")
        for name in ("unwanted", "waiting", "said_done")
        if (given := getattr(args, name))
    }
    if args.agreed_days is not None:
        changes["agreed_days"] = args.agreed_days or None
    if args.bond:
        changes["bond"] = Bond(args.bond)
    if args.exposure:
        changes["exposure"] = args.exposure
    if args.address:
        changes["formal"] = {"du": False, "sie": True, "own": None}[args.address]
    if args.template is not None:
        changes["template"] = args.template
    if args.project_until:
        changes["project_until"] = day_of("--project-until", args.project_until)
    with opened(args) as app, app.store.transaction() as tx:
        pair = with_manager(_known(tx, args), manager)
        tx.put_pair(pair)
        if args.template:
            known_template(tx, args.template)
        settings = pair_settings(tx, pair.pair_id)
        if changes:
            settings = choose(tx, pair, now=utc_now(), **changes)
    if changes or args.json:
        _print_pair(args, pair, settings)
    else:
        print(f"{manager} manages {pair.report}.")
    return 0


def _known(tx: Transaction, args: Namespace) -> Pair:
    pair = tx.pair(pair_id(args.manager, args.report))
    if pair is None:
        raise NotFound("no 1:1 of these two people is known: run `vieraugen sync` first")
    return pair


def _print_pair(args: Namespace, pair: Pair, settings: PairSettings) -> None:
    data = {"manager": pair.manager, "report": pair.report, **plain(settings)}
    show(args, data, _lines(data))


def set_company(args: Namespace) -> int:
    """Set what holds for everybody."""
    changes: dict[str, Any] = {
        name: value for name in ("template", "region") if (value := getattr(args, name)) is not None
    }
    if args.domain:
        changes["domains"] = tuple(sorted({d.lower() for d in args.domain if d != "none"}))
    if args.cycle:
        begins, _, ends = args.cycle.partition("/")
        changes["cycle_from"], changes["cycle_to"] = (
            day_of("--cycle", begins),
            day_of("--cycle", ends),
        )
    with opened(args) as app, app.store.transaction() as tx:
        if args.template:
            known_template(tx, args.template)
        settings = change_company(tx, now=utc_now(), **changes)
    data = plain(settings)
    show(args, data, _lines(data))
    return 0


def language(args: Namespace) -> int:
    """Say in which language a series' block is headed."""
    locale = "" if args.locale == "own" else args.locale
    with opened(args) as app, app.store.transaction() as tx:
        set_language(tx, SeriesId(args.series), locale, now=utc_now())
    show(args, {"series": args.series, "locale": locale}, f"{args.series}: {locale or 'own'}")
    return 0


def plain(value: Any) -> dict[str, Any]:
    """Return a value's fields as JSON takes them."""
    return {name: _plain(field) for name, field in asdict(value).items()}


def _plain(value: object) -> object:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value


def _lines(data: dict[str, Any]) -> str:
    def words(value: object) -> str:
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "-"
        return str(value) if value not in (None, "") else "-"

    return "\n".join(f"{name:14} {words(value)}" for name, value in data.items())


def day_of(option: str, text: str) -> date:
    """Return a day. Raise InvalidInput, naming the option."""
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise InvalidInput(f"{option} {text}: a day looks like 2026-03-31") from err


def _hours(option: str, text: str) -> tuple[time, time]:
    try:
        begins, ends = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as err:
        raise InvalidInput(f"{option} {text}: hours look like 09:00-17:00") from err
    return begins, ends


def _days(text: str) -> tuple[int, ...]:
    names = [part.strip().lower()[:2] for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in DAYS]
    if unknown:
        raise InvalidInput(f"--work-days {text}: days are {','.join(DAYS)}")
    return tuple(sorted({DAYS.index(name) for name in names}))


def group(args: Namespace) -> int:
    """Say who is in a mailing group: an event that invites it may be a 1:1."""
    with opened(args) as app, app.store.transaction() as tx:
        known = set_group(tx, args.group, args.member)
    members = ", ".join(known.members) or "nobody knows any more"
    data = {"group": known.address, "members": list(known.members)}
    show(args, data, f"{known.address}: {members}. Events read from now on count them.")
    return 0
