"""A body cut off at any character brings nothing new and loses nothing."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, merge
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


TWINS = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "report",
                "owner": ANNA.address,
                "points": [
                    {"text": "Budget klären", "state": "discussed", "notes": ["R&D klären"]},
                    {"text": "Budget klären", "notes": ["Budget klären"]},
                    {"text": "Lob", "sensitive": True, "state": "discussed"},
                ],
            },
            {"kind": "manager", "owner": BEN.address, "points": ["R&D klären lassen"]},
        ]
    }
)


@pytest.mark.parametrize("form", list(BodyForm))
@pytest.mark.parametrize("language", [("de", None), ("en", "de")])
def test_a_body_cut_anywhere_is_no_change(form: BodyForm, language: tuple[str, str | None]) -> None:
    base = written(OF, form, language)
    whole = flavours_for(form)[0](page_of(base, OF))
    assert cuts_that_change(OF, base, whole, language) == []


@pytest.mark.parametrize(
    ("form", "flavour"), [(form, n) for form in BodyForm for n in range(len(flavours_for(form)))]
)
def test_nor_among_lines_that_read_alike_whoever_wrote_the_source(
    form: BodyForm, flavour: int
) -> None:
    base = written(TWINS, form)
    whole = flavours_for(form)[flavour](page_of(base, TWINS))
    assert cuts_that_change(TWINS, base, whole) == []


def cuts_that_change(
    of: Agenda, base: Body, whole: Body, language: tuple[str, str | None] = ("de", None)
) -> list[str]:
    """Return the ends of those cut bodies from which anything but the agenda was read."""
    changed = []
    for length in range(len(whole.content)):
        result = merge(
            base_agenda=of,
            base_body=base,
            theirs=cut_at(length)(whole),
            ours=of,
            copy_of=ANNA,
            **settings_of(language),
        )
        if result.agenda != of:
            changed.append(whole.content[:length][-40:])
    return changed
