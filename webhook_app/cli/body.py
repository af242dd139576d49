"""`vieraugen body explain`: what is read in a body, what is believed, and why."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

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
    people = tuple(Person(address=normal_address(a)) for a in (args.manager, args.report) if a)
    copy_of = next((p for p in people if p.address == normal_address(args.copy_of or "")), None)
    account = explain(
        body,
        base=base,
        agenda=_agenda(base or Body(), people, args) if len(people) == 2 else None,
        people=people if len(people) == 2 else (),
        copy_of=copy_of,
        now=utc_now(),
        zone=args.zone,
        locale=args.locale,
    )
    print(account)
    return 0


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
        content = sys.stdin.read() if name == "-" else Path(name).read_bytes().decode()
    except OSError as err:
        raise InvalidInput(f"{name}: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise InvalidInput(f"{name}: save it as UTF-8: byte {err.start} is none") from err
    looks_html = "<" in content and content.lstrip()[:1] == "<"
    chosen = BodyForm(form) if form else BodyForm.HTML if looks_html else BodyForm.TEXT
    return Body(form=chosen, content=content)
