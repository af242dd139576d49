"""A body that a host keeps in two forms: both are read, the text is what we write.

Thunderbird shows and edits the ALTREP of an iCalendar DESCRIPTION, others only the text
(https://github.com/nextcloud/calendar/issues/3863): where the two differ, each may hold edits.
"""

from __future__ import annotations

from dataclasses import replace

from core.body.lines import scan
from core.body.words import fold
from core.model.calendar import Body, BodyForm


def forms_of(theirs: Body, base: Body | None) -> tuple[Body, ...]:
    """Return the one or two readings of a body; the first is the one that is written."""
    if not theirs.rich:
        return (theirs,)
    plain = replace(theirs, rich=None)
    rich = rich_form(theirs)
    seen, seen_rich = _seen(plain), _seen(rich)
    if seen == seen_rich:
        return (plain,)
    if base is not None:
        before = _seen(base)
        blank = not plain.content.strip()
        if seen_rich == before or (base.rich and seen_rich == _seen(rich_form(base))):
            return (_as_text(rich, plain),) if blank and seen == before else (plain,)
        if seen == before:
            return (_as_text(rich, plain),) if blank else (plain, rich)
    return (plain, rich)


def rich_form(body: Body) -> Body:
    """Return the second form of a body as a body of its own."""
    return Body(form=BodyForm.HTML, content=body.rich or "")


def _as_text(rich: Body, plain: Body) -> Body:
    lines = "\n".join(line.text for line in scan(rich).lines)
    return replace(plain, content=lines)


def _seen(body: Body) -> list[str]:
    return [fold(line.text) for line in scan(body).lines if line.text]
