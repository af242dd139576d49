"""A body with far more lines than an agenda has: read at once, and nothing of it is lost."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, DamageKind, merge, read
from core.body.lines import scan
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import agenda, annas, shown, texts

PROMPT = "Neue Punkte einfach darunter schreiben:\n"
OF = agenda(annas("Budget", "Urlaub"))


def crowded(typed: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], Body]:
    """Merge what Anna typed where few new lines are read; return points and body.

    Three, and one for our own empty last line, which now stands behind them all.
    """
    monkeypatch.setattr("core.body.copy_merge.MOST_LINES", 3)
    base = Body(content=shown(OF))
    theirs = Body(content=shown(OF).replace(PROMPT, PROMPT + typed))
    told = settings_of()
    result = merge(base_agenda=OF, base_body=base, theirs=theirs, ours=OF, copy_of=ANNA, **told)
    again = merge(
        base_agenda=result.agenda,
        base_body=result.body,
        theirs=result.body,
        ours=result.agenda,
        copy_of=ANNA,
        **told,
    )

    assert [d.kind for d in result.damage] == ([DamageKind.CROWDED] if "sechs" in typed else [])
    assert again.agenda == result.agenda
    assert not again.write
    return texts(result.agenda), result.body


def test_what_stands_behind_so_many_lines_goes_below_the_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = "- drei\n\n- vier\n- fünf\n- fünfeinhalb\n- sechs\n\n- sieben\n"
    points, body = crowded(typed, monkeypatch)

    assert points == ["Budget", "Urlaub", "drei", "vier", "fünf", "fünfeinhalb"]
    block, fence, below = body.content.partition("▲ Ende 1:1-Agenda")
    assert below.splitlines() == ["", "- sechs", "- sieben"]
    assert "sechs" not in block
    assert fence


def test_as_many_lines_as_are_read_are_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    points, body = crowded("- drei\n- vier\n\n- fünf\n", monkeypatch)

    assert points == ["Budget", "Urlaub", "drei", "vier", "fünf"]
    assert body.content.rstrip().endswith("▲ Ende 1:1-Agenda")


def test_of_many_blank_lines_nobody_counts_how_many_they_are() -> None:
    content = "Hallo\n" + "\n" * 5_000 + shown(OF)
    body = Body(form=BodyForm.TEXT, content=content)

    assert len(scan(body).lines) < 200
    reading = read(body)
    assert len(reading.blocks) == 1
    assert content[reading.spans[0][0] :].startswith("▼ 1:1-Agenda")
