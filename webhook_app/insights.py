"""One pair's half-year as a picture that needs no style sheet: for a page and for a mail."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from core.rules.content import ROTATION
from core.service.insights import Insight

CELL, ROW, TOP = 14, 32, 20
COLORS = {
    "held": "#5f9a88",
    "cancelled": "#d2a75c",
    "unknown": "#b9b2a4",
    "not_held": "#b9b2a4",
    "away": "#8fa3c4",
}

SIGNS = {"cancelled": "×", "unknown": "·", "not_held": "·", "away": "–"}
"""For whoever does not tell the colours apart."""


def picture(insight: Insight, words: Mapping[str, str]) -> Markup:
    """Draw the talks in the first row and each topic below, a column a week: it fits a phone."""
    width = CELL * len(insight.weeks) + 2
    height = TOP + ROW * (len(ROTATION) + 1) + 4
    parts = [_row_name(words["insight_talks"], 0)]
    parts += [_talk(n, week.state) for n, week in enumerate(insight.weeks)]
    for row, topic in enumerate(ROTATION, start=1):
        parts.append(_row_name(words[f"topic_{topic}"], row))
        parts += [_dot(n, row) for n, week in enumerate(insight.weeks) if topic in week.topics]
    months = [
        Markup("<text x='{}' y='12' fill='currentColor' fill-opacity='.7'>{}</text>").format(
            CELL * n, f"{week.monday:%m/%y}"
        )
        for n, week in enumerate(insight.weeks)
        if week.monday.day <= 7
    ]
    return Markup(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' width='100%' role='img' "
        "aria-label='{}' font-family='system-ui, Arial, sans-serif' font-size='12'>{}{}</svg>"
    ).format(
        width, height, summary(insight, words), Markup("").join(months), Markup("").join(parts)
    )


def summary(insight: Insight, words: Mapping[str, str]) -> str:
    """Say in a line what the picture shows."""
    last = insight.days_since
    parts = [
        words["insight_held"].format(held=insight.held, weeks=len(insight.weeks)),
        words["insight_never"] if last is None else words["insight_last"].format(days=last),
    ]
    quiet = [words[f"topic_{t}"] for t in ROTATION if not insight.talked_of(t)]
    if quiet and insight.held:
        parts.append(words["insight_quiet"].format(topics=", ".join(quiet)))
    if not insight.has_series:
        parts.append(words["insight_no_series"])
    return f"{insight.name}: " + " ".join(parts)


def _row_name(text: str, row: int) -> Markup:
    y = TOP + ROW * row + 10
    return Markup("<text x='0' y='{}' fill='currentColor'>{}</text>").format(y, text)


def _talk(column: int, state: str) -> Markup:
    x, y, color = CELL * column + 1, TOP + 14, COLORS.get(state)
    shape = Markup("<rect x='{}' y='{}' width='{}' height='{}' rx='3' fill='{}' stroke='{}'/>")
    fill, edge = (color, color) if color else ("none", "#9c9689")
    cell = shape.format(x, y, CELL - 3, CELL - 2, fill, edge)
    if state not in SIGNS:
        return cell
    sign = Markup(
        "<text x='{}' y='{}' font-size='11' text-anchor='middle' fill='#1d1b17'>{}</text>"
    )
    return cell + sign.format(x + (CELL - 3) / 2, y + CELL - 5, SIGNS[state])


def _dot(column: int, row: int) -> Markup:
    x, y = CELL * column + CELL // 2, TOP + ROW * row + 20
    return Markup("<circle cx='{}' cy='{}' r='4.5' fill='{}'/>").format(x, y, COLORS["held"])


def mail_html(found: tuple[Insight, ...], words: Mapping[str, str]) -> str:
    """Return all pictures as a mail: the words stand below for programs that show no picture."""
    parts = [
        Markup("<h2>{}</h2>{}<p>{}</p>").format(one.name, picture(one, words), summary(one, words))
        for one in found
    ]
    return str(
        Markup("<html><body><h1>{}</h1><p>{}</p>{}</body></html>").format(
            words["insights"], words["insights_text"], Markup("").join(parts)
        )
    )
