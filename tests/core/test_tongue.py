"""In which language an event speaks: only where it says so clearly."""

from __future__ import annotations

import pytest

from core.tongue import tongue_of


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Wöchentliches Gespräch Ben und Anna", "de"),
        ("Jour fixe mit Ben\nBitte Themen vorher eintragen", "de"),
        ("JOUR FIXE MIT BEN UND ANNA", "de"),
        ("Weekly catch-up with Ben", "en"),
        ("Anna / Ben\nPlease add your topics before we meet", "en"),
        ("1:1 Anna & Ben", None),
        ("Weekly Anna/Ben", None),
        ("Jour fixe", None),
        ("Point hebdomadaire avec Anna et Ben", None),
        ("Weekly mit Ben\nBring your topics und lies die Notizen", None),
        ("", None),
    ],
)
def test_what_is_said_clearly_counts(text: str, spoken: str | None) -> None:
    assert tongue_of(text) == spoken
