"""Who wrote a line below a point, read from calendars."""

from __future__ import annotations

import pytest

from core.model.marks import LineAuthor, line_key
from tests.core.builders import ANNA
from tests.core.service.conftest import Company


@pytest.mark.capability("SD-25")
def test_a_line_from_ones_own_copy_is_theirs_and_from_a_shared_one_nobody_s(
    company: Company,
) -> None:
    company.say_yes()
    company.add_line(ANNA, "- Urlaub")
    company.sync()
    company.type(ANNA, lambda text: text.replace("Urlaub", "Urlaub\n   zwei Wochen", 1))
    company.sync()

    (point,) = company.agenda().points
    assert point.notes == ("zwei Wochen",)
    with company.store.transaction() as tx:
        (pair,) = tx.pairs()
        known = tx.noun(LineAuthor, line_key(pair.pair_id, point.point_id, "zwei Wochen"))
    assert (known.person if known else None) == (ANNA if company.copies else None)
