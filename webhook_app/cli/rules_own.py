"""`vieraugen rules try` and `keep`: a company's own rules, rehearsed before they speak."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from core.content.texts import text_for
from core.errors import InvalidInput
from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.company import read_rules
from core.rules.facts import History
from core.rules.rehearsal import rehearse
from core.rules.rule import Rule
from core.rules.speech import say
from core.service.rule_book import keep_own_rules, rule_book
from core.service.suggest import all_histories
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now


def _rehearse_at(args: Namespace, now: datetime) -> int:
    """Say what a file's rules would have said; write nothing."""
    rules = read_rules(_text(args.file))
    with opened(args) as app, app.store.transaction() as tx:
        teams = all_histories(tx, now)
        switches = rule_book(tx).switches
    since = now - timedelta(weeks=args.weeks)
    said = [
        s
        for team in teams
        for s in rehearse(team, rules, since=since, until=now, switches=switches)
    ]
    pairs = sum(len(team) for team in teams)
    show(args, _data(rules, said, pairs), _report(rules, said, teams, args))
    return 0


def rehearse_rules(args: Namespace) -> int:
    """Say what the rules of a file would have said in the past."""
    return _rehearse_at(args, utc_now())


def keep(args: Namespace) -> int:
    """Let a file's rules speak from now on, in place of earlier ones."""
    with opened(args) as app, app.store.transaction() as tx:
        rules = keep_own_rules(tx, _text(args.file), by=args.by, now=utc_now())
    ids = [str(rule.rule_id) for rule in rules]
    show(args, {"rules": ids}, f"{len(ids)} rules may speak: {', '.join(ids) or 'none'}")
    return 0


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise InvalidInput(f"{name} cannot be read: {type(err).__name__}") from err


def _data(rules: Sequence[Rule], said: Sequence[Suggestion], pairs: int) -> dict[str, object]:
    return {
        "pairs": pairs,
        "rules": {
            rule.rule_id: [
                {"pair": s.pair_id, "at": s.at.isoformat(), "to": s.to}
                for s in said
                if s.rule_id == rule.rule_id
            ]
            for rule in rules
        },
    }


def _report(
    rules: Sequence[Rule],
    said: Sequence[Suggestion],
    teams: Sequence[Sequence[History]],
    args: Namespace,
) -> str:
    pairs = {h.pair_id: h for team in teams for h in team}
    lines = [f"{len(pairs)} pairs, {args.weeks} weeks back. Nothing was kept or said."]
    for rule in rules:
        own = [s for s in said if s.rule_id == rule.rule_id]
        name = text_for(rule.name, args.locale)
        lines.append(f"{rule.rule_id} {name}: would have spoken {len(own)} times")
        for suggestion in own[:20]:
            side = Side.MANAGER if Side.MANAGER in rule.audience else Side.REPORT
            words = say(rule, suggestion, side, args.locale)
            lines.append(f"  {suggestion.at:%Y-%m-%d}  {suggestion.pair_id}: {words}")
        if len(own) > 20:
            lines.append(f"  ... and {len(own) - 20} more; --json shows all")
    return "\n".join(lines)
