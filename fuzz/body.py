"""Fuzz targets for core.body, each for any bytes: `python fuzz/body.py merge SEEDS`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["core.body"]):
    from core.body import (
        Body,
        BodyForm,
        MergeResult,
        explain,
        has_block,
        magic_word,
        merge,
        place,
        read,
        remove,
        render,
    )
    from core.model.agenda import Agenda
    from core.model.people import Person

SPLIT: Final = b"\xff\xfe\xff"
"""Between base, theirs and the rich form."""
ANNA: Final = Person(address="anna@example.com", name="Anna Ahrens")
BEN: Final = Person(address="ben@example.com", name="Ben Behrens")
NOW: Final = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
AGENDA: Final = Agenda.from_dict(
    {
        "sections": [
            {"kind": "report", "owner": ANNA.address, "points": ["Urlaub im August", "Büro"]},
            {"kind": "manager", "owner": BEN.address, "points": ["Rückblick <Quartal>"]},
            {"kind": "agreed", "action_items": [{"text": "Budget", "owner": BEN.address}]},
        ]
    }
)


def bodies(data: bytes) -> tuple[Body, Body]:
    """Turn bytes into a base and what became of it; the first byte says which forms."""
    flags, parts = data[:1] or b"\0", data[1:].split(SPLIT)
    texts = [part.decode("utf-8", "surrogateescape") for part in parts] + ["", ""]
    forms = [BodyForm.HTML if flags[0] & bit else BodyForm.TEXT for bit in (1, 2)]
    rich = texts[2] if flags[0] & 4 else None
    return Body(form=forms[0], content=texts[0]), Body(form=forms[1], content=texts[1], rich=rich)


def merged(base: Body | None, theirs: Body, ours: Agenda) -> MergeResult:
    """Merge one copy of Anna's."""
    return merge(
        base_agenda=ours if base else None,
        base_body=base,
        theirs=theirs,
        ours=ours,
        copy_of=ANNA,
        people=(BEN, ANNA),
        now=NOW,
        zone="Europe/Berlin",
        locale="de",
    )


def fuzz_read(data: bytes) -> None:
    """Reading and explaining never raises."""
    base, theirs = bodies(data)
    for body in (base, theirs):
        read(body)
        has_block(body)
        magic_word(body)
    explain(theirs)


def fuzz_merge(data: bytes) -> None:
    """Merging never raises, and its result merges to itself, at the second time at the latest."""
    base, theirs = bodies(data)
    first = merged(base, theirs, AGENDA)
    if not first.may_write:
        return
    body = first.body if first.write else theirs
    again = merged(body, body, first.agenda)
    if again.write and again.agenda == first.agenda:
        # A piece of a fence beside a whole one may take a second write to be cleared away.
        again = merged(again.body, again.body, again.agenda)
    if again.agenda != first.agenda or again.write or again.changes:
        raise AssertionError(f"not stable: {again.changes!r}")


def fuzz_splice(data: bytes) -> None:
    """What was placed is found, and removing it gives the original."""
    _, original = bodies(data)
    if has_block(original) or magic_word(original):
        remove(original, original=None)
        return
    placed = place(original, render(AGENDA.shared(), form=original.form, locale="de"))
    if not has_block(placed):
        raise AssertionError("placed and not found")
    if remove(placed, original=original).content != original.content:
        raise AssertionError("removed and not as before")


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "read": fuzz_read,
    "merge": fuzz_merge,
    "splice": fuzz_splice,
}


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
