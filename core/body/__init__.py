"""The agenda text engine: our block in an event's body, written, read back and merged.

    from core.body import Body, BodyForm, merge, render

A body goes in and comes out whole. Inside it, between two fence lines, stands our block;
everything around it belongs to the host and to people, and stays as it was to the byte.
"""

from core.body.explain import explain
from core.body.headings import heading
from core.body.magic_word import magic_word, without_magic_word
from core.body.merge import merge, merge_copies
from core.body.read import Reading, read
from core.body.readable import own_words, readable
from core.body.render import render
from core.body.splice import has_block, place, remove
from core.body.values import (
    Change,
    ChangeKind,
    Copy,
    Damage,
    DamageKind,
    Exposure,
    MergeResult,
)
from core.model.calendar import Body, BodyForm

__all__ = [
    "Body",
    "BodyForm",
    "Change",
    "ChangeKind",
    "Copy",
    "Damage",
    "DamageKind",
    "Exposure",
    "MergeResult",
    "Reading",
    "explain",
    "has_block",
    "heading",
    "magic_word",
    "merge",
    "merge_copies",
    "own_words",
    "place",
    "read",
    "readable",
    "remove",
    "render",
    "without_magic_word",
]
