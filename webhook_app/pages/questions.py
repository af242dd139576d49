"""Questions to choose from before the next talk: offers, and nothing is written until taken."""

from __future__ import annotations

from dataclasses import dataclass

from core.content.prompts import PromptSide, Stage
from core.content.texts import text_for
from core.model.people import Side
from core.model.series import Sheet
from core.questions import History, SelectionContext, suggest_questions
from webhook_app.pages.guest import Guest, Meeting

SIDES = {Side.MANAGER: PromptSide.ASKS_MANAGER, Side.REPORT: PromptSide.RAISES_REPORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One offer."""

    prompt_id: str
    text: str
    listen: str


def questions_for(guest: Guest, meeting: Meeting, sheet: Sheet) -> tuple[Question, ...]:
    """Return at most three questions that are not on the agenda yet."""
    side = meeting.pair.side(guest.address)
    if side is None:
        return ()
    context = SelectionContext(
        on=(sheet.place.slot.start if sheet.place else guest.now).date(),
        side=SIDES[side],
        stage=Stage.FIRST if sheet.number == 1 else Stage.SETTLED,
    )
    locale, there = guest.person.locale, {p.text for p in sheet.agenda.points}
    offered = suggest_questions(History(), context, f"{sheet.sheet_id}|{side}")
    found = (
        Question(
            prompt_id=s.prompt.id,
            text=text_for(s.prompt.text, locale),
            listen=text_for(s.prompt.listen, locale),
        )
        for s in offered
    )
    return tuple(q for q in found if q.text not in there)
