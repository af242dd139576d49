"""Share commits: what several requests hand over at the same time is made durable at once.

A commit waits for the disk, and that is nearly all that taking an announcement in costs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.store import Store, Transaction

Write = Callable[[Transaction], None]


@dataclass(slots=True)
class _Handed:
    """What one request wants kept."""

    write: Write
    is_over: bool = False
    error: Exception | None = None


class Together:
    """Whoever comes first writes for all that came meanwhile; each returns after its commit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handed: list[_Handed] = []
        self._list = threading.Lock()
        self._turn = threading.Lock()

    def keep(self, write: Write) -> None:
        """Return once it is durable. Raise what failed: then nothing of it is kept."""
        mine = _Handed(write=write)
        with self._list:
            self._handed.append(mine)
        with self._turn:
            if not mine.is_over:
                self._commit()
        if mine.error is not None:
            raise mine.error

    def _commit(self) -> None:
        with self._list:
            batch, self._handed = self._handed, []
        error: Exception | None = None
        try:
            with self._store.transaction() as tx:
                for handed in batch:
                    handed.write(tx)
        except Exception as err:  # noqa: BLE001  each of them is told, not only who wrote
            error = err
        for handed in batch:
            handed.is_over, handed.error = True, error
