"""Guides for hard talks, the roll-out kit, purposes and tips."""

from __future__ import annotations

import pytest

from core.content.guide_model import GuideKind
from core.errors import NotFound
from core.guides import (
    guide_ids,
    guide_markdown,
    guides_for,
    load_guide,
    purpose_for,
    tip_for,
    tips_for,
)
from core.model.people import Side

HARD = {"pay", "conflict", "overload", "underperformance", "leaving", "illness"}
LOCALES = ("de", "de-Sie", "en")


@pytest.mark.parametrize("side", Side)
def test_six_hard_talks_have_a_guide_for_each_side(side: Side) -> None:
    guides = guides_for(side, GuideKind.HARD_TALK)

    assert {guide.topic for guide in guides} == HARD
    assert all(guide.side is side for guide in guides)
    assert all(len(guide.part) == 4 for guide in guides)


def test_sd_77_two_short_roll_out_guides_exist_in_both_languages() -> None:
    for side, topic in ((Side.MANAGER, "rollout_manager"), (Side.REPORT, "rollout_report")):
        (guide,) = guides_for(side, GuideKind.ROLLOUT)
        assert guide.id == topic
        texts = {locale: guide_markdown(guide, locale) for locale in LOCALES}
        assert len(set(texts.values())) == 3
        assert all(len(text.split()) < 300 for text in texts.values())


def test_the_walk_is_a_format_for_both() -> None:
    for side in Side:
        assert [g.id for g in guides_for(side, GuideKind.FORMAT)] == ["walk"]


@pytest.mark.parametrize("guide_id", guide_ids())
def test_each_guide_reads_as_markdown_in_each_locale(guide_id: str) -> None:
    guide = load_guide(guide_id)

    assert guide.id == guide_id
    for locale in LOCALES:
        text = guide_markdown(guide, locale)
        assert text.startswith("# ")
        assert text.count("\n## ") == len(guide.part)
        assert text.count("\n- ") == sum(len(part.lines) for part in guide.part)


def test_an_unknown_guide_or_role_is_not_found() -> None:
    with pytest.raises(NotFound, match="no guide"):
        load_guide("gossip")
    with pytest.raises(NotFound, match="no purpose"):
        purpose_for("boss", "en")


def test_the_illness_guide_for_managers_asks_for_no_diagnosis() -> None:
    text = guide_markdown(load_guide("illness_manager"), "en")

    assert "Never ask for cause, findings or treatment." in text


@pytest.mark.parametrize("locale", LOCALES)
def test_sd_78_the_purpose_text_differs_by_role(locale: str) -> None:
    roles = ("report", "manager", "mentee", "mentor", "skip_report", "skip_manager", "peer")

    assert len({purpose_for(role, locale) for role in roles}) == len(roles)


def test_sd_55_there_is_a_purpose_sentence_for_both_sides() -> None:
    assert purpose_for("report", "de").startswith("Dieses Gespräch gehört dir.")
    assert purpose_for("report", "de-Sie").startswith("Dieses Gespräch gehört Ihnen.")
    assert purpose_for("manager", "en") == (
        "Listen, ask, clear the way. Plain news fits into the short block."
    )


@pytest.mark.parametrize("side", Side)
def test_sd_56_tips_come_half_as_often_after_each_eight_held_talks(side: Side) -> None:
    shown = [tip_for(side, held) is not None for held in range(48)]

    assert [sum(shown[start : start + 8]) for start in range(0, 48, 8)] == [8, 4, 2, 1, 1, 0]


@pytest.mark.parametrize("side", Side)
def test_sd_65_one_tip_at_a_time_each_in_its_turn_with_an_off_switch(side: Side) -> None:
    first_eight = [tip_for(side, held) for held in range(8)]

    assert first_eight == list(tips_for(side))
    assert all(tip is None or tip.side is side for tip in first_eight)
    assert tip_for(side, 0, wanted=False) is None


def test_tips_never_run_dry_within_years() -> None:
    assert {tip_for(Side.REPORT, held) is None for held in range(500)} == {True, False}
