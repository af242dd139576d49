"""What a works council asks for, as data: what is kept and why, who sees it, rules, switches."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from core.content.texts import text_for
from core.model.switches import AGGREGATES, TEXT_RULES, SwitchEntry, broken_line, positions
from core.rules.rule import Rule
from core.service.access_request import RETENTION
from core.service.rule_book import RuleBook, rule_book
from core.store import Transaction

TWO: Final = "the two of the pair"
OWN: Final = "the person alone"
KEPT: Final[tuple[tuple[str, str, str], ...]] = (
    ("address, name, language, time zone", "to know who talks with whom", TWO),
    ("calendar events of 1:1s: times, participants, text", "to keep the agenda in them", TWO),
    ("talking points, notes and decisions that are shared", "the agenda and its history", TWO),
    ("confidential points", "shown after signing in; in no event, mail or card", TWO),
    ("private points and private notes", "one's own preparation", OWN),
    ("action items and their tasks", "to remind of promises, in the owner's own tool", TWO),
    ("whether a talk was held: ticks, edits, answers, what both say", "rules and history", TWO),
    ("suggestions, and what was answered to them", "to say nothing twice", "whom each is for"),
    ("whether a talk was useful, where the two turned it on", "to improve the talk", TWO),
    ("manager, first and last day, review day, department", "pairs and occasions", "no page"),
    ("days of a leave, never its reason", "to keep silent", TWO),
    ("who can read a calendar", "to offer to show less in the event", TWO),
    ("the log of switches, with who turned them", "to show what the company decided", "everybody"),
)
"""Kind of data, purpose, who sees it."""
NEVER: Final = (
    "recordings, transcripts, speaking time",
    "moods, scores or rankings of people",
    "words read by a model or sent to another company",
    "content shown to administrators",
)


def council_pack(tx: Transaction, now: datetime, locale: str) -> dict[str, Any]:
    """Return it; the same installation gives the same pack but for its date."""
    book, log = rule_book(tx), tx.nouns(SwitchEntry)
    turned = positions(log)
    return {
        "made_at": now.isoformat(),
        "data": [{"kind": k, "purpose": p, "seen_by": s} for k, p, s in KEPT],
        "never": list(NEVER),
        "retention": RETENTION,
        "switches": {
            "rules that read words": turned.get(TEXT_RULES, False),
            "figures of departments": turned.get(AGGREGATES, False),
            "log": [
                {"at": e.at.isoformat(), "by": e.by, "name": e.name, "on": e.on, "seal": e.seal}
                for e in log
            ],
            "log_is_whole": broken_line(log) is None,
        },
        "rules": [_rule(book, rule, locale) for rule in book.rules],
    }


def _rule(book: RuleBook, rule: Rule, locale: str) -> dict[str, Any]:
    return {
        "id": rule.rule_id,
        "name": text_for(rule.name, locale),
        "looks_at": text_for(rule.why, locale),
        "on": book.is_on(rule),
        "reads_words": rule.reads_text,
        "speaks_to": sorted(side.value for side in rule.audience),
        "held_talks_needed": rule.min_data,
        "days_of_silence": rule.cooldown.days,
        "days_back": rule.window.days if rule.window else None,
        "source": rule.source,
    }
