"""Templates and the bank of questions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from core.access import Right
from core.content.prompts import PromptSide, Status, Topic
from core.content.texts import text_for
from core.errors import NotFound
from core.model.access import Scope
from core.questions import load_questions
from core.templates import LocalTemplate, load_localized
from webhook_app.api.contract import Answer, Ask, Operations, Page, Paging, Reply
from webhook_app.api.paging import page_of

catalogue = Operations("templates and questions")
READ = {"right": Right.READ_CATALOGUE, "scope": Scope.CATALOGUE}
Locale = Literal["de", "de-Sie", "en"]


class Language(Paging):
    """In which language."""

    locale: Locale = "en"


class QuestionsQuery(Language):
    """Which questions."""

    topic: Topic | None = None
    side: PromptSide | None = None


class OneLanguage(Language):
    """In which language one thing is shown."""


class TemplateSection(Answer):
    """A part of a meeting."""

    id: str
    title: str
    minutes: int


class TemplateOut(Answer):
    """A kind of meeting."""

    id: str
    version: int
    title: str
    purpose: str
    minutes: int
    sections: list[TemplateSection]


class QuestionOut(Answer):
    """One question or starter."""

    id: str
    topic: str
    side: str
    depth: int
    text: str
    listen: str = Field(description="What to listen for.")


def _template(found: LocalTemplate) -> TemplateOut:
    return TemplateOut(
        id=found.template_id,
        version=found.version,
        title=found.title,
        purpose=found.purpose,
        minutes=found.minutes,
        sections=[
            TemplateSection(id=s.section_id, title=s.title, minutes=s.minutes)
            for s in found.sections
        ],
    )


@catalogue.add(
    "GET", "/templates", "Kinds of meetings", **READ, query=Language, answer=Page[TemplateOut]
)
def list_templates(ask: Ask) -> Reply:
    found = [_template(t) for t in load_localized(ask.query.locale).values()]
    return Reply(value=page_of(found, ask.query, key=lambda t: t.id))


@catalogue.add(
    "GET", "/templates/{template}", "One template", **READ, query=OneLanguage, answer=TemplateOut
)
def show_template(ask: Ask) -> Reply:
    found = load_localized(ask.query.locale).get(ask.path["template"])
    if found is None:
        raise NotFound("there is no such template")
    return Reply(value=_template(found))


def _question(prompt_id: str, locale: str) -> QuestionOut:
    prompt = load_questions()[prompt_id]
    return QuestionOut(
        id=prompt.id,
        topic=prompt.topics[0].value,
        side=prompt.side.value,
        depth=prompt.depth,
        text=text_for(prompt.text, locale),
        listen=text_for(prompt.listen, locale),
    )


@catalogue.add(
    "GET",
    "/questions",
    "The bank of questions",
    **READ,
    query=QuestionsQuery,
    answer=Page[QuestionOut],
)
def list_questions(ask: Ask) -> Reply:
    found = [
        _question(prompt.id, ask.query.locale)
        for prompt in load_questions().values()
        if prompt.status is Status.ACTIVE
        and ask.query.topic in (None, prompt.topics[0])
        and ask.query.side in (None, prompt.side)
    ]
    return Reply(value=page_of(found, ask.query, key=lambda q: q.id))
