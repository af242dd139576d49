"""Which rules there are and which of them may speak: the company's switches and own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import InvalidInput
from core.model.actions import Happening
from core.model.suggestions import RuleId
from core.model.switches import (
    AGGREGATES,
    TEXT_RULES,
    CompanyRules,
    SwitchEntry,
    next_entry,
    positions,
)
from core.rules.company import read_rules
from core.rules.facts import Switches
from core.rules.guards import is_on
from core.rules.registry import built_in, by_id
from core.rules.rule import Rule
from core.service.coverage import forget
from core.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All rules of an installation, and how its switches stand."""

    own: tuple[Rule, ...]
    switches: Switches
    trouble: str = ""
    """Why the company's own rules, once kept, cannot be read by this version; ours speak on."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Built-in rules by id, then the company's own."""
        return (*sorted(built_in(), key=lambda rule: rule.rule_id), *self.own)

    def find(self, rule_id: str) -> Rule | None:
        """Return a rule."""
        return by_id().get(rule_id) or next((r for r in self.own if r.rule_id == rule_id), None)

    def is_on(self, rule: Rule) -> bool:
        """Tell whether the company lets a rule speak."""
        return is_on(rule, self.switches)


def rule_book(tx: Transaction) -> RuleBook:
    """Return the rules of this installation."""
    kept, switches = tx.noun(CompanyRules, "company"), switches_of(tx.nouns(SwitchEntry))
    try:
        own = read_rules(kept.text) if kept else ()
    except InvalidInput as err:
        return RuleBook(own=(), switches=switches, trouble=str(err))
    return RuleBook(own=own, switches=switches)


def switches_of(log: Sequence[SwitchEntry]) -> Switches:
    """Return how the switches stand; a fresh installation reads no words."""
    turned = positions(log)
    rules = {name: on for name, on in turned.items() if name not in (TEXT_RULES, AGGREGATES)}
    return Switches(
        off=frozenset(name for name, on in rules.items() if not on),
        on=frozenset(name for name, on in rules.items() if on),
        text_rules=turned.get(TEXT_RULES, False),
    )


def turn(tx: Transaction, name: str, on: bool, *, by: str, now: datetime) -> SwitchEntry:
    """Turn a switch for the whole company; the log keeps who did it. Raise InvalidInput.

    `name` is a rule's id, `text_rules` for all rules that read words, or `aggregates` for figures
    of departments. Off forgets the figures that were made.
    """
    if name not in (TEXT_RULES, AGGREGATES) and rule_book(tx).find(RuleId(name)) is None:
        raise InvalidInput(f"no rule {name}: `vieraugen rules list` shows them")
    if not by.strip():
        raise InvalidInput("say who turns the switch: the log keeps it")
    log = tx.nouns(SwitchEntry)
    entry = next_entry(log, name=name, on=on, by=by.strip(), now=now)
    tx.put_noun(entry)
    if name == AGGREGATES and not on:
        forget(tx)
    tx.record(Happening(at=now, name="switch.turned", subject=name, by=by))
    return entry


def keep_own_rules(tx: Transaction, text: str, *, by: str, now: datetime) -> tuple[Rule, ...]:
    """Check the company's own rules and keep them in place of the earlier ones.

    Raise InvalidInput, naming the line, where something is wrong with them.
    """
    rules = read_rules(text)
    tx.put_noun(CompanyRules(text=text, by=by, at=now))
    tx.record(Happening(at=now, name="rules.changed", subject="company", count=len(rules), by=by))
    return rules
