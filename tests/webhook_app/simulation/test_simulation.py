"""A made-up company through the engine's own services: what is said, to whom, and how rarely."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.model.meetings import MeetingState
from webhook_app.cli.main import main
from webhook_app.simulation.behaviours import PORTRAITS, Behaviour, cast
from webhook_app.simulation.company import company
from webhook_app.simulation.drawing import drawn_pairs
from webhook_app.simulation.page import page_of
from webhook_app.simulation.play import Play, Played, play, play_with
from webhook_app.simulation.sums import sums_of

pytestmark = pytest.mark.slow
B = Behaviour
EVENTFUL = (B.DRIFTING, B.COLLIDING, B.ON_LEAVE, B.STUCK, B.THIRD, B.ELSEWHERE)
"""Behaviours in which talks are cancelled, moved or not seen, and points stay."""


@pytest.fixture(scope="module")
def played() -> Play:
    """Fourteen pairs over seven weeks."""
    return play(14, 7)


def test_pairs_without_calendars_hear_the_same() -> None:
    everybody = company(50, weeks=13)
    chosen = tuple(next(c for c in everybody if c.behaviour is b) for b in EVENTFUL)
    drawn = play_with(chosen, 13, bodies=len(chosen))
    outlined = play_with(chosen, 13, bodies=0)

    assert len(drawn.said) > 10
    assert not any(p.with_bodies for p in outlined.pairs)
    for one, other in zip(drawn.pairs, outlined.pairs, strict=True):
        assert _heard(one) == _heard(other)
        assert _talks(one) == _talks(other)


def test_whole_teams_get_calendars_and_all_are_planned_for() -> None:
    some = play(12, 6, bodies=4)

    drawn = {p.couple.manager for p in some.pairs if p.with_bodies}
    others = {p.couple.manager for p in some.pairs if not p.with_bodies}
    assert len(drawn) == 1
    assert drawn.isdisjoint(others)
    assert any(p.said for p in some.pairs if not p.with_bodies)


def test_a_big_company_is_drawn_in_part() -> None:
    big = play(200, 5, bodies=0)

    assert [p.couple.number for p in big.pairs] == list(range(200))
    assert {p.couple.behaviour for p in drawn_pairs(big)} == set(PORTRAITS)
    assert "60 of the 200 pairs" in page_of(big, "en")


def _heard(pair: Played) -> list[tuple[object, ...]]:
    return [(s.at, s.rule_id, s.meeting, s.to, s.variant) for s in pair.said]


def _talks(pair: Played) -> list[tuple[object, ...]]:
    return [(m.start, m.moved_on_the_day, verdict.state) for m, verdict in pair.meetings]


def test_pairs_that_go_well_hear_nothing(played: Play) -> None:
    regular = [p for p in played.pairs if p.couple.behaviour is Behaviour.REGULAR]

    assert len(regular) >= 4
    assert [s.rule_id for p in regular for s in p.said] == []


@pytest.mark.capability("F-40")
def test_what_is_said_has_a_reason_in_how_the_two_behave(played: Play) -> None:
    sums = sums_of(played)

    assert sums.said > 5
    assert [(s.rule_id, p.couple.behaviour) for p in played.pairs for s in p.false_alarms] == []


def test_nobody_hears_much(played: Play) -> None:
    sums = sums_of(played)

    assert sums.a_pair_a_month <= 2
    assert sums.most_to_a_manager_in_a_week <= 2
    assert played.said[0].at.date() >= played.began.date().replace(day=19)


def test_talks_are_held_or_cancelled_as_people_play_them(played: Play) -> None:
    empty = next(p for p in played.pairs if p.couple.behaviour is Behaviour.EMPTY)

    assert {v.state for _, v in empty.meetings} == {MeetingState.HELD}
    assert {v.because for _, v in empty.meetings} == {"both_accepted"}


def test_the_report_is_one_page_without_scripts_or_addresses(played: Play) -> None:
    for locale in ("de", "en"):
        page = page_of(played, locale)
        found = _Tags()
        found.feed(page)

        assert found.open == []
        assert found.seen >= {"svg", "table", "article", "style"}
        assert not found.seen & {"script", "link", "img", "iframe"}
        assert "http" not in page
        assert "@example.com" not in page


def test_the_same_numbers_give_the_same_play() -> None:
    assert play(2, 3) == play(2, 3)


def test_the_command_prints_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.html"

    assert main(["simulate", "--pairs", "2", "--weeks", "2", "--html", str(target)]) == 0
    assert "2 pairs, 2 weeks" in capsys.readouterr().out
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert main(["simulate", "--pairs", "1", "--weeks", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pairs"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["--pairs", "0"],
        ["--weeks", "0"],
        ["--bodies", "-1"],
        ["--weeks", "1000"],
        ["--html", "/nowhere/at/all.html"],
    ],
)
def test_what_cannot_be_played_is_refused(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", *wrong]) == 1
    assert capsys.readouterr().err.startswith("vieraugen: ")


def test_a_company_has_every_behaviour() -> None:
    assert set(cast(60)) == set(PORTRAITS)
    assert cast(60)[:50] == cast(50)


class _Tags(HTMLParser):
    """Which tags a page has, and which it leaves open."""

    VOID = frozenset({"meta", "rect", "circle", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag
