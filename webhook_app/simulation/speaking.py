"""A suggestion of a play as the person who got it reads it."""

from __future__ import annotations

from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.registry import by_id
from core.rules.speech import say, say_why
from webhook_app.simulation.play import Played


def heard(pair: Played, said: Suggestion, locale: str) -> str:
    """Return the words, as the report reads them where both do."""
    return say(by_id()[said.rule_id], said, _side(pair, said), locale)


def reason(said: Suggestion, locale: str) -> str:
    """Return what "why?" answers."""
    return say_why(by_id()[said.rule_id], said, locale)


def audience(pair: Played, said: Suggestion, words: dict[str, str]) -> str:
    """Return to whom it went."""
    if len(said.to) == 2:
        return words["to_both"]
    return words["to_report" if _side(pair, said) is Side.REPORT else "to_manager"]


def _side(pair: Played, said: Suggestion) -> Side:
    return Side.REPORT if pair.couple.report.address in said.to else Side.MANAGER
