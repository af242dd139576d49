"""What a person sees of a body: the text itself, or HTML's lines without its signs."""

from __future__ import annotations

from core.body.join_blocks import join_spans
from core.body.lines import scan
from core.model.calendar import Body, BodyForm


def readable(body: Body) -> str:
    """Return plain text as it is; of HTML each line that a reader sees."""
    if body.form is BodyForm.TEXT:
        return body.content
    lines = [line.text for line in scan(body).lines]
    spare = {n for n, text in enumerate(lines) if not text and (n == 0 or not lines[n - 1])}
    return "\n".join(text for n, text in enumerate(lines) if n not in spare).strip("\n")


def own_words(body: Body) -> str:
    """Return the lines that people wrote: without the block by which a meeting is joined."""
    lines = scan(body).lines
    joining = {n for start, end in join_spans(lines) for n in range(start, end)}
    return "\n".join(line.text for n, line in enumerate(lines) if n not in joining)
