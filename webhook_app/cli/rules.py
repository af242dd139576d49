"""`vieraugen rules …`: what the rules offer, why, and what is silent."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime, time
from typing import Any

from core.content.texts import text_for
from core.errors import InvalidInput
from core.model.people import normal_address, pair_id
from core.model.suggestions import RuleId, SuggestionId, TapKind
from core.service.authorship import authorship
from core.service.held_talks import last_held, rhythm_of
from core.service.meetings import say
from core.service.rule_book import rule_book, turn
from core.service.suggest import (
    mute_rule,
    suggestions_for,
    take,
    unmute_rule,
    why,
)
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now


def show_all(args: Namespace) -> int:
    """Show every rule: whom it speaks to, whether it may, and what it rests on."""
    with opened(args) as app, app.store.transaction() as tx:
        book = rule_book(tx)
    rules = [
        {
            "rule": rule.rule_id,
            "on": book.is_on(rule),
            "name": text_for(rule.name, args.locale),
            "to": sorted(side.value for side in rule.audience),
            "channel": rule.channel.value,
            "reads_words": rule.reads_text,
            "held_talks_needed": rule.min_data,
            "cooldown_days": rule.cooldown.days,
            "evidence": text_for(rule.evidence, args.locale),
            "source": rule.source,
        }
        for rule in book.rules
    ]
    lines = [_line(rule) for rule in rules]
    if book.trouble:
        lines.append(f"\nThe company's own rules are silent: {book.trouble}")
    lines.append("\n* reads words; off until `vieraugen rules switch text_rules on`.")
    show(args, {"rules": rules, "trouble": book.trouble}, "\n".join(lines))
    return 0


def _line(rule: dict[str, Any]) -> str:
    state = "on " if rule["on"] else "off"
    star = "*" if rule["reads_words"] else " "
    to = "both" if len(rule["to"]) == 2 else rule["to"][0]
    return f"{rule['rule']:6}{star} {state}  {to:8} {rule['name']} ({rule['source']})"


def show_person(args: Namespace) -> int:
    """Show what is offered to a person in each of their pairs, and when they last talked."""
    person, now = normal_address(args.person), utc_now()
    with opened(args) as app:
        with app.store.transaction() as tx:
            pairs = [pair for pair in tx.pairs() if person in pair.addresses]
            days = {pair.pair_id: last_held(tx, pair, now) for pair in pairs}
            shares = {p.pair_id: authorship(tx, p.pair_id, reader=person) for p in pairs}
            rhythms = {pair.pair_id: rhythm_of(tx, pair, now) for pair in pairs}
        found = [
            {
                "pair": pair.pair_id,
                "with": pair.other(person),
                "days_since_held": days[pair.pair_id],
                "rhythm": rhythms[pair.pair_id],
                "points_of_report_in_100": shares[pair.pair_id].share_of_report,
                "suggestions": [
                    {"id": s.suggestion_id, "rule": s.rule_id, "text": s.text, "step": s.step}
                    for s in suggestions_for(app.services, pair.pair_id, person, now)
                ],
            }
            for pair in pairs
        ]
    lines: list[str] = []
    for pair_found in found:
        ago = pair_found["days_since_held"]
        held = "no talk yet" if ago is None else f"last talk {ago} days ago"
        lines.append(f"With {pair_found['with']}: {held}")
        said = pair_found["suggestions"]
        assert isinstance(said, list)
        lines += [f"  {s['id']}  {s['rule']}  {s['text']}" for s in said]
        lines += [] if said else ["  nothing to suggest"]
    show(args, {"pairs": found}, "\n".join(lines) or "No pairs yet: run `vieraugen sync`.")
    return 0


def show_why(args: Namespace) -> int:
    """Say what a suggestion rests on: the data that was used, the evidence, who sees it."""
    with opened(args) as app:
        reason = why(app.services, SuggestionId(args.suggestion), normal_address(args.by))
    data = {
        "rule": reason.rule_id,
        "name": reason.name,
        "text": reason.text,
        "source": reason.source,
        "data": dict(reason.facts),
        "seen_by": reason.audience,
    }
    used = ", ".join(f"{name} = {value}" for name, value in reason.facts) or "none"
    lines = [f"{reason.rule_id} {reason.name}", reason.text, f"Data: {used}"]
    show(args, data, "\n".join([*lines, f"Seen by: {', '.join(reason.audience)}"]))
    return 0


def take_up(args: Namespace) -> int:
    """Note that somebody takes a suggestion up."""
    by = normal_address(args.by)
    with opened(args) as app:
        taken = take(app.services, SuggestionId(args.suggestion), by=by, now=utc_now())
    show(args, {"id": args.suggestion, "state": taken.state.value}, "Noted.")
    return 0


def mute(args: Namespace) -> int:
    """Silence a rule for a pair."""
    person, pair = normal_address(args.person), pair_id(args.person, args.other)
    with opened(args) as app:
        mute_rule(app.services, pair, RuleId(args.rule), by=person, now=utc_now())
    show(args, {"rule": args.rule, "pair": pair, "muted": True}, f"{args.rule} is silent there.")
    return 0


def unmute(args: Namespace) -> int:
    """Let a rule speak to a pair again."""
    person, pair = normal_address(args.person), pair_id(args.person, args.other)
    with opened(args) as app:
        unmute_rule(app.services, pair, RuleId(args.rule), by=person)
    show(args, {"rule": args.rule, "pair": pair, "muted": False}, f"{args.rule} may speak again.")
    return 0


def switch(args: Namespace) -> int:
    """Turn a rule, or all that read words, on or off for everybody; the log keeps it."""
    with opened(args) as app, app.store.transaction() as tx:
        entry = turn(tx, args.name, args.turn == "on", by=args.by, now=utc_now())
    data = {"number": entry.number, "name": entry.name, "on": entry.on, "seal": entry.seal}
    show(args, data, f"{entry.name} is {args.turn}. Line {entry.number}, seal {entry.seal}")
    return 0


def talked(args: Namespace) -> int:
    """Keep one person's word that the two talked, or that a meeting did not take place."""
    kind = TapKind.NOT_HELD if args.no else TapKind.TALKED
    person, pair = normal_address(args.person), pair_id(args.person, args.other)
    with opened(args) as app:
        tap = say(app.services, pair, kind, on=_moment(args.on), by=person)
    done = "Noted." if args.no else "Noted; it counts when the other one says so too."
    show(args, {"pair": pair, "kind": kind.value, "on": tap.on.isoformat()}, done)
    return 0


def _moment(day: str | None) -> datetime:
    if day is None:
        return utc_now()
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time(12), UTC)
    except ValueError as err:
        raise InvalidInput(f"{day!r} is no day such as 2026-03-31") from err
