"""Guides, purpose texts and tips, by side and in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from core.content.guide_model import Guide, GuideKind, Tip, TipFile
from core.content.loading import load, load_words, names
from core.content.texts import text_for
from core.errors import NotFound
from core.model.people import Side

PRACTICE: Final = 8
"""After so many held talks tips come half as often, and so on."""


def guide_ids() -> tuple[str, ...]:
    """Return the names of all guides."""
    return names("guides")


@cache
def load_guide(guide_id: str) -> Guide:
    """Return one guide; raise NotFound where there is no such."""
    if guide_id not in guide_ids():
        raise NotFound(f"no guide is called {guide_id!r}")
    return load(Guide, "guides", guide_id)


def guides_for(side: Side, kind: GuideKind | None = None) -> tuple[Guide, ...]:
    """Return the guides for this side, those for both included."""
    guides = (load_guide(guide_id) for guide_id in guide_ids())
    return tuple(g for g in guides if g.side in (None, side) and (kind is None or g.kind is kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideCard:
    """A guide in a list, in one language."""

    guide_id: str
    kind: str
    topic: str
    title: str
    intro: str


def guide_cards(side: Side | None, locale: str) -> tuple[GuideCard, ...]:
    """Return the guides for a side, or all of them, short ones to begin with first."""
    order = (GuideKind.ROLLOUT, GuideKind.FORMAT, GuideKind.HARD_TALK)
    guides = guides_for(side) if side else [load_guide(guide_id) for guide_id in guide_ids()]
    return tuple(
        GuideCard(
            guide_id=guide.id,
            kind=guide.kind.value,
            topic=guide.topic,
            title=text_for(guide.title, locale),
            intro=text_for(guide.intro, locale),
        )
        for guide in sorted(guides, key=lambda g: (order.index(g.kind), g.id))
    )


def guide_markdown(guide: Guide, locale: str) -> str:
    """Return a guide as Markdown in this locale, for page, mail and card alike."""
    lines = [f"# {text_for(guide.title, locale)}", "", text_for(guide.intro, locale)]
    for part in guide.part:
        lines += ["", f"## {text_for(part.title, locale)}", ""]
        lines += [f"- {text_for(line, locale)}" for line in part.lines]
    return "\n".join(lines) + "\n"


def purpose_for(role: str, locale: str) -> str:
    """Return what a talk is for, said to somebody in this role (report, manager, mentee ...)."""
    try:
        return text_for(load_words("purposes")[role], locale)
    except KeyError as err:
        raise NotFound(f"no purpose text for the role {role!r}") from err


@cache
def tips_for(side: Side) -> tuple[Tip, ...]:
    """Return the tips of one side, in order."""
    return tuple(tip for tip in load(TipFile, "words", "tips").tip if tip.side is side)


def tip_for(side: Side, held: int, *, wanted: bool = True) -> Tip | None:
    """Return the tip before a talk after so many held ones; with practice mostly none."""
    if not wanted or not _shows(held):
        return None
    tips = tips_for(side)
    return tips[sum(_shows(earlier) for earlier in range(held)) % len(tips)]


def _shows(held: int) -> bool:
    pause: int = 2 ** min(held // PRACTICE, 5)
    return held % pause == 0
