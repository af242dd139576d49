"""The kind of a point, by the word in front of it."""

from __future__ import annotations

import pytest

from core.content.prompts import Topic
from core.content.template_model import ItemType
from core.kinds import kind_of, topics_of
from core.questions.bank import load_topic


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hindernis: Freigabe fehlt", ItemType.OBSTACLE),
        ("blocker: no access", ItemType.OBSTACLE),
        ("Herausforderung: zwei Messen", ItemType.CHALLENGE),
        ("Feedback an dich: kürzere Runden", ItemType.FEEDBACK_UP),
        ("Feedback: die Vorlage half", ItemType.FEEDBACK_DOWN),
        ("– Danke: ruhige Übergabe", ItemType.THANKS),
        ("Thanks: calm handover", ItemType.THANKS),
        ("Ziel: Umbau bis Mai", ItemType.GOAL),
        ("Lernwunsch: Moderation", ItemType.LEARNING_WISH),
        ("unklar: wer entscheidet", ItemType.UNCLEAR),
        ("Zur Info: Audit erledigt", ItemType.UPDATE),
        ("Urlaub im August", ItemType.POINT),
        ("Das Ziel: unklar", ItemType.POINT),
        ("Informatik: Raum 3", ItemType.POINT),
        ("Ziele im Umbau", ItemType.POINT),
        ("", ItemType.POINT),
    ],
)
@pytest.mark.capability("SD-11", "SD-36", "SD-58")
def test_sd_09_a_first_word_says_what_a_point_is(text: str, kind: ItemType) -> None:
    assert kind_of(text) is kind


def test_a_question_of_our_own_has_its_topics() -> None:
    prompt = load_topic(Topic.WELLBEING)[0]

    for text in (prompt.text.de_du, prompt.text.de_sie, prompt.text.en):
        assert topics_of(text) == frozenset(prompt.topics)


def test_a_kind_has_its_topic_and_other_words_have_none() -> None:
    assert topics_of("Hindernis: Freigabe") == {Topic.OBSTACLES}
    assert topics_of("Wie geht es dir heute, ganz ehrlich gefragt von mir?") == frozenset()


def test_sd_11_and_sd_36_a_challenge_and_a_wish_to_learn_are_kinds_with_topics() -> None:
    assert kind_of("Challenge: two teams, one budget") is ItemType.CHALLENGE
    assert topics_of("Herausforderung: Freigaben") == {Topic.OBSTACLES}
    assert kind_of("Lernwunsch: Moderation") is ItemType.LEARNING_WISH
    assert topics_of("Learning wish: moderation") == {Topic.DEVELOPMENT}


def test_sd_58_what_is_unclear_is_a_kind_and_its_topic_are_priorities() -> None:
    for text in ("Unklar: Was hat Vorrang?", "Unclear: what comes first?"):
        assert kind_of(text) is ItemType.UNCLEAR
        assert topics_of(text) == {Topic.PRIORITIES}
