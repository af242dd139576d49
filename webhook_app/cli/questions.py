"""`vieraugen question …` and `vieraugen guide …`: what is offered, and what helps."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from core.content.prompts import Prompt, PromptSide, Topic
from core.content.texts import text_for
from core.errors import InvalidInput, NotFound
from core.guides import guide_cards, guide_markdown, load_guide
from core.model.people import Side, normal_address
from core.model.series import SeriesId
from core.questions import Vote, load_questions
from core.service.questions import add_question, questions_for, vote_on
from core.service.run import run_due
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now

SIDES = {"manager": PromptSide.ASKS_MANAGER, "report": PromptSide.RAISES_REPORT}


def show_all(args: Namespace) -> int:
    """Print the bank, or a topic of it."""
    if args.topic is not None and args.topic not in set(Topic):
        raise InvalidInput(f"--topic {args.topic}: there are {', '.join(Topic)}")
    found = [p for p in load_questions().values() if _wanted(p, args)]
    lines = [f"{p.id:26} {text_for(p.text, args.locale)}" for p in found]
    data = [
        {"id": p.id, "text": text_for(p.text, args.locale), "topics": list(p.topics)} for p in found
    ]
    show(args, {"questions": data}, "\n".join(lines))
    return 0


def _wanted(prompt: Prompt, args: Namespace) -> bool:
    topic = args.topic is None or Topic(args.topic) in prompt.topics
    return topic and (args.side is None or prompt.side is SIDES[args.side])


def suggest(args: Namespace) -> int:
    """Print at most three questions for the next talk."""
    with opened(args) as app:
        found = questions_for(
            app.services, SeriesId(args.series), normal_address(args.by), utc_now()
        )
    lines = []
    for each in found:
        lines.append(f"{each.prompt_id}: {each.text}")
        if each.listen:
            lines.append(f"    {each.listen}")
    show(args, {"questions": [asdict(q) for q in found]}, "\n".join(lines) or "None right now.")
    return 0


def add(args: Namespace) -> int:
    """Put a question onto the agenda as one's own point."""
    by, series = normal_address(args.by), SeriesId(args.series)
    with opened(args) as app:
        point = add_question(app.services, series, args.question, by=by, now=utc_now())
        if not engine_is_on(app):
            run_due(app.services, utc_now())
    data = {"id": point.point_id, "visibility": point.visibility.value}
    show(args, data, f"On the agenda ({point.visibility.value}).")
    return 0


def vote(args: Namespace) -> int:
    """Say that a question helped, or is not for this pair."""
    said = {"helped": Vote.HELPED, "not-for-us": Vote.NOT_FOR_US, "nothing": None}[args.vote]
    by, series = normal_address(args.by), SeriesId(args.series)
    with opened(args) as app:
        vote_on(app.services, series, args.question, said, by=by, now=utc_now())
    show(args, {"id": args.question, "vote": args.vote}, "Noted.")
    return 0


def list_guides(args: Namespace) -> int:
    """Print the guides of one side, or all."""
    cards = guide_cards(Side(args.side) if args.side else None, args.locale)
    lines = [f"{card.guide_id:26} {card.title}" for card in cards]
    show(args, {"guides": [asdict(card) for card in cards]}, "\n".join(lines))
    return 0


def show_guide(args: Namespace) -> int:
    """Print one guide as Markdown."""
    try:
        guide = load_guide(args.guide)
    except NotFound as err:
        raise NotFound(f"{err}: `vieraugen guide list` shows them") from err
    text = guide_markdown(guide, args.locale)
    show(args, {"id": guide.id, "markdown": text}, text.rstrip())
    return 0
