"""The blocks by which people join a meeting: Teams, Meet, Zoom and their like are the host's."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from core.body.lines import Line
from core.body.links import unwrap

_TEAMS: Final = re.compile(
    r"teams\.microsoft\.com(?:/|%2f)(?:l(?:/|%2f)meetup-join|meet(?:/|%2f)|meetingoptions)"
    r"|teams\.live\.com(?:/|%2f)meet|teams\.cloud\.microsoft|dialin\.teams\.microsoft\.com"
    r"|aka\.ms(?:/|%2f)jointeamsmeeting",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"-::~:~::~|zoom\.us/j/|\.webex\.com/|meet\.google\.com/|"
    r"Do not delete or change any of the following text",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"\.[a-z]", re.IGNORECASE)
_RULE: Final = re.compile(r"[_\-–—─━=]{20,}|-?:{0,2}[~:\-]{12,}")
_LONG_RULE: Final = re.compile(r"_{40,}|[─━]{10,}|-?:{0,2}[~:\-]{12,}")
_PART: Final = re.compile(
    r"microsoft teams|teams[- ](?:meeting|besprechung)|meeting id|besprechungs-id|id de |"
    r"passcode|kennung|kenncode|code secret|clave|passwort|password|mobile app|mobilen app|"
    r"join |teilnehmen|rejoindre|unirse|dial|einw[aä]hl|telefon|phone|conference id|konferenz-id|"
    r"for organizers|f[uü]r organisatoren|meeting options|besprechungsoptionen|learn more|"
    r"weitere infos|need help|ben[oö]tigen sie hilfe|reset pin|pin zur|tenant|video id|lokale|"
    r"find a local|system reference|zoom|webex|meet\.google|please do not edit|view your event|"
    r"do not delete",
    re.IGNORECASE,
)
_MEET_EDGE: Final = re.compile(r"-::~:~::~")
_JOIN_URL: Final = re.compile(r"https?://[^\s\"'<>]{1,3000}", re.IGNORECASE)
_UP: Final = 14
_DOWN: Final = 30


def join_spans(lines: Sequence[Line], ours: Container[int] = ()) -> list[tuple[int, int]]:
    """Return the half-open line spans that join blocks take; `ours` are lines that do not."""
    spans: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if spans and at < spans[-1][1]:
            continue
        text = line.text
        if ("." in text or "~" in text or "following" in text) and _is_join(text):
            low = spans[-1][1] if spans else 0
            spans.append((_first(lines, at, low, ours), _behind(lines, at, ours)))
    return spans


def _is_join(text: str) -> bool:
    if "~" not in text and "following" not in text and not _HOST.search(text):
        return False
    return _TEAMS.search(text) is not None or _OTHER.search(text) is not None


def _first(lines: Sequence[Line], at: int, low: int, ours: Container[int]) -> int:
    """Go up to the rule above, or as far as the lines speak of joining."""
    if _MEET_EDGE.search(lines[at].text):
        return at
    top = at
    for n in range(at - 1, max(low, at - _UP) - 1, -1):
        text = lines[n].text
        if n in ours:
            break
        if _LONG_RULE.match(text):
            return n
        if _PART.search(text) or _RULE.match(text):
            top = n
        elif text and at - n > 3 and top > n + 2:
            break
    return top


def _behind(lines: Sequence[Line], at: int, ours: Container[int]) -> int:
    """Go down to the rule below, or as far as the lines speak of joining."""
    last, meet = at, _MEET_EDGE.search(lines[at].text) is not None
    for n in range(at + 1, min(len(lines), at + _DOWN)):
        text = lines[n].text
        if n in ours:
            break
        if _MEET_EDGE.search(text) if meet else _LONG_RULE.match(text):
            return n + 1
        if _PART.search(text) or _RULE.match(text) or _is_join(text):
            last = n
    return last + 1


def teams_links(content: str) -> set[str]:
    """Return the Teams addresses that a body holds, unwrapped."""
    return {link for link in _links(content) if _TEAMS.search(link)}


def _links(content: str) -> Iterator[str]:
    if "teams" not in content and "Teams" not in content:
        return
    for found in _JOIN_URL.finditer(content):
        if "eams" in found[0]:
            yield unwrap(found[0].replace("&amp;", "&"))


def has_teams_block(content: str) -> bool:
    """Tell whether one can join a Teams meeting from this body."""
    return any("meetup-join" in link or "/meet/" in link for link in teams_links(content))
