"""`vieraugen export` and `vieraugen erase`: what we hold about somebody, out or away."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from core.errors import InvalidInput, NotFound
from core.model.people import normal_address, pair_id
from core.model.series import ConnectionId
from core.readable import as_html
from core.service.access_request import pair_export, person_export
from core.service.erasure import Erasure, ask_for_erasure
from core.service.erasure import erase as erase_person
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


def export(args: Namespace) -> int:
    """Write a person's data, or what one of a pair may take along, as JSON and as a page."""
    who = normal_address(args.person)
    with opened(args) as app, app.store.transaction() as tx:
        if args.other:
            pair = tx.pair(pair_id(who, args.other))
            if pair is None:
                raise NotFound("no 1:1 of these two people is known")
            data, title = pair_export(tx, pair, who), f"{who} + {normal_address(args.other)}"
        else:
            data, title = person_export(tx, who, utc_now()), who
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not args.to:
        print(text)
        return 0
    folder = Path(args.to)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "data.json").write_text(text + "\n", encoding="utf-8")
        (folder / "data.html").write_text(as_html(data, title, args.locale), encoding="utf-8")
    except OSError as err:
        raise InvalidInput(f"--to {args.to}: {err.strerror}") from err
    print(f"Written: {folder / 'data.json'} and {folder / 'data.html'}")
    return 0


def erase(args: Namespace) -> int:
    """Ask for an erasure, carry it out as the second person, or only say what would go."""
    now, who = utc_now(), normal_address(args.person)
    if not args.dry_run and not args.by:
        raise InvalidInput("--by says who asks; a second person's --by carries it out")
    with opened(args) as app:
        if args.dry_run:
            done = erase_person(app.services, who, by=None, now=now, dry_run=True)
        else:
            with app.store.transaction() as tx:
                asked = ask_for_erasure(tx, who, by=args.by, now=now)
            if asked.asked_by == normal_address(args.by):
                text = "Asked. A second person carries it out with the same command and their --by."
                show(args, {"person": who, "asked_by": asked.asked_by}, text)
                return 0
            done = erase_person(app.services, who, by=args.by, now=now)
            _forget_secrets(app, who)
    show(args, _data(done), _lines(done))
    return 0


def _forget_secrets(app: App, who: str) -> None:
    with app.store.transaction() as tx:
        for connection in tx.connections():
            if connection.person == who:
                tx.put_secret(ConnectionId(connection.connection_id), "")


def _data(done: Erasure) -> dict[str, object]:
    return {
        "person": done.person,
        "dry_run": done.dry_run,
        "erased": done.done,
        "residuals": done.residuals,
    }


def _lines(done: Erasure) -> str:
    head = "Would erase, and has changed nothing:" if done.dry_run else "Erased:"
    lines = [head, *(f"  {n:5} {what}" for what, n in sorted(done.done.items()))]
    if not done.done:
        lines.append("  nothing is left to erase")
    return "\n".join([*lines, "What stays, and why:", *(f"  {r}" for r in done.residuals)])
