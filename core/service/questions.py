"""Questions for a talk: at most three, offered, and one call to put one onto the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.content.prompts import Context, Prompt, PromptSide, Stage, Topic
from core.content.texts import text_for
from core.errors import NotFound
from core.model.actions import Happening
from core.model.agenda import TalkingPoint, Visibility
from core.model.asked import AskedQuestion, QuestionRound, QuestionVote
from core.model.people import Pair, Side
from core.model.series import SeriesId, Sheet, SheetState
from core.model.shape import SheetShape
from core.questions import (
    HeldTalk,
    History,
    Offered,
    SelectionContext,
    Vote,
    load_questions,
    suggest_questions,
)
from core.service.edit import add_point
from core.service.open_agenda import open_sheet_for
from core.service.services import Services, circle_of
from core.service.settings import pair_settings, read_locale
from core.service.shapes import all_templates, template_of
from core.store import Transaction
from core.templates.library import prompts_of
from core.templates.topics import CONTEXTS, held_topics, topics_of

EARLY = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as its reader sees it."""

    prompt_id: str
    text: str
    slot: str
    """Why it is among the three: light, neglected, challenge."""
    topic: str
    listen: str = ""
    """What to listen for; only for the one who will hear the answer."""
    sensitive: bool = False
    """On an agenda it stands as a confidential point."""
    vote: str = ""
    """What the reader said of it."""


def questions_for(
    services: Services, series_id: SeriesId, reader: str, now: datetime
) -> tuple[Question, ...]:
    """Return at most three questions for one of the two before their next talk.

    They stay the same until the talk is over; what was added or set aside is not shown.
    Raise NotFound for a third person or where no agenda is open.
    """
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, reader)
        pair = _pair(tx, sheet)
        votes = {v.prompt: v for v in tx.nouns(QuestionVote, pair.pair_id) if v.person == reader}
        bank = _bank(tx, sheet)
        offered = tx.noun(QuestionRound, f"{sheet.sheet_id}/{reader}")
        slots = _choose(tx, sheet, pair, reader, now, offered)
        if offered is None:
            tx.put_noun(
                QuestionRound(
                    sheet_id=sheet.sheet_id,
                    pair_id=pair.pair_id,
                    person=reader,
                    prompts=tuple(f"{slot}:{prompt}" for slot, prompt in slots),
                    on=now.date(),
                )
            )
        on_it = {str(p.point_id) for p in sheet.agenda.points}
        added = {a.prompt for a in tx.nouns(AskedQuestion, pair.pair_id) if a.point_id in on_it}
        locale = _locale(tx, sheet, pair, reader)
    return tuple(
        _question(bank[prompt], slot, pair, reader, locale, votes.get(prompt))
        for slot, prompt in slots
        if prompt in bank and prompt not in added and not _refused(votes.get(prompt))
    )


def _refused(vote: QuestionVote | None) -> bool:
    return vote is not None and vote.vote == Vote.NOT_FOR_US.value


def _question(
    prompt: Prompt, slot: str, pair: Pair, reader: str, locale: str, vote: QuestionVote | None
) -> Question:
    asks = prompt.side is PromptSide.ASKS_MANAGER and pair.side(reader) is Side.MANAGER
    return Question(
        prompt_id=prompt.id,
        text=text_for(prompt.text, locale),
        slot=slot,
        topic=prompt.topics[0].value,
        listen=text_for(prompt.listen, locale) if asks else "",
        sensitive=prompt.sensitivity == 2,
        vote=vote.vote if vote else "",
    )


def add_question(
    services: Services, series_id: SeriesId, prompt_id: str, *, by: str, now: datetime
) -> TalkingPoint:
    """Put a question onto the open agenda as a point of its adder; twice is once.

    A delicate one stands there as confidential. Raise NotFound.
    """
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        pair = _pair(tx, sheet)
        prompt = _bank(tx, sheet).get(prompt_id)
        if prompt is None:
            raise NotFound(f"no question is called {prompt_id!r}")
        text = text_for(prompt.text, _locale(tx, sheet, pair, by))
    hidden = Visibility.SENSITIVE if prompt.sensitivity == 2 else Visibility.SHARED
    key = f"question:{prompt_id}"
    point = add_point(services, series_id, text, by=by, now=now, visibility=hidden, key=key)
    with services.store.transaction() as tx:
        tx.put_noun(
            AskedQuestion(
                pair_id=pair.pair_id, point_id=point.point_id, prompt=prompt_id, on=now.date()
            )
        )
    return point


def vote_on(
    services: Services,
    series_id: SeriesId,
    prompt_id: str,
    vote: Vote | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Say of a question that it helped or is not for us; None takes it back."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        if prompt_id not in _bank(tx, sheet):
            raise NotFound(f"no question is called {prompt_id!r}")
        said = QuestionVote(
            pair_id=sheet.pair_id,
            prompt=prompt_id,
            person=by,
            vote=vote.value if vote else "",
            on=now.date(),
        )
        if vote is None:
            tx.remove_noun(QuestionVote, said.key)
        else:
            tx.put_noun(said)
        tx.record(Happening(at=now, name="question.voted", subject=sheet.pair_id, by=by))


# --- what the choice is made from ---


def _choose(
    tx: Transaction,
    sheet: Sheet,
    pair: Pair,
    reader: str,
    now: datetime,
    offered: QuestionRound | None,
) -> Sequence[tuple[str, str]]:
    if offered is not None:
        return [(slot, prompt) for slot, _, prompt in (p.partition(":") for p in offered.prompts)]
    found = suggest_questions(
        question_history(tx, pair, reader),
        _context(tx, sheet, pair, reader, now),
        seed=f"{sheet.sheet_id}/{reader}",
        bank=_bank(tx, sheet),
    )
    return [(s.slot.value, s.prompt.id) for s in found]


def question_history(tx: Transaction, pair: Pair, reader: str) -> History:
    """Return what was offered to one of the two, what both talked about, and their votes."""
    offered = [
        Offered(prompt_id=prompt.partition(":")[2], on=r.on)
        for r in tx.nouns(QuestionRound, pair.pair_id)
        if r.person == reader
        for prompt in r.prompts
    ]
    asked = tx.nouns(AskedQuestion, pair.pair_id)
    offered += [Offered(prompt_id=a.prompt, on=a.on) for a in asked]
    votes: dict[str, Vote] = {}
    for said in tx.nouns(QuestionVote, pair.pair_id):
        if votes.get(said.prompt) is not Vote.NOT_FOR_US:
            votes[said.prompt] = Vote(said.vote)
    return History(offered=tuple(offered), talks=_talks(tx, pair), votes=votes)


def _talks(tx: Transaction, pair: Pair) -> tuple[HeldTalk, ...]:
    shapes = {s.sheet_id: s for s in tx.nouns(SheetShape, pair.pair_id)}
    templates = all_templates(tx)
    bank = load_questions()
    asked = {a.point_id: a.prompt for a in tx.nouns(AskedQuestion, pair.pair_id)}
    found = []
    for series in tx.series_of(pair.pair_id):
        for sheet in tx.sheets(series.series_id):
            shape = shapes.get(sheet.sheet_id)
            held = sheet.place.slot.start.date() if sheet.place else None
            if sheet.state is not SheetState.CLOSED or held is None:
                continue
            topics = held_topics(sheet.agenda, templates.get(shape.template) if shape else None)
            prompts = (asked.get(p.point_id, "") for p in sheet.agenda.points)
            topics |= {bank[p].topics[0] for p in prompts if p in bank}
            found.append(HeldTalk(on=held, topics=topics))
    return tuple(found)


def _context(
    tx: Transaction, sheet: Sheet, pair: Pair, reader: str, now: datetime
) -> SelectionContext:
    settings, template = pair_settings(tx, pair.pair_id), template_of(tx, sheet)
    contexts = {CONTEXTS[template.kind]} if template and template.kind in CONTEXTS else set()
    if settings.remote:
        contexts.add(Context.REMOTE)
    side = pair.side(reader)
    talks = sorted(talk.on for talk in _talks(tx, pair))
    return SelectionContext(
        on=sheet.place.slot.start.date() if sheet.place else now.date(),
        side=PromptSide.ASKS_MANAGER if side is Side.MANAGER else PromptSide.RAISES_REPORT,
        stage=_stage(talks, template.kind if template else "", now.date()),
        contexts=frozenset(contexts),
        covered=topics_of(sheet.agenda, template) - {Topic.OBSTACLES},
    )


def _stage(talks: Sequence[date], kind: str, today: date) -> Stage:
    if kind == "offboarding":
        return Stage.LEAVING
    if not talks:
        return Stage.FIRST if kind == "first" else Stage.SETTLED
    return Stage.EARLY if today - talks[0] < EARLY else Stage.SETTLED


def _bank(tx: Transaction, sheet: Sheet) -> dict[str, Prompt]:
    """Return the bank with what the talk's own template adds."""
    template = template_of(tx, sheet)
    return dict(prompts_of(template) if template else load_questions())


def _pair(tx: Transaction, sheet: Sheet) -> Pair:
    pair = tx.pair(sheet.pair_id)
    if pair is None:
        raise NotFound("these two people hold no 1:1 any more")
    return pair


def _locale(tx: Transaction, sheet: Sheet, pair: Pair, reader: str) -> str:
    series = tx.series(sheet.series_id)
    circle = circle_of(tx, series) if series else None
    person = circle.person(reader) if circle else None
    settings = pair_settings(tx, pair.pair_id)
    return read_locale(person, settings) if person else "en"
