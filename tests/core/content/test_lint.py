"""What the linter refuses, each with a template that differs from a clean one in one thing."""

from __future__ import annotations

from typing import Any

import pytest

from core.content.loading import load_words
from core.content.prompts import Form, Prompt, PromptSide, Topic
from core.content.template_model import Anchor, FirstSide, PointField, Section, Template, Trigger
from core.content.texts import Label, Texts
from core.questions import HintKind
from core.templates import FindingCode, Severity, lint, lint_prompt

CLEAN = Prompt(
    id="open_one",
    intent="open_one",
    topics=(Topic.GOALS,),
    side=PromptSide.ASKS_MANAGER,
    depth=2,
    text=Texts(de_du="Was brauchst du?", de_sie="Was brauchen Sie?", en="What do you need?"),
    listen=Label(de="Auf Konkretes achten.", en="Listen for something concrete."),
)


def section(**changes: Any) -> Section:
    fields: dict[str, Any] = {
        "id": "only",
        "title": Label(de="Anliegen", en="On your mind"),
        "minutes": 30,
        "first_side": FirstSide.REPORT,
        "asks_manager": ("open_one",),
    }
    return Section(**fields | changes)


def template(only: Section | None = None, **changes: Any) -> Template:
    fields: dict[str, Any] = {
        "id": "own",
        "version": 1,
        "kind": "weekly",
        "title": Label(de="Gespräch", en="Talk"),
        "purpose": Label(de="Zeit zu zweit.", en="Time for two."),
        "duration_min": 30,
        "triggers": (Trigger(on=Anchor.CHOSEN),),
        "sections": (only or section(),),
        "prompts": (CLEAN,),
    }
    return Template(**fields | changes)


def asked(**changes: Any) -> Prompt:
    return CLEAN.model_copy(update=changes)


def in_german(du: str) -> Prompt:
    return asked(text=Texts(de_du=du, de_sie="Was brauchen Sie?", en="What do you need?"))


def in_english(en: str) -> Prompt:
    return asked(text=Texts(de_du="Was brauchst du?", de_sie="Was brauchen Sie?", en=en))


def codes(subject: Template | Prompt) -> set[FindingCode]:
    findings = lint(subject) if isinstance(subject, Template) else lint_prompt(subject)
    return {finding.code for finding in findings}


def test_a_clean_template_has_no_findings() -> None:
    assert lint(template()) == []
    assert lint(template(), event_minutes=30) == []


def test_sd_29_a_required_solution_is_refused() -> None:
    findings = lint(template(section(requires=(PointField.SOLUTION,))))

    assert [(f.code, f.severity, f.where) for f in findings] == [
        (FindingCode.REQUIRED_SOLUTION, Severity.REFUSED, "sections.only")
    ]
    assert "ohne Lösung" in findings[0].text("de")
    assert "without one" in findings[0].text("en")


def test_every_finding_and_hint_has_its_words() -> None:
    assert set(load_words("findings")) == set(FindingCode)
    assert set(load_words("hints")) == set(HintKind)


def test_other_required_fields_and_sections_are_refused_too() -> None:
    assert codes(template(section(requires=(PointField.PROBLEM,)))) == {FindingCode.REQUIRED_FIELD}
    assert codes(template(section(optional=False))) == {FindingCode.REQUIRED_SECTION}


def test_sd_13_more_minutes_than_the_event_has_are_refused() -> None:
    findings = lint(template(), event_minutes=25)

    assert [(f.code, f.found) for f in findings] == [(FindingCode.TOO_MANY_MINUTES, "30 > 25")]
    assert codes(template(section(minutes=31))) == {FindingCode.TOO_MANY_MINUTES}
    assert [f.code for f in lint(template(section(minutes=31)), event_minutes=60)] == [
        FindingCode.TOO_MANY_MINUTES
    ]


def test_unknown_prompts_and_those_of_the_other_side_are_refused() -> None:
    unknown = section(asks_manager=("open_one", "nobody_wrote_this"))

    assert codes(template(unknown)) == {FindingCode.UNKNOWN_PROMPT}
    assert codes(template(section(raises_report=("open_one",)))) == {FindingCode.WRONG_SIDE}


def test_a_template_without_open_question_gets_a_hint_only() -> None:
    findings = lint(template(section(asks_manager=())))

    assert [(f.code, f.severity) for f in findings] == [
        (FindingCode.NO_OPEN_QUESTION, Severity.HINT)
    ]


@pytest.mark.parametrize(
    "text",
    ["Läuft alles gut?", "Hast du Sorgen?", "Arbeitest du gern hier?", "Verstehst du das Ziel?"],
)
def test_a_german_yes_or_no_question_is_refused_from_depth_two(text: str) -> None:
    assert FindingCode.CLOSED_QUESTION in codes(in_german(text))
    assert codes(in_german(text).model_copy(update={"depth": 1})) == set()


@pytest.mark.parametrize("text", ["Do you like it here?", "Is it fine?", "Haven't you heard?"])
def test_an_english_yes_or_no_question_is_refused_from_depth_two(text: str) -> None:
    assert FindingCode.CLOSED_QUESTION in codes(in_english(text))


def test_a_choice_may_begin_with_a_verb() -> None:
    assert codes(in_german("Möchtest du reden oder schreiben?")) == set()
    closed = in_german("Passt es dir jetzt?")
    assert codes(closed.model_copy(update={"form": Form.CHOICE})) == set()


@pytest.mark.parametrize("text", ["Warum hast du das getan?", "Wieso bist du so spät dran?"])
def test_german_why_did_you_is_refused(text: str) -> None:
    assert FindingCode.WHY_DID_YOU in codes(in_german(text))


def test_english_why_did_you_is_refused() -> None:
    assert FindingCode.WHY_DID_YOU in codes(in_english("Why didn’t you say so?"))


@pytest.mark.parametrize(
    "text", ["Was ist deine größte Schwäche?", "Was war dein schlimmster Tag?"]
)
def test_superlative_pressure_is_refused(text: str) -> None:
    assert FindingCode.PRESSURE in codes(in_german(text))


def test_english_superlative_pressure_is_refused() -> None:
    assert FindingCode.PRESSURE in codes(in_english("What was your biggest mistake this year?"))


@pytest.mark.parametrize(
    "text", ["Wie lautet deine Diagnose?", "Was sagt die Ärztin?", "Wie gut schläfst du?"]
)
def test_german_health_questions_are_refused(text: str) -> None:
    assert FindingCode.HEALTH_QUESTION in codes(in_german(text))


@pytest.mark.parametrize("text", ["How is your health?", "What did the doctor say?"])
def test_english_health_questions_are_refused(text: str) -> None:
    assert FindingCode.HEALTH_QUESTION in codes(in_english(text))


def test_a_statement_about_ones_own_health_is_ones_own_business() -> None:
    said = Texts(
        de_du="Nach der Krankheit möchte ich langsam anfangen.",
        de_sie="Nach der Krankheit möchte ich langsam anfangen.",
        en="After my illness I would like to start slowly.",
    )

    assert codes(asked(text=said, side=PromptSide.RAISES_REPORT)) == set()


def test_two_questions_at_once_and_long_texts_are_refused() -> None:
    assert codes(in_english("What helps? What hinders?")) == {FindingCode.TWO_QUESTIONS}
    assert codes(in_english("What " + "really " * 16 + "?")) == {FindingCode.TOO_LONG}
    assert len("What " + "really " * 15 + "?") == 111
    assert codes(in_english("What " + "reall " * 17 + "it?")) == set()


@pytest.mark.parametrize("place", ["title", "purpose", "location"])
def test_forbidden_words_are_found_wherever_people_read_them(place: str) -> None:
    changes: Any = {place: Label(de="Überfällige Dinge", en="Things")}
    judged = template(**changes)

    assert [(f.code, f.where) for f in lint(judged)] == [
        (FindingCode.FORBIDDEN_WORD, f"{place}.de")
    ]


def test_forbidden_words_in_prompts_and_hints_are_found() -> None:
    pressing = Label(de="Auf Konkretes achten!", en="Listen for something concrete.")

    assert codes(template(section(title=Label(de="Los!", en="Go")))) == {FindingCode.FORBIDDEN_WORD}
    assert codes(asked(listen=pressing)) == {FindingCode.FORBIDDEN_WORD}
    assert codes(template(prompts=(asked(listen=pressing),))) == {FindingCode.FORBIDDEN_WORD}
