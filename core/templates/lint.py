"""What is wrong with a template or a prompt before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.content import wording
from core.content.loading import load_words
from core.content.prompts import MAX_CHARACTERS, Form, Prompt, PromptSide
from core.content.template_model import PointField, Section, Template
from core.content.texts import Words, all_texts, text_for
from core.content.tone import forbidden_words
from core.templates.library import prompts_of


class Severity(StrEnum):
    """Whether a template may be used as it is."""

    REFUSED = "refused"
    HINT = "hint"


class FindingCode(StrEnum):
    """What was found."""

    REQUIRED_SOLUTION = "required_solution"
    REQUIRED_FIELD = "required_field"
    REQUIRED_SECTION = "required_section"
    TOO_MANY_MINUTES = "too_many_minutes"
    UNKNOWN_PROMPT = "unknown_prompt"
    WRONG_SIDE = "wrong_side"
    TOO_LONG = "too_long"
    TWO_QUESTIONS = "two_questions"
    CLOSED_QUESTION = "closed_question"
    WHY_DID_YOU = "why_did_you"
    PRESSURE = "pressure"
    HEALTH_QUESTION = "health_question"
    FORBIDDEN_WORD = "forbidden_word"
    NO_OPEN_QUESTION = "no_open_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to change, where it stands, and the words that show it."""

    code: FindingCode
    where: str
    found: str = ""
    severity: Severity = Severity.REFUSED

    def text(self, locale: str) -> str:
        """Return what is wrong and what to do, in this language."""
        return text_for(load_words("findings")[self.code], locale)


_Check = Callable[[str, str], str]

_QUESTION_CHECKS: Final[tuple[tuple[FindingCode, _Check], ...]] = (
    (FindingCode.WHY_DID_YOU, wording.asks_for_reasons),
    (FindingCode.PRESSURE, wording.presses),
    (FindingCode.HEALTH_QUESTION, wording.asks_about_health),
    (FindingCode.FORBIDDEN_WORD, lambda text, locale: ", ".join(forbidden_words(text, locale))),
)


def lint(template: Template, event_minutes: int | None = None) -> list[Finding]:
    """Return everything to change in a template; nothing means that it may be used."""
    return [
        *_minutes(template, event_minutes),
        *(finding for section in template.sections for finding in _section(section, template)),
        *_words("title", template.title),
        *_words("purpose", template.purpose),
        *(_words("location", template.location) if template.location else ()),
        *(f for p in template.prompts for f in lint_prompt(p, where=f"prompts.{p.id}")),
        *_opening(template),
    ]


def lint_prompt(prompt: Prompt, where: str = "") -> list[Finding]:
    """Return everything to change in one prompt."""
    place = where or prompt.id
    texts = all_texts(prompt.text)
    return [
        *(
            f
            for locale, text in texts
            for f in _prompt_text(prompt, f"{place}.{locale}", text, locale)
        ),
        *_words(place, prompt.text),
        *_words(f"{place}.listen", prompt.listen),
    ]


def _prompt_text(prompt: Prompt, where: str, text: str, locale: str) -> Iterator[Finding]:
    if len(text) > MAX_CHARACTERS:
        yield Finding(code=FindingCode.TOO_LONG, where=where, found=text)
    if text.count("?") > 1:
        yield Finding(code=FindingCode.TWO_QUESTIONS, where=where, found=text)
    closed = wording.closed_question(text, locale)
    if closed and prompt.depth >= 2 and prompt.form is not Form.CHOICE:
        yield Finding(code=FindingCode.CLOSED_QUESTION, where=where, found=closed)


def _words(where: str, words: Words) -> Iterator[Finding]:
    for locale, text in all_texts(words):
        for code, check in _QUESTION_CHECKS:
            if found := check(text, locale):
                yield Finding(code=code, where=f"{where}.{locale}", found=found)


def _minutes(template: Template, event_minutes: int | None) -> Iterator[Finding]:
    total = sum(section.minutes for section in template.sections)
    limit = min(template.duration_min, event_minutes or template.duration_min)
    if total > limit:
        yield Finding(
            code=FindingCode.TOO_MANY_MINUTES, where="sections", found=f"{total} > {limit}"
        )


def _section(section: Section, template: Template) -> Iterator[Finding]:
    where = f"sections.{section.id}"
    if not section.optional:
        yield Finding(code=FindingCode.REQUIRED_SECTION, where=where)
    for required in section.requires:
        solution = required is PointField.SOLUTION
        code = FindingCode.REQUIRED_SOLUTION if solution else FindingCode.REQUIRED_FIELD
        yield Finding(code=code, where=where, found=required.value)
    yield from _words(f"{where}.title", section.title)
    yield from _references(section, template, where)


def _references(section: Section, template: Template, where: str) -> Iterator[Finding]:
    known = prompts_of(template)
    for side, ids in (
        (PromptSide.ASKS_MANAGER, section.asks_manager),
        (PromptSide.RAISES_REPORT, section.raises_report),
    ):
        for prompt_id in ids:
            if prompt_id not in known:
                yield Finding(code=FindingCode.UNKNOWN_PROMPT, where=where, found=prompt_id)
            elif known[prompt_id].side is not side:
                yield Finding(code=FindingCode.WRONG_SIDE, where=where, found=prompt_id)


def _opening(template: Template) -> Iterator[Finding]:
    known = prompts_of(template)
    asked = [known[i] for s in template.sections for i in s.asks_manager if i in known]
    if not any(p.form is Form.OPEN and wording.questions_in(p.text.en) for p in asked):
        yield Finding(code=FindingCode.NO_OPEN_QUESTION, where="sections", severity=Severity.HINT)
