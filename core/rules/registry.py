"""All built-in rules, the pressing ones first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from core.rules import content, load, openness, points, rhythm, seasons
from core.rules.rule import Rule

ORDER = (
    *("R-22", "R-23", "R-26", "R-04", "R-27", "R-29", "R-01", "R-03", "R-06", "R-08"),
    *("R-18", "R-11", "R-05", "R-02", "R-12", "R-17", "R-16", "R-13", "R-07", "R-14"),
    *("R-15", "R-10", "R-09", "R-21", "R-20", "R-19", "R-28", "R-30", "R-24", "R-25"),
)
"""What cannot wait comes first: who reads along, then people, then habits."""


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the built-in rules in their order."""
    families = (rhythm, points, content, load, openness, seasons)
    found = {rule.rule_id: rule for family in families for rule in family.rules()}
    return tuple(found[rule_id] for rule_id in ORDER)


@cache
def by_id() -> Mapping[str, Rule]:
    """Return the built-in rules by id."""
    return MappingProxyType({str(rule.rule_id): rule for rule in built_in()})
