"""A message put together: paragraphs, lists and links, as text and as HTML without pictures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from core.model.messages import Button, Message, RichText

Parts = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with the lines below it."""
Links = Sequence[tuple[str, str]]
"""Labels with addresses; the first one is the message's button."""


def compose(
    to: str, subject: str, *, intro: Sequence[str], parts: Parts, links: Links, small: Sequence[str]
) -> Message:
    """Return a message to one person; `small` are the lines below everything else."""
    return Message(
        to=to,
        subject=subject,
        body=RichText(
            text=_text(intro, parts, links, small), html=_html(intro, parts, links, small)
        ),
        buttons=tuple(Button(label=label, url=url) for label, url in links[:1]),
    )


def _text(intro: Sequence[str], parts: Parts, links: Links, small: Sequence[str]) -> str:
    lines = [*intro]
    for title, below in parts:
        lines += ["", title, *(f"  - {line}" for line in below)]
    if links:
        lines += ["", *(f"{label}: {url}" for label, url in links)]
    return "\n".join([*lines, "", *small]).strip() + "\n"


def _html(intro: Sequence[str], parts: Parts, links: Links, small: Sequence[str]) -> str:
    found = [f"<p>{escape(line)}</p>" for line in intro]
    for title, below in parts:
        items = "".join(f"<li>{escape(line)}</li>" for line in below)
        found.append(f"<p><b>{escape(title)}</b></p><ul>{items}</ul>")
    found += [f'<p><a href="{escape(url)}">{escape(label)}</a></p>' for label, url in links]
    found += [f"<p><small>{escape(line)}</small></p>" for line in small]
    return "".join(found)
