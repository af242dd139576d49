"""The question bank: a file a topic, read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from core.content.loading import load
from core.content.prompts import Prompt, PromptFile, Topic
from core.content.texts import text_for
from core.errors import NotFound


@cache
def load_topic(topic: Topic) -> tuple[Prompt, ...]:
    """Return the prompts that have their home in this topic."""
    return load(PromptFile, "questions", topic.value).prompt


@cache
def load_questions() -> Mapping[str, Prompt]:
    """Return every prompt by id."""
    prompts = (prompt for topic in Topic for prompt in load_topic(topic))
    return MappingProxyType({prompt.id: prompt for prompt in prompts})


def prompts_for_intent(intent: str) -> tuple[Prompt, ...]:
    """Return the prompts that want to find out the same."""
    return tuple(p for p in load_questions().values() if p.intent == intent)


def listen_for(prompt_id: str, locale: str) -> str:
    """Return what to listen for after this prompt; raise NotFound where there is no such."""
    try:
        return text_for(load_questions()[prompt_id].listen, locale)
    except KeyError as err:
        raise NotFound(f"no question is called {prompt_id!r}") from err
