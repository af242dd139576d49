"""The words of the rules, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from core.content.template_model import Relation
from core.content.texts import Content, Label, Line, Slug, Words
from core.model.people import Side
from core.model.suggestions import Channel, RuleId
from core.rules.rule import COOLDOWN, DIRECT, Condition, Guard, Rule, Silence, Step, never


class Said(Content):
    """One text of a rule."""

    key: Slug
    """`offer` or a variant, with `_manager` or `_report` where the two read different words."""
    text: Words


class RuleTexts(Content):
    """What one rule says, and what it rests on."""

    id: Annotated[str, Field(pattern=r"^R-\d\d$")]
    name: Label
    text: Annotated[tuple[Said, ...], Field(min_length=1)]
    why: Label
    evidence: Label
    source: Line

    @property
    def by_key(self) -> Mapping[str, Words]:
        """Its texts by key."""
        return MappingProxyType({said.key: said.text for said in self.text})


class RuleTextsFile(Content):
    """The texts of some rules."""

    version: Annotated[int, Field(ge=1)]
    rule: tuple[RuleTexts, ...]


@cache
def load_texts() -> Mapping[str, RuleTexts]:
    """Return the texts of all built-in rules by id."""
    folder = files("core.rules") / "words"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    read = (tomllib.loads(e.read_text("utf-8")) for e in entries if e.name.endswith(".toml"))
    found = (texts for data in read for texts in RuleTextsFile.model_validate(data).rule)
    return MappingProxyType({texts.id: texts for texts in found})


def built(
    rule_id: str,
    condition: Condition,
    false_positive: Silence = never,
    *,
    audience: frozenset[Side],
    channel: Channel,
    step: Step,
    window: timedelta | None = None,
    min_data: int = 0,
    cooldown: timedelta = COOLDOWN,
    once_a_manager: bool = False,
    relations: frozenset[Relation] = DIRECT,
    on: bool = True,
    reads_text: bool = False,
    exempt: frozenset[Guard] = frozenset(),
) -> Rule:
    """Return a built-in rule with its words."""
    texts = load_texts()[rule_id]
    return Rule(
        rule_id=RuleId(rule_id),
        condition=condition,
        false_positive=false_positive,
        window=window,
        min_data=min_data,
        audience=audience,
        channel=channel,
        step=step,
        cooldown=cooldown,
        once_a_manager=once_a_manager,
        relations=relations,
        on=on,
        reads_text=reads_text,
        exempt=exempt,
        name=texts.name,
        texts=texts.by_key,
        why=texts.why,
        evidence=texts.evidence,
        source=texts.source,
    )
