"""Questions: the bank, what to offer next, and how a wording sounds."""

from core.questions.bank import listen_for, load_questions, load_topic, prompts_for_intent
from core.questions.hints import HintKind, WordingHint, wording_hints
from core.questions.history import HeldTalk, History, Offered, Vote
from core.questions.selection import SelectionContext, Slot, Suggestion, suggest_questions

__all__ = [
    "HeldTalk",
    "HintKind",
    "History",
    "Offered",
    "SelectionContext",
    "Slot",
    "Suggestion",
    "Vote",
    "WordingHint",
    "listen_for",
    "load_questions",
    "load_topic",
    "prompts_for_intent",
    "suggest_questions",
    "wording_hints",
]
