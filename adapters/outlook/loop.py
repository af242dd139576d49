"""An event loop in a thread of its own, for as long as somebody needs it."""

from __future__ import annotations

import asyncio
import os
import threading

GRACE = 5.0
"""Seconds that its end may take."""


class LoopThread:
    """One loop for all who enter; it ends when the last one leaves."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._inside = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """A fork takes no threads along: what the parent has is of no use to the child."""
        self._lock = threading.Lock()
        self._inside, self._loop, self._thread = 0, None, None

    def enter(self) -> asyncio.AbstractEventLoop:
        """Return the running loop; each `enter` has its `leave`."""
        with self._lock:
            self._inside += 1
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name=self._name, daemon=True
                )
                self._thread.start()
            return self._loop

    def leave(self) -> None:
        """Say that the loop is no longer needed here."""
        with self._lock:
            self._inside -= 1
            if self._inside or self._loop is None or self._thread is None:
                return
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(GRACE)
            self._loop.close()
            self._loop = self._thread = None
