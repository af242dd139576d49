"""A body cut off at any character brings nothing new and loses nothing."""

from __future__ import annotations

import pytest

from core.body import BodyForm, merge
from core.model.agenda import Agenda
from tests.core.body.manglers.clients import cut_at
from tests.core.body.manglers.lines import page_of
from tests.core.body.manglers.strategies import (
    flavours_for,
    settings_of,
    written,
)
from tests.core.body.samples.cases import ANNA, BEN

OF = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "report",
                "owner": ANNA.address,
                "points": [
                    {"text": "Budget klären", "carried": 1, "notes": ["Schulung & mehr"]},
                    {"text": "R&D <Entwurf> klären", "other_wording": "R&D für Graz"},
                    {"text": "Lob", "sensitive": True},
                ],
            },
            {"kind": "manager", "owner": BEN.address},
            {
                "kind": "agreed",
                "action_items": [{"text": "Raum", "owner": BEN.address, "due": "2026-06-12"}],
            },
        ]
    }
)


@pytest.mark.parametrize("form", list(BodyForm))
@pytest.mark.parametrize("language", [("de", None), ("en", "de")])
def test_a_body_cut_anywhere_is_no_change(form: BodyForm, language: tuple[str, str | None]) -> None:
    base = written(OF, form, language)
    whole = flavours_for(form)[0](page_of(base, OF))
    changed = []
    for length in range(len(whole.content)):
        result = merge(
            base_agenda=OF,
            base_body=base,
            theirs=cut_at(length)(whole),
            ours=OF,
            copy_of=ANNA,
            **settings_of(language),
        )
        if result.agenda != OF:
            changed.append(whole.content[:length][-40:])

    assert changed == []
