"""Signs where people type them: behind the words, before the count or the day that we write."""

from __future__ import annotations

from typing import Final

import pytest

from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas
from tests.core.body.test_stories import told

OF: Final = agenda(
    annas({"text": "Gehalt", "carried": 2}, "Urlaub"),
    agreed({"text": "Budget", "owner": BEN.address, "due": "2026-06-12"}),
)
POINT, ACTION = "[ ] Gehalt (2×)", "[ ] Ben: Budget bis 12.06."
END: Final = "schreiben:\n -"


@pytest.mark.parametrize(
    "line",
    [
        *("!! [ ] Gehalt (2×)", "!![ ] Gehalt (2×)", "[ ]!! Gehalt (2×)", "[!!] Gehalt (2×)"),
        *("[ ] Gehalt !! (2×)", "[ ] Gehalt (2×)!!", "[ ] Gehalt (2×) ‼️", "[ ] ❗❗ Gehalt (2×)"),
        *("[ ] Gehalt (vertraulich) (2×)", "[ ] Gehalt (2×) – vertraulich", "[ ] !!: Gehalt"),
        *("[ ] Vertraulich! Gehalt (2×)", "[ ] confidential – Gehalt (2×)"),
        *("[ ] VERTRAULICH Gehalt (2×)", "- !! Gehalt", "[x] !! Gehalt (2×)"),
    ],
)
def test_a_point_marked_anywhere_leaves_the_calendar(line: str) -> None:
    result = after(OF, (POINT, line))
    state = "discussed" if "[x]" in line else "open"

    assert told(result.agenda)[0] == f"{state} (hidden) Gehalt"
    assert "Gehalt" not in result.body.content


@pytest.mark.parametrize(
    "line",
    [
        *("!! [ ] Ben: Budget bis 12.06.", "[ ] Ben: Budget bis 12.06. !!", "[ ] Ben: !! Budget"),
        *("[ ] Ben: Budget !! bis 12.06.", "[ ] Ben: (vertraulich) Budget bis 12.06."),
    ],
)
def test_an_action_item_marked_anywhere_leaves_the_calendar(line: str) -> None:
    result = after(OF, (ACTION, line))

    assert [one for one in told(result.agenda) if "(hidden)" in one and "Budget" in one]
    assert "Budget" not in result.body.content


@pytest.mark.parametrize(
    "line",
    [
        *(
            "TODO Ben: !! Rüge bis Freitag",
            "TODO Ben: Rüge !! bis Freitag",
            "@Ben (vertraulich) Rüge",
        ),
        *("TODO Ben: Rüge bis Freitag !!", "AI Ben: vertraulich: Rüge"),
    ],
)
def test_a_new_action_item_marked_anywhere_never_comes_into_the_calendar(line: str) -> None:
    result = after(OF, (END, f"schreiben:\n - {line}"))
    (new,) = (one for one in told(result.agenda) if "Rüge" in one)

    assert new.startswith("open (hidden) ")
    assert not {"!!", "(vertraulich)"} & set(new.split())
    assert "Rüge" not in result.body.content
    assert [p.owner for p in result.agenda.points if "Rüge" in p.text] == [ANNA.address]


@pytest.mark.parametrize(
    ("old", "line", "kept"),
    [
        (POINT, "[ ] Gehalt ✅ (2×)", "discussed Gehalt"),
        (POINT, "[ ] Gehalt (erledigt) (2×)", "discussed Gehalt"),
        (POINT, "[ ] Gehalt (2×) erledigt", "discussed Gehalt"),
        (ACTION, "[ ] Ben: Budget ✅ bis 12.06.", None),
        (ACTION, "[ ] Ben: Budget – erledigt bis 12.06.", None),
        (ACTION, "[ ] Ben: ✅ Budget bis 12.06.", None),
        (ACTION, "[ ] Ben: Budget bis 12.06. erledigt", None),
    ],
)
def test_done_is_done_wherever_it_stands(old: str, line: str, kept: str | None) -> None:
    result = after(OF, (old, line), person=ANNA)
    (tick,) = result.changes

    assert tick.kind == "ticked"
    assert told(result.agenda)[0] == (kept or "open Gehalt")
    assert " [x] " in result.body.content


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TODO Ben: ✅ Saal", ("Saal", "done")),
        ("TODO Ben: Saal", ("Saal", "open")),
        ("TODO Ben: ~ Saal", ("~ Saal", "open")),
    ],
)
def test_a_new_action_item_is_done_where_its_words_begin_with_a_tick(
    line: str, said: tuple[str, str]
) -> None:
    *_, new = after(OF, (END, f"{END} {line}")).agenda.action_items

    assert (new.text, new.state.value) == said
