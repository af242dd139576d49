"""Ids that follow from what a thing is: made twice, it is the same one."""

from __future__ import annotations

import hashlib


def short_id(*parts: str) -> str:
    """Return sixteen letters that stand for these parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
