"""`vieraugen body explain`: what is read in a body, what is believed, and why."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.body import Body, BodyForm, explain, merge
from core.carry_over import blank_agenda
from core.errors import InvalidInput
from core.model.agenda import Agenda
from core.model.people import Pair, Person, normal_address, pair_id
from webhook_app.jobs.clock import utc_now


def run(args: Namespace) -> int:
    """Print the account of a file; `-` reads standard input."""
    body = _body(args.file, args.form)
    base = _body(args.base, args.form) if args.base else None
    people, copy_of = _people(args)
    _known_zone(args.zone)
    account = explain(
        body,
        base=base,
        agenda=_agenda(base or Body(), people, args) if people else None,
        people=people,
        copy_of=copy_of,
        now=utc_now(),
        zone=args.zone,
        locale=args.locale,
    )
    print(account)
    return 0


def _people(args: Namespace) -> tuple[tuple[Person, ...], Person | None]:
    """Return the two people, or none of them, and the one whose copy it is."""
    both = [_address(a) for a in (args.manager, args.report) if a]
    if len(both) == 1:
        raise InvalidInput("name both: --manager ADDRESS --report ADDRESS")
    if len(set(both)) < len(both):
        raise InvalidInput(f"{both[0]}: manager and report are two different people")
    people = tuple(Person(address=address) for address in both)
    if not args.copy_of:
        return people, None
    whose = _address(args.copy_of)
    copy_of = next((person for person in people if person.address == whose), None)
    if copy_of is None:
        raise InvalidInput(f"--copy-of {whose}: name that person with --manager or --report too")
    return people, copy_of


def _address(given: str) -> str:
    address = normal_address(given)
    if "@" not in address:
        raise InvalidInput(f"{given}: expected an e-mail address, such as anna@example.com")
    return address


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as err:
        raise InvalidInput(f"{name}: no time zone, such as Europe/Berlin") from err


def _agenda(base: Body, people: tuple[Person, ...], args: Namespace) -> Agenda:
    """Return what the base shows, in the two people's own sections."""
    manager, report = people
    pair = Pair(
        pair_id=pair_id(manager.address, report.address),
        manager=manager.address,
        report=report.address,
    )
    return merge(
        base_agenda=None,
        base_body=None,
        theirs=base,
        ours=blank_agenda(pair),
        copy_of=None,
        people=(manager, report),
        now=utc_now(),
        zone=args.zone,
        locale=args.locale,
    ).agenda


def _body(name: str, form: str | None) -> Body:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        content = raw.decode("utf-8-sig")  # editors on Windows put a mark in front
    except OSError as err:
        raise InvalidInput(f"{name}: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise InvalidInput(f"{name}: save it as UTF-8: byte {err.start} is none") from err
    looks_html = content.lstrip()[:1] == "<" or "<br" in content.lower()
    chosen = BodyForm(form) if form else BodyForm.HTML if looks_html else BodyForm.TEXT
    return Body(form=chosen, content=content)
