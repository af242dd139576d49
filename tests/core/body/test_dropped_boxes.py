"""Hosts that drop all boxes: the block is written anew where somebody typed, and not for ever."""

from __future__ import annotations

from typing import Final

import pytest

from core.body import Body, merge
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import agenda, annas, shown, texts

OF: Final = agenda(annas("Urlaub", "Budget"))
MORE: Final = agenda(annas("Urlaub", "Budget", "Lob"))


def bare(of: Agenda, sign: str = "") -> str:
    """Return a block without boxes."""
    return shown(of).replace("[ ] ", sign)


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "written"),
    [
        (shown(OF), bare(OF), OF, False),
        (shown(OF), bare(OF).replace("Budget", "Budget neu"), OF, False),
        (bare(OF), bare(OF), OF, False),
        (bare(OF, "- "), bare(OF), OF, False),
        (bare(OF), bare(OF).replace("Budget", "Budget\n Lob"), OF, True),
        (bare(OF), bare(MORE), MORE, False),
    ],
    ids=["dropped", "and edited", "as before", "bullets too", "typed", "our own write"],
)
def test_boxes_that_a_host_drops_are_written_again_where_somebody_typed(
    base: str, theirs: str, ours: Agenda, *, written: bool
) -> None:
    result = merge(
        base_agenda=OF,
        base_body=Body(content=base),
        theirs=Body(content=theirs),
        ours=ours,
        copy_of=ANNA,
        **settings_of(),
    )

    assert result.write is written
    assert set(texts(ours)) - {"Budget"} <= set(texts(result.agenda))
