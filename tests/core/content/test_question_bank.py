"""The question bank: how much, how well put, and which intents it covers."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.content import wording
from core.content.prompts import MAX_CHARACTERS, Prompt, PromptSide, Tag, Topic
from core.content.texts import all_texts
from core.content.tone import forbidden_words
from core.errors import NotFound
from core.questions import listen_for, load_questions, load_topic, prompts_for_intent
from core.templates import lint_prompt, load_templates

BANK = tuple(load_questions().values())
MANAGER = [p for p in BANK if p.side is PromptSide.ASKS_MANAGER]
REPORT = [p for p in BANK if p.side is PromptSide.RAISES_REPORT]


def covering(capability: str) -> list[Prompt]:
    """Return the prompts for a capability: at least two, with different words in each text."""
    found = [p for p in BANK if capability in p.covers]
    assert len(found) >= 2
    assert len({p.intent for p in found}) == 1
    for texts in zip(*(all_texts(p.text) for p in found), strict=True):
        assert len(set(texts)) == len(found)
    return found


def test_there_are_at_least_160_prompts_100_for_managers_60_for_reports() -> None:
    assert len(BANK) >= 160
    assert len(MANAGER) >= 100
    assert len(REPORT) >= 60


@pytest.mark.parametrize("topic", Topic)
def test_each_topic_has_prompts_for_both_sides(topic: Topic) -> None:
    sides = Counter(p.side for p in load_topic(topic))

    assert sides[PromptSide.ASKS_MANAGER] >= 4
    assert sides[PromptSide.RAISES_REPORT] >= 3
    assert all(p.topics[0] is topic for p in load_topic(topic))


def test_each_prompt_id_and_each_text_stands_once() -> None:
    assert sum(len(load_topic(topic)) for topic in Topic) == len(BANK)
    for texts in zip(*(all_texts(p.text) for p in BANK), strict=True):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_alternatives_name_prompts_that_exist() -> None:
    assert [a for p in BANK for a in p.alternatives if a not in load_questions()] == []


def test_each_text_is_at_most_110_characters_with_one_question() -> None:
    texts = [text for p in BANK for _, text in all_texts(p.text)]

    assert max(len(text) for text in texts) <= MAX_CHARACTERS
    assert max(text.count("?") for text in texts) == 1


def test_the_linter_finds_nothing_in_our_own_prompts() -> None:
    assert [finding for p in BANK for finding in lint_prompt(p)] == []


def test_sd_24_no_suggested_manager_question_is_answered_by_yes_or_no() -> None:
    closed = [
        text
        for p in MANAGER
        for locale, text in all_texts(p.text)
        if wording.closed_question(text, locale)
    ]

    assert closed == []
    assert all("?" in text for p in MANAGER for _, text in all_texts(p.text))


def test_every_prompt_says_what_to_listen_for_without_judging() -> None:
    for prompt in BANK:
        for locale, text in all_texts(prompt.listen):
            assert 10 <= len(text) <= 160
            assert forbidden_words(text, locale) == ()
            assert not re.search(r"\b(du|dich|dir|deine?[rnms]?)\b", text)


def test_listen_for_answers_in_the_asked_language() -> None:
    assert listen_for("workday_good", "de").startswith("Auf das")
    assert listen_for("workday_good", "en").startswith("Note the")
    with pytest.raises(NotFound):
        listen_for("nobody_asks_this", "de")


def test_sensitive_prompts_are_marked() -> None:
    delicate = r"Gehalt|Kündig|Privat|\bpay\b|private"
    found = [p for p in BANK if re.search(delicate, f"{p.text.de_du} {p.text.en}")]

    assert {p.id for p in found} >= {"pay_talk", "private_load"}
    assert [p.id for p in found if p.sensitivity < 2] == []


def test_prompts_that_name_a_person_are_kept_out_of_the_body() -> None:
    naming = [p for p in BANK if Tag.NAMES_A_PERSON in p.tags]

    assert naming
    assert all(p.sensitivity >= 1 for p in naming)


def test_sd_39_one_thing_to_change_in_the_company_and_why() -> None:
    found = covering("SD-39")

    assert all(p in MANAGER and Topic.COMPANY in p.topics for p in found)


def test_sd_40_what_was_learned_since_last_time() -> None:
    found = covering("SD-40")

    assert all(p in MANAGER and {Tag.LEARNING, Tag.SINCE_LAST} <= set(p.tags) for p in found)


def test_sd_41_what_was_challenging_since_last_time() -> None:
    found = covering("SD-41")

    assert all(p in MANAGER and Topic.OBSTACLES in p.topics for p in found)
    assert all(Tag.SINCE_LAST in p.tags for p in found)


def test_sd_42_what_the_product_lacks() -> None:
    assert all(p in MANAGER and Topic.PRODUCT in p.topics for p in covering("SD-42"))


def test_sd_43_how_workdays_feel() -> None:
    assert all(p in MANAGER and Topic.WELLBEING in p.topics for p in covering("SD-43"))


def test_sd_44_which_skills_to_work_on() -> None:
    assert all(p in MANAGER and Topic.DEVELOPMENT in p.topics for p in covering("SD-44"))


def test_sd_45_private_trouble_and_a_lighter_load_is_sensitive() -> None:
    found = covering("SD-45")

    assert all(p in REPORT and Topic.WORKLOAD in p.topics for p in found)
    assert all(p.sensitivity == 2 for p in found)


def test_sd_46_wish_to_mentor_a_new_colleague() -> None:
    found = covering("SD-46")

    assert all(p in REPORT and {Tag.GROWTH, Tag.MENTORING} <= set(p.tags) for p in found)


def test_sd_47_doubt_about_a_pairing_stays_out_of_the_body() -> None:
    found = covering("SD-47")

    assert all(p in REPORT and Topic.AUTONOMY in p.topics for p in found)
    assert all(Tag.NAMES_A_PERSON in p.tags and p.sensitivity == 2 for p in found)


def test_sd_48_one_project_eats_the_time_for_others() -> None:
    found = covering("SD-48")

    assert all(p in REPORT and {Topic.PRIORITIES, Topic.WORKLOAD} <= set(p.topics) for p in found)


@pytest.mark.parametrize(
    "topics",
    [
        {Topic.PRODUCT, Topic.TEAM, Topic.COMPANY},
        {Topic.OBSTACLES},
        {Topic.WORKLOAD},
        {Topic.GOALS},
    ],
    ids=["suggest", "flag problems", "load", "goals"],
)
def test_sd_70_reports_find_starters_for(topics: set[Topic]) -> None:
    fitting = [p for p in REPORT if p.sensitivity < 2 and not p.contexts and not p.stages]

    assert sum(p.topics[0] in topics for p in fitting) >= 3


def test_prompts_of_one_intent_find_each_other() -> None:
    assert {p.id for p in prompts_for_intent("workdays")} == {"workday_good", "workday_feel"}


def test_each_template_finds_its_prompts_in_the_bank() -> None:
    used = {i for template in load_templates().values() for i in template.prompt_ids}

    assert used <= set(load_questions())
    assert len(used) >= 80
