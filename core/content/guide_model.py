"""Guides and tips: what helps people before a talk."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.texts import Content, Label, Slug, Words
from core.model.people import Side


class GuideKind(StrEnum):
    """What a guide is for."""

    HARD_TALK = "hard_talk"
    ROLLOUT = "rollout"
    FORMAT = "format"


class GuidePart(Content):
    """A heading and short lines below it."""

    title: Label
    lines: Annotated[tuple[Words, ...], Field(min_length=1)]


class Guide(Content):
    """One guide for one side."""

    id: Slug
    version: Annotated[int, Field(ge=1)]
    kind: GuideKind
    topic: Slug
    """The two guides of a hard talk share it."""
    side: Side | None = None
    """None: for both."""
    title: Label
    intro: Words
    part: Annotated[tuple[GuidePart, ...], Field(min_length=1)]


class Tip(Content):
    """One line of craft, shown before a talk to one side."""

    id: Slug
    side: Side
    text: Words


class TipFile(Content):
    """All tips."""

    version: Annotated[int, Field(ge=1)]
    tip: tuple[Tip, ...]
