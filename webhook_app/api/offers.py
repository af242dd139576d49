"""What is offered to one person before a talk: questions, suggestions, templates; never pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from pydantic import Field

from core.access import Right
from core.model.access import Scope
from core.model.suggestions import Suggestion, SuggestionId
from core.questions import Vote
from core.service import questions, suggest
from core.service.offers import TemplateOffer, template_offers
from core.service.shapes import use_template
from core.templates import Level
from webhook_app.api.answers import EntryOut
from webhook_app.api.contract import Answer, Ask, Form, Operations, Page, Paging, Reply, Subject
from webhook_app.api.paging import page_of
from webhook_app.api.points import shown

offers = Operations("offers")
SERIES = Subject.SERIES
SEE = {"subject": SERIES, "right": Right.SEE_OFFERS, "scope": Scope.CATALOGUE}
ANSWER = {"subject": SERIES, "right": Right.SEE_OFFERS, "scope": Scope.AGENDA_WRITE}
PATH = "/series/{series}/suggestions"


class QuestionOut(Answer):
    """A question for the next talk."""

    id: str
    text: str
    slot: str = Field(description="Why it is offered: light, neglected or challenge.")
    topic: str
    listen: str = Field(description="What to listen for, for the one who hears the answer.")
    sensitive: bool
    vote: str


class VoteIn(Form):
    """What you think of a question."""

    vote: Vote | None


class SuggestionOut(Answer):
    """What the rules of good talks offer to you."""

    id: str
    rule: str
    text: str
    step: str
    subject: str
    channel: str
    meeting: datetime | None
    state: str


class ReasonOut(Answer):
    """Why you see a suggestion."""

    rule: str
    name: str
    text: str
    evidence: str
    source: str
    facts: dict[str, str]
    audience: list[str]


class AnsweredOut(Answer):
    """What became of a suggestion."""

    id: str
    state: str


class TemplateIn(Form):
    """Which template, and for how long."""

    template: str = Field(max_length=64, description="Its id; empty: take the choice back.")
    level: Literal["occurrence", "series", "pair"] = "occurrence"


class OfferedTemplateOut(Answer):
    """A template that fits the next talk."""

    id: str
    title: str
    reason: str
    minutes: int


@offers.add(
    "GET",
    "/series/{series}/questions",
    "At most three questions to offer for the next talk",
    **SEE,
    query=Paging,
    answer=Page[QuestionOut],
)
def offer_questions(ask: Ask) -> Reply:
    found = questions.questions_for(
        ask.app.services, ask.of_series.series_id, ask.visitor.person, ask.now
    )
    made = [
        QuestionOut(
            id=q.prompt_id,
            text=q.text,
            slot=q.slot,
            topic=q.topic,
            listen=q.listen,
            sensitive=q.sensitive,
            vote=q.vote,
        )
        for q in found
    ]
    return Reply(value=page_of(made, ask.query, key=lambda q: q.id))


@offers.add(
    "POST",
    "/series/{series}/questions/{question}/add",
    "Put a question onto the agenda; twice is once",
    **ANSWER,
    answer=EntryOut,
    status=201,
)
def add_question(ask: Ask) -> Reply:
    point = questions.add_question(
        ask.app.services,
        ask.of_series.series_id,
        ask.path["question"],
        by=ask.visitor.person,
        now=ask.now,
    )
    return shown(ask, point)


@offers.add(
    "PUT",
    "/series/{series}/questions/{question}/vote",
    "Say that a question helped, or is not for us; null takes it back",
    **ANSWER,
    body=VoteIn,
    example={"vote": "helped"},
    status=204,
)
def vote_on_question(ask: Ask) -> Reply:
    questions.vote_on(
        ask.app.services,
        ask.of_series.series_id,
        ask.path["question"],
        ask.body.vote,
        by=ask.visitor.person,
        now=ask.now,
    )
    return Reply()


@offers.add("GET", PATH, "Suggestions for you", **SEE, query=Paging, answer=Page[SuggestionOut])
def list_suggestions(ask: Ask) -> Reply:
    found = suggest.suggestions_for(
        ask.app.services, ask.of_pair.pair_id, ask.visitor.person, ask.now
    )
    made = [
        SuggestionOut(
            id=s.suggestion_id,
            rule=s.rule_id,
            text=s.text,
            step=s.step,
            subject=s.subject,
            channel=s.channel.value,
            meeting=s.meeting,
            state=s.state.value,
        )
        for s in found
    ]
    return Reply(value=page_of(made, ask.query, key=lambda s: s.id))


@offers.add("GET", f"{PATH}/{{suggestion}}/why", "Why you see it", **SEE, answer=ReasonOut)
def explain_suggestion(ask: Ask) -> Reply:
    found = suggest.why(ask.app.services, SuggestionId(ask.path["suggestion"]), ask.visitor.person)
    return Reply(
        value=ReasonOut(
            rule=found.rule_id,
            name=found.name,
            text=found.text,
            evidence=found.evidence,
            source=found.source,
            facts=dict(found.facts),
            audience=list(found.audience),
        )
    )


def _answered(ask: Ask, verb: Callable[..., Suggestion]) -> Reply:
    name = SuggestionId(ask.path["suggestion"])
    done = verb(ask.app.services, name, by=ask.visitor.person, now=ask.now)
    return Reply(value=AnsweredOut(id=done.suggestion_id, state=done.state.value))


@offers.add("POST", f"{PATH}/{{suggestion}}/take", "Take it up", **ANSWER, answer=AnsweredOut)
def take_suggestion(ask: Ask) -> Reply:
    return _answered(ask, suggest.take)


@offers.add("POST", f"{PATH}/{{suggestion}}/leave", "Not this time", **ANSWER, answer=AnsweredOut)
def leave_suggestion(ask: Ask) -> Reply:
    return _answered(ask, suggest.put_away)


@offers.add(
    "POST",
    f"{PATH}/{{suggestion}}/mute",
    "Not for us: the rule is silent for this pair from now on",
    **ANSWER,
    answer=AnsweredOut,
)
def mute_suggestion(ask: Ask) -> Reply:
    return _answered(ask, suggest.mute)


@offers.add(
    "GET",
    "/series/{series}/templates",
    "Templates that fit the next talk",
    **SEE,
    query=Paging,
    answer=Page[OfferedTemplateOut],
)
def offer_templates(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = template_offers(tx, ask.of_series.series_id, ask.visitor.person, ask.now)
    return Reply(value=page_of([_template(t) for t in found], ask.query, key=lambda t: t.id))


def _template(offer: TemplateOffer) -> OfferedTemplateOut:
    return OfferedTemplateOut(
        id=offer.template_id, title=offer.title, reason=offer.reason, minutes=offer.minutes
    )


@offers.add(
    "PUT",
    "/series/{series}/template",
    "Choose a template for this meeting, the series or the pair",
    **ANSWER,
    body=TemplateIn,
    example={"template": "weekly", "level": "occurrence"},
    status=204,
)
def choose_template(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        use_template(
            tx,
            ask.of_series.series_id,
            ask.body.template,
            level=Level(ask.body.level),
            by=ask.visitor.person,
            now=ask.now,
        )
    return Reply()
