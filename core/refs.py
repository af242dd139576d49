"""Opaque names of pairs: a pair's own id holds two addresses, which no URL or webhook shows."""

from __future__ import annotations

import hashlib

from core.model.people import Pair, PairId
from core.store import Transaction


def pair_ref(pair_id: PairId) -> str:
    """Return what a pair is called outside."""
    return hashlib.sha256(f"pair {pair_id}".encode()).hexdigest()[:16]


def pair_with_ref(tx: Transaction, ref: str) -> Pair | None:
    """Return the pair that is called so."""
    return next((pair for pair in tx.pairs() if pair_ref(pair.pair_id) == ref), None)
