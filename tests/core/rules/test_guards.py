"""Each guard is needed: without it a history that must stay silent would be spoken to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.rules import guards
from core.rules import suggest as suggesting
from core.rules.facts import Switches
from core.rules.registry import by_id
from core.rules.rule import Guard, never
from core.rules.seen import Seen
from core.rules.suggest import suggest
from tests.core.rules.labelled import NOW, Labelled, history, labelled

EVERYTHING = Switches(on=frozenset(by_id()), text_rules=True)
GUARDED = [case for case in labelled() if case.guard]
EMPTY = {"next": "+1"}
"""An empty agenda the day before: R-06 speaks."""


@pytest.mark.parametrize("case", GUARDED, ids=lambda case: case.name)
def test_without_its_own_guard_the_rule_would_speak(case: Labelled) -> None:
    rule = by_id()[case.rule_id]
    team = (case.history, *case.others)

    def spoken(used: object) -> bool:
        found = suggest(team, case.now, switches=EVERYTHING, rules=[used])  # type: ignore[list-item]
        return any(s.pair_id == case.history.pair_id for s in found)

    assert not spoken(rule)
    assert spoken(replace(rule, false_positive=never))


def test_every_rule_with_a_guard_has_a_history_for_it() -> None:
    with_guard = {r.rule_id for r in by_id().values() if r.false_positive is not never}

    assert {case.rule_id for case in GUARDED} == with_guard


def _always(value: object) -> Callable[..., object]:
    return lambda *_, **__: value


COMMON = {
    "installed a week ago": ({"installed": -7}, Seen, "is_quiet", property(_always(False))),
    "the manager is on leave": ({"mleave": "-3 3"}, Seen, "is_quiet", property(_always(False))),
    "somebody has left": ({"end": -2}, Seen, "is_quiet", property(_always(False))),
    "the report is on leave": (
        {"leave": "-3 3"},
        Seen,
        "is_report_away",
        property(_always(False)),
    ),
    "a new manager": ({"since": -5}, Seen, "is_new_manager", property(_always(False))),
    "a public holiday": ({"holidays": [0]}, Seen, "on_holiday", property(_always(frozenset()))),
    "the pair had its word": (
        {"past": ["R-02 -1 next"]},
        suggesting,
        "had_one",
        _always(False),
    ),
    "spoken to last week": ({"past": ["R-06 -8"]}, guards, "is_cooling_down", _always(False)),
    "three people": ({"humans": 3, "paused": True}, guards, "is_quiet_time", _always(False)),
}


@pytest.mark.parametrize("name", COMMON)
def test_g1_and_g2_without_the_guard_the_rule_would_speak(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, where, what, open_gate = COMMON[name]
    given = dict(changes)
    paused = bool(given.pop("paused", False))
    pair = replace(history({**EMPTY, **given}, NOW), paused=paused)
    rule = by_id()["R-06"]

    assert suggest([pair], NOW, rules=[rule]) == ()
    monkeypatch.setattr(where, what, open_gate)
    assert suggest([pair], NOW, rules=[rule])


def test_g2_without_the_weekly_limit_a_manager_would_hear_a_third(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = by_id()["R-08"]
    team = [history({"pair": f"ben+p{n}", "points": ["R point *9"]}, NOW) for n in range(3)]

    assert len(suggest(team, NOW, rules=[rule])) == 2
    monkeypatch.setattr(suggesting, "left_this_week", _always(99))
    assert len(suggest(team, NOW, rules=[rule])) == 3


def test_g2_and_g5_muted_switched_off_or_without_data() -> None:
    rule, pair = by_id()["R-06"], history(EMPTY, NOW)

    assert suggest([pair], NOW, rules=[rule])
    assert suggest([replace(pair, mutes=frozenset({"R-06"}))], NOW, rules=[rule]) == ()
    assert suggest([pair], NOW, rules=[rule], switches=Switches(off=frozenset({"R-06"}))) == ()
    assert suggest([pair], NOW, rules=[replace(rule, min_data=1)]) == ()
    assert suggest([pair], NOW, rules=[replace(rule, reads_text=True)]) == ()
    assert suggest([pair], NOW, rules=[replace(rule, on=False)]) == ()


def test_g1_exempt_rules_speak_to_a_new_pair_and_of_a_leave() -> None:
    new = {"since": 1, "start": 1, "next": "", "series": False}
    away = {"leave": "-60 5"}

    assert suggest([history(new, NOW)], NOW, rules=[by_id()["R-04"]])
    assert suggest([history(away, NOW)], NOW, rules=[by_id()["R-27"]])
    strict = replace(by_id()["R-27"], exempt=frozenset({Guard.NEW_MANAGER}))
    assert suggest([history(away, NOW)], NOW, rules=[strict]) == ()


def test_the_cooldown_ends_on_its_day() -> None:
    rule = by_id()["R-06"]
    past = history({**EMPTY, "past": ["R-06 -28"]}, NOW)

    assert suggest([past], NOW, rules=[rule])
    assert suggest([past], NOW - timedelta(hours=1), rules=[rule]) == ()
