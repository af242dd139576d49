"""Due days in people's words: each phrase of the table, alone and with its preposition."""

from __future__ import annotations

from datetime import date

import pytest

from core.body.due_words import find_due

MONDAY = date(2026, 6, 8)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Frist: Freitag", date(2026, 6, 12)),
        ("Termin: 12.6.", date(2026, 6, 12)),
        ("deadline Friday", date(2026, 6, 12)),
        ("no later than 12 June", date(2026, 6, 12)),
        ("Monatsende", date(2026, 6, 30)),
        ("Quartalsende", date(2026, 6, 30)),
        ("Jahresende", date(2026, 12, 31)),
        ("Anfang Juli", date(2026, 7, 5)),
        ("tonight", date(2026, 6, 8)),
        ("12. Juni", date(2026, 6, 12)),
        ("12 June", date(2026, 6, 12)),
        ("12th Jun", date(2026, 6, 12)),
        ("June 12", date(2026, 6, 12)),
        ("12.6.", date(2026, 6, 12)),
        ("12. 6.", date(2026, 6, 12)),
        ("2026-06-12", date(2026, 6, 12)),
        ("12/06/2026", date(2026, 6, 12)),
        ("KW 25", date(2026, 6, 19)),
        ("week 25", date(2026, 6, 19)),
    ],
)
def test_a_phrase_is_read_wherever_its_hint_stands(words: str, day: date) -> None:
    found = find_due(f"Bericht {words}", MONDAY)

    assert found is not None
    assert (found.day, found.end) == (day, len(f"Bericht {words}"))
