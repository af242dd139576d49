"""Share commits: what several requests hand over at the same time is made durable at once.

A commit waits for the disk, and that is nearly all that taking an announcement in costs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.model.received import Received
from core.store import Store, Transaction

Also = Callable[[Transaction], None]


@dataclass(slots=True)
class _Handed:
    """What one request wants kept."""

    rows: Sequence[Received]
    also: Also | None
    is_over: bool = False
    error: Exception | None = None


class Together:
    """Whoever comes first writes for all that came meanwhile; each returns after its commit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handed: list[_Handed] = []
        self._list = threading.Lock()
        self._turn = threading.Lock()

    def keep(self, rows: Sequence[Received], also: Also | None = None) -> None:
        """Return once they are durable, and what is done with them.

        Raise what failed: then nothing of it is kept.
        """
        mine = _Handed(rows=rows, also=also)
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
                tx.receive_all([row for handed in batch for row in handed.rows])
                for handed in batch:
                    if handed.also:
                        handed.also(tx)
        except Exception as err:  # noqa: BLE001  each of them is told, not only who wrote
            error = err
        for handed in batch:
            handed.is_over, handed.error = True, error
