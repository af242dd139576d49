"""The pictures of a simulation's report, as SVG."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup, escape

from core.content.texts import text_for
from core.model.meetings import MeetingState
from core.model.suggestions import Suggestion
from core.rules.registry import by_id
from webhook_app.simulation.behaviours import PORTRAITS
from webhook_app.simulation.play import Play, Played
from webhook_app.simulation.speaking import heard
from webhook_app.simulation.sums import Sums

LEFT, TOP, CELL_H, WIDTH = 370, 26, 17, 1080
MOST_ROWS = 60
BAR_H, BAR_LEFT, BAR_WIDTH = 26, 350, 520


def drawn_pairs(play: Play) -> tuple[Played, ...]:
    """Return the pairs that have a row: all, or as many of each behaviour as there is room for."""
    order = sorted(play.pairs, key=_row_order)
    step = max(1.0, len(order) / MOST_ROWS)
    return tuple(order[int(n * step)] for n in range(min(len(order), MOST_ROWS)))


def company_picture(
    play: Play, drawn: tuple[Played, ...], words: dict[str, str], locale: str
) -> Markup:
    """Draw a row for each pair and a column for each week."""
    cell = (WIDTH - LEFT) / play.weeks
    height = TOP + CELL_H * len(drawn) + 6
    rows = [_row(play, pair, n, cell, locale) for n, pair in enumerate(drawn)]
    step = max(1, play.weeks // 13)
    marks = [
        Markup('<text class="axis" x="{:.1f}" y="16">{}</text>').format(
            LEFT + week * cell + 2, week + 1
        )
        for week in range(0, play.weeks, step)
    ]
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
        WIDTH, height, words["company"], Markup("").join(marks), Markup("").join(rows)
    )


def _row_order(pair: Played) -> tuple[int, int]:
    return list(PORTRAITS).index(pair.couple.behaviour), pair.couple.number


def _row(play: Play, pair: Played, number: int, cell: float, locale: str) -> Markup:
    y, couple = TOP + number * CELL_H, pair.couple
    name = f"{couple.report.called} & {couple.manager.called}"
    label = text_for(PORTRAITS[couple.behaviour].words, locale)
    parts = [
        Markup('<text class="name" x="0" y="{:.1f}">{}</text>').format(y + 12, name),
        Markup('<text class="kind" x="112" y="{:.1f}">{}</text>').format(y + 12, label),
    ]
    for meeting, verdict in pair.meetings:
        week = _week(play, meeting.start)
        if 0 <= week < play.weeks and verdict.state is not MeetingState.PLANNED:
            parts.append(
                Markup(
                    '<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="2"/>'
                ).format(verdict.state.value, LEFT + week * cell + 1, y + 1, cell - 2, CELL_H - 3)
            )
    false = set(pair.false_alarms)
    parts += [_dot(play, pair, s, s in false, y, cell, locale) for s in pair.said]
    return Markup("<g>{}</g>").format(Markup("").join(parts))


def _dot(
    play: Play, pair: Played, said: Suggestion, is_false: bool, y: int, cell: float, locale: str
) -> Markup:
    where = (said.at - play.began).total_seconds() / (7 * 86400)
    text = f"{said.rule_id}: {heard(pair, said, locale)}"
    return Markup(
        '<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4.2"><title>{}</title></circle>'
    ).format("ring" if is_false else "dot", LEFT + min(where, play.weeks - 0.3) * cell, y + 8, text)


def _week(play: Play, moment: datetime) -> int:
    return (moment - play.began).days // 7


def rules_picture(sums: Sums, words: dict[str, str], locale: str) -> Markup:
    """Draw a bar for each rule that spoke."""
    spoke = sorted((r for r in sums.rules if r.said), key=lambda r: (-r.said, r.rule_id))
    most = max((r.said for r in spoke), default=1)
    rows = []
    for n, rule in enumerate(spoke):
        y, scale = n * BAR_H, BAR_WIDTH / most
        right = (rule.said - rule.false) * scale
        name = text_for(by_id()[rule.rule_id].name, locale)
        pairs = words["people"] if rule.heard_by != 1 else words["pair"]
        told = f"{rule.said} · {rule.heard_by} {pairs}"
        rows.append(
            Markup(
                '<text class="rule" x="0" y="{0}">{1}</text>'
                '<text class="name" x="46" y="{0}">{2}</text>'
                '<rect class="bar" x="{3}" y="{4}" width="{5:.1f}" height="15" rx="3"/>'
                '<rect class="bar false" x="{6:.1f}" y="{4}" width="{7:.1f}" height="15" rx="3"/>'
                '<text class="count" x="{8:.1f}" y="{0}">{9}</text>'
            ).format(
                y + 16,
                rule.rule_id,
                name,
                BAR_LEFT,
                y + 4,
                max(2.0, right) if rule.said > rule.false else 0,
                BAR_LEFT + right,
                rule.false * scale,
                BAR_LEFT + rule.said * scale + 8,
                told,
            )
        )
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, max(BAR_H, len(spoke) * BAR_H), escape(words["by_rule"]), Markup("").join(rows)
    )
