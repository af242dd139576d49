"""A company's own rules: read, refused with their line, and under the common guards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.rules.company import read_rules
from core.rules.measures import SAMPLE, measures
from core.rules.seen import Seen
from core.rules.suggest import suggest
from core.rules.values import known
from tests.core.rules.labelled import NOW, history

GOOD = """version = 1

[[rule]]
id = "long-gap"
name.de = "Lange Lücke"
name.en = "A long gap"
when = "days_since_held > 10 && agreed_days <= 7 && talks.exists(t, t.held)"
to = "manager"
min_held = 1
text.de = "Das letzte Gespräch ist {days_since_held} Tage her. Passt bald eine Zeit?"
text.en = "The last talk was {days_since_held} days ago. Would a time soon fit?"
why.de = "Das letzte Gespräch war vor {days_since_held} Tagen."
why.en = "The last talk was {days_since_held} days ago."
source = "People team"
"""
QUIET = {"agreed": 7, "talks": "12 19"}


def test_a_rule_speaks_where_its_condition_holds() -> None:
    pair = history(QUIET, NOW)

    (said,) = suggest([pair], NOW, rules=[], own_rules=read_rules(GOOD))
    assert (said.rule_id, said.to) == ("C-long-gap", ("ben@example.com",))
    assert known(said.facts) == {"agreed_days": 7, "days_since_held": 12}


@pytest.mark.parametrize(
    "changes",
    [
        {"talks": "7 14"},
        {"talks": ""},
        {"mutes": "C-long-gap"},
        {"past": ["C-long-gap -20"]},
        {"leave": "-1 3"},
        {"mleave": "-1 3"},
        {"installed": -5},
        {"since": -10},
        {"past": ["R-02 -1 next"]},
        {"relation": "peer"},
        {"end": -1},
    ],
)
def test_the_common_guards_hold_for_it_too(changes: dict[str, object]) -> None:
    pair = history({**QUIET, **changes}, NOW)

    assert suggest([pair], NOW, rules=[], own_rules=read_rules(GOOD)) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("version = 1", "version = 2", 1, "version"),
        ("version = 1", "version 1", 1, "TOML"),
        ('id = "long-gap"', 'id = "Long Gap"', 4, "id"),
        ('to = "manager"', 'to = "hr"', 8, "to"),
        ("min_held = 1", "cooldown_days = 7", 9, "cooldown_days"),
        ("min_held = 1", "min_hold = 1", 9, "min_hold"),
        ("> 10", ">", 7, "cannot be read"),
        ("> 10", "> 'x'", 7, "worked out"),
        ("days_since_held > 10", "days_since_hold > 10", 7, "days_since_hold is not known"),
        ("talks.exists(t, t.held)", "talks.exists(t, t.kept)", 7, "kept is not known"),
        ("days_since_held > 10 &&", "matches(template, '(a+)+') &&", 7, "matches"),
        ("days_since_held > 10 && agreed_days <= 7 && ", "1 + ", 7, "worked out"),
        ("Passt bald eine Zeit?", "Das ist überfällig!", 10, "judges"),
        ("Would a time soon fit?", "You should meet.", 11, "should"),
        ("war vor {days_since_held}", "war vor {template}", 12, "template"),
        ("war vor {days_since_held}", "war vor {days_since_held", 12, "brace"),
        ('source = "People team"\n', "", 3, "source"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD

    with pytest.raises(InvalidInput, match=says) as caught:
        read_rules(text)
    assert f"line {line}" in str(caught.value)


def test_the_second_rule_of_a_file_has_its_own_lines() -> None:
    second = GOOD.partition("\n\n")[2].replace("long-gap", "other").replace("> 10", ">> 10")

    with pytest.raises(InvalidInput, match=r"line 20: when"):
        read_rules(GOOD + "\n" + second)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        read_rules(GOOD + GOOD.partition("\n\n")[2])


@pytest.mark.parametrize(
    "when",
    [
        "__import__('os').system('true')",
        "open('/etc/passwd')",
        "talks.map(a, talks.map(b, talks.map(c, c.held))).size() > 0",
        "(" * 200 + "true" + ")" * 200,
        "true" + " && true" * 100,
    ],
)
def test_a_condition_reaches_nothing_and_costs_little(when: str) -> None:
    with pytest.raises(InvalidInput):
        read_rules(GOOD.replace("days_since_held > 10 && agreed_days <= 7", when))


def test_what_cannot_be_worked_out_for_a_pair_says_nothing() -> None:
    rules = read_rules(GOOD.replace("days_since_held > 10", "10 / next_minutes < 1"))

    assert suggest([history({**QUIET, "next": ""}, NOW)], NOW, rules=[], own_rules=rules) == ()


def test_the_sample_has_what_the_measures_have() -> None:
    pair = history({**QUIET, "points": ["R point open x2", "M point"]}, NOW)
    found = measures(Seen(history=pair, team=(pair,), now=NOW))

    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in SAMPLE.items()}
    assert found["points_by_report"] == 1
    assert found["typical_gap_days"] == 7


def test_no_rules_are_no_error() -> None:
    assert read_rules("version = 1\n") == ()


def test_its_cooldown_is_at_least_four_weeks() -> None:
    (rule,) = read_rules(GOOD)

    assert rule.cooldown == timedelta(days=28)


def test_the_document_names_every_measure_and_its_example_can_be_read() -> None:
    text = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]

    assert [rule.rule_id for rule in read_rules(example)] == ["C-long-gap"]
    assert [name for name in SAMPLE if f"`{name}`" not in text] == []
