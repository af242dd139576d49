"""A pass whose process is killed at one transaction after the other until one gets through."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from core.service.run import Pass, sync_once
from core.store import Store, Transaction
from webhook_app.demo.cycle import Sync
from webhook_app.wiring import App

MOST = 600
"""More transactions than any pass has."""


class DyingStore:
    """A store whose process is killed as it opens its n-th transaction."""

    def __init__(self, store: Store, n: int) -> None:
        self._store = store
        self._left = n

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        with self._store.transaction() as tx:
            yield tx


def killed_again_and_again(
    opened: Callable[[], App],
    *,
    each: int = 1,
    before: Callable[[datetime], object] = lambda _: None,
) -> tuple[Sync, list[int]]:
    """Return a pass that dies at every so-many-th transaction, each time beginning at another."""
    kills: list[int] = []

    def sync(now: datetime) -> Pass:
        before(now)
        for n in range(1 + len(kills) % each, MOST, each):
            status = _in_a_child(opened, now, n)
            if os.WIFSIGNALED(status):
                assert os.WTERMSIG(status) == signal.SIGKILL
                kills.append(n)
                continue
            assert os.WEXITSTATUS(status) == 0
            return Pass()
        raise AssertionError("a pass that never ends")

    return sync, kills


def _in_a_child(opened: Callable[[], App], now: datetime, n: int) -> int:
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        app = opened()
        services = replace(app.services, store=DyingStore(app.store, n))
        code = 3 if sync_once(services, now).troubles else 0
    finally:
        os._exit(code)
