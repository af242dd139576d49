"""`vieraugen simulate`: a made-up company in simulated time, and what the rules would say to it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from core.content.texts import text_for
from core.errors import InvalidInput
from core.rules.registry import by_id
from webhook_app.cli.opening import show
from webhook_app.simulation.page import page_of
from webhook_app.simulation.play import play
from webhook_app.simulation.sums import Sums, sums_of


def run(args: Namespace) -> int:
    """Play, print the numbers, and draw them where asked. Touches no data folder."""
    if not (1 <= args.pairs <= 2000 and 1 <= args.weeks <= 104):
        raise InvalidInput("between 1 and 2000 pairs, and between 1 and 104 weeks")
    if args.bodies < 0:
        raise InvalidInput("--bodies is the number of pairs that get calendars: 0 or more")
    target = Path(args.html) if args.html else None
    if target is not None and not target.parent.is_dir():
        raise InvalidInput(f"there is no folder {target.parent} to write {target.name} into")
    tell = None if args.json else _progress(args.weeks)
    played = play(args.pairs, args.weeks, bodies=args.bodies, tell=tell)
    sums = sums_of(played)
    if target is not None:
        try:
            target.write_text(page_of(played, args.locale), encoding="utf-8")
        except OSError as err:
            raise InvalidInput(f"{target} cannot be written: {err.strerror}") from err
    show(args, asdict(sums), _report(sums, args.locale, target))
    return 0


def _progress(weeks: int) -> Callable[[int], None]:
    """Return what tells the weeks on one line of a terminal."""

    def tell(week: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if week + 1 == weeks else ""
            print(f"\rweek {week + 1} of {weeks}", end=end, file=sys.stderr, flush=True)

    return tell


def _report(sums: Sums, locale: str, target: Path | None) -> str:
    first = (
        f"{sums.pairs} pairs, {sums.weeks} weeks: {sums.said} suggestions, "
        f"{sums.a_pair_a_month:.2f} a pair and month; {sums.silent_pairs} pairs heard nothing; "
        f"{sums.false} without a reason."
    )
    second = (
        f"{sum(sums.meetings.values())} meetings; at most {sums.most_to_a_manager_in_a_week} "
        "suggestions to a manager in a week."
    )
    third = (
        f"{sums.with_bodies} pairs had calendars (--bodies): {sums.bodies_written} writes, "
        f"{sums.actions_run} actions. The others were planned for."
    )
    lines = [first, second, third]
    for rule in sums.rules:
        if rule.said:
            name = text_for(by_id()[rule.rule_id].name, locale)
            wrong = f", {rule.false} without a reason" if rule.false else ""
            lines.append(f"  {rule.rule_id} {rule.said:4}  {name}{wrong}")
    if target is not None:
        lines.append(f"Drawn in {target}")
    return "\n".join(lines)
