"""The nineteen built-in templates: complete, clean, and turned into agendas."""

from __future__ import annotations

import pytest

from core.content.prompts import Topic
from core.content.template_model import Anchor, FirstSide, ItemType, Relation, Template
from core.content.texts import all_texts
from core.model.agenda import SectionKind, Visibility
from core.questions import load_questions
from core.templates import (
    agenda_from_template,
    choose_template,
    lint,
    load_localized,
    load_templates,
    localize,
)

MINUTES = {
    "weekly": 30, "quick": 15, "walk": 30, "first": 45, "onb_7": 30, "onb_30": 45, "onb_60": 45,
    "onb_90": 60, "career": 60, "feedback": 45, "goals": 45, "remote": 40, "return": 45,
    "support": 45, "skip": 45, "mentoring": 45, "review_prep": 60, "handover": 30,
    "offboarding": 45,
}  # fmt: skip
ALL = tuple(load_templates().values())


def test_sd_79_the_nineteen_kinds_of_meeting_exist_with_their_minutes() -> None:
    assert {t.id: t.duration_min for t in ALL} == MINUTES
    assert all(t.kind == t.id and t.version >= 1 for t in ALL)


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
@pytest.mark.capability("SD-27")
def test_sd_13_the_minutes_of_the_sections_fill_the_event_and_no_more(template: Template) -> None:
    assert sum(s.minutes for s in template.sections) == template.duration_min


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
def test_the_linter_finds_nothing_in_a_built_in_template(template: Template) -> None:
    assert lint(template) == []


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
def test_sd_54_each_template_has_prompts_and_an_open_question(template: Template) -> None:
    known = load_questions()
    asked = [known[i] for s in template.sections for i in s.asks_manager]

    assert any("?" in text for p in asked for _, text in all_texts(p.text))
    assert any(s.raises_report for s in template.sections)


def test_sd_04_the_default_template_has_a_place_for_support_and_a_purpose_line() -> None:
    weekly = choose_template(load_templates()).template

    helping = next(s for s in weekly.sections if s.id == "help")
    assert ItemType.OBSTACLE in helping.item_types
    purposes = {localize(weekly, locale).purpose for locale in ("de", "en")}
    assert len(purposes) == 2
    assert all(len(text) > 20 for text in purposes)


def test_sd_07_a_series_without_any_choice_gets_a_valid_agenda() -> None:
    weekly = choose_template(load_templates()).template

    agenda = agenda_from_template(weekly, report="anna@example.com", manager="ben@example.com")

    assert weekly.id == "weekly"
    assert [s.kind for s in agenda.sections] == [
        SectionKind.REPORT,
        SectionKind.TOPIC,
        SectionKind.MANAGER,
        SectionKind.TOPIC,
        SectionKind.AGREED,
    ]
    assert agenda.sections[0].owner == "anna@example.com"
    assert agenda.sections[2].owner == "ben@example.com"
    assert dict(agenda.sections[1].titles) == {
        "de": "Hindernisse und Hilfe",
        "en": "Obstacles and help",
    }


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
def test_every_agenda_has_one_place_for_what_is_agreed(template: Template) -> None:
    agenda = agenda_from_template(template, report="a@example.com", manager="b@example.com")

    assert [s.kind for s in agenda.sections].count(SectionKind.AGREED) == 1


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
@pytest.mark.capability("F-13")
def test_sd_03_the_reports_own_section_stands_before_the_managers(template: Template) -> None:
    kinds = [s.kind for s in template.sections]

    assert kinds.count(SectionKind.REPORT) <= 1
    assert kinds.count(SectionKind.MANAGER) <= 1
    if SectionKind.REPORT in kinds:
        assert kinds[0] is SectionKind.REPORT
        assert template.sections[0].first_side is FirstSide.REPORT


@pytest.mark.capability("SD-23", "C-27")
def test_sd_29_no_built_in_template_requires_anything() -> None:
    sections = [s for t in ALL for s in t.sections]

    assert all(s.optional and s.requires == () for s in sections)


def test_sd_38_the_default_template_has_a_place_for_recognition() -> None:
    weekly = load_templates()["weekly"]

    assert any(ItemType.THANKS in s.item_types for s in weekly.sections)


def test_sd_57_the_walk_sets_a_place_and_at_most_three_points() -> None:
    walk = load_templates()["walk"]

    assert localize(walk, "de").location == "Spaziergang, Treffpunkt am Eingang"
    assert localize(walk, "en").location == "A walk, meeting at the entrance"
    assert walk.max_points == 3


def test_sd_64_the_calm_talk_is_sensitive_and_its_delicate_prompts_stay_hidden() -> None:
    support = load_templates()["support"]

    shown = localize(support, "de").sections[0]
    after_sign_in = localize(support, "de", sensitive=True).sections[0]
    assert support.visibility_default is Visibility.SENSITIVE
    assert shown.raises_report == ()
    assert len(after_sign_in.raises_report) == 2


def test_sd_76_each_template_keeps_the_agenda_simple() -> None:
    assert all(t.max_points is not None and t.max_points <= 8 for t in ALL)
    assert load_templates()["weekly"].max_points == 7


def test_sd_80_each_template_has_its_words_in_du_sie_and_english() -> None:
    du, sie, english = (load_localized(locale) for locale in ("de", "de-Sie", "en"))

    assert du["walk"].purpose.endswith("tragt ihr danach ein.")
    assert sie["walk"].purpose.endswith("tragen Sie danach ein.")
    assert english["walk"].purpose.endswith("afterwards.")
    assert du["first"].sections[1].asks_manager[0] == "Woran merke ich, dass es dir zu viel wird?"
    assert sie["first"].sections[1].asks_manager[0].endswith("dass es Ihnen zu viel wird?")
    assert all(du[key].title and english[key].title for key in MINUTES)


def test_templates_for_other_pairs_are_marked() -> None:
    marked = {t.id: t.relations for t in ALL if Relation.REPORT not in t.relations and t.relations}

    assert marked == {"skip": (Relation.SKIP_LEVEL,), "mentoring": (Relation.MENTORING,)}


def test_topics_of_the_bank_all_occur_in_templates_or_selection() -> None:
    used = {load_questions()[i].topics[0] for t in ALL for i in t.prompt_ids}

    assert used >= set(Topic) - {Topic.SMALL_TALK, Topic.WORKLOAD}


def test_every_automatic_trigger_belongs_to_a_template() -> None:
    anchors = {trigger.on for t in ALL for trigger in t.triggers}

    assert anchors == set(Anchor)
