"""What is left of a line that only says that it is done, or that has words in front of it."""

from __future__ import annotations

from datetime import date

import pytest

from core.body.said import said_by, said_since, without_done
from tests.core.body.samples.cases import BEN
from tests.core.body.test_fields import item, lexicon_for, said


@pytest.mark.parametrize(
    ("now", "before", "wanted"),
    [
        ("Raum erledigt", "Raum", ("Raum", True)),
        ("Raum, ist done!", "Raum", ("Raum", True)),
        ("DONE Raum", "Raum", ("Raum", True)),
        ("x Raum", "Raum", ("Raum", True)),
        ("Raum", "Raum", ("Raum", False)),
        ("erledigt Saal", "Raum", ("erledigt Saal", False)),
        ("erledigt Raum", "Kurs", ("erledigt Raum", False)),
        ("Raum erledigt buchen", "Raum", ("Raum erledigt buchen", False)),
        ("erledigt", "", ("", True)),
    ],
)
def test_done_beside_a_line_is_no_words(now: str, before: str, wanted: tuple[str, bool]) -> None:
    assert without_done(now, before) == wanted


@pytest.mark.parametrize("front", ["NEU", "NEU Ben: Raum bis 12.06., sonst"])
def test_words_in_front_of_an_action_items_line_leave_who_does_it_and_when(front: str) -> None:
    entry = item("Raum", owner=BEN.address, due=date(2026, 6, 12))
    lexicon = lexicon_for(entry)
    line = lexicon.line_words(entry)
    before, now = said(f"[ ] {line}", entry, lexicon), f"{front} {line}"
    read = said_by(now, lexicon.marks_of_line(now), lexicon, action=True)
    found = said_since(read, before, lexicon)

    assert (found.text, found.owner, found.due) == (f"{front} Raum", BEN.address, entry.due)
