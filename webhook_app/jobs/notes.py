"""Notes between processes, kept where cursors are: who runs the engine does the pass."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.model.calendar import Cursor
from core.model.series import ConnectionId
from core.store import Transaction

ENGINE = ConnectionId("engine")
ASKED, DONE = "sync asked", "sync done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one whole pass did."""

    changed: int
    actions: int
    troubles: Sequence[str]


def ask(tx: Transaction, at: str) -> None:
    """Ask the running engine for a pass; `at` is an ISO time in UTC."""
    tx.put_cursor(ENGINE, ASKED, Cursor(at))


def asked(tx: Transaction) -> str | None:
    """Return the latest wish that nobody has answered."""
    wish, done = tx.cursor(ENGINE, ASKED), tx.cursor(ENGINE, DONE)
    return wish if wish and (done is None or json.loads(done)["asked"] < wish) else None


def answer(tx: Transaction, wish: str, report: Report) -> None:
    """Say that the pass is done."""
    tx.put_cursor(ENGINE, DONE, Cursor(json.dumps({"asked": wish, **asdict(report)})))


def answer_to(tx: Transaction, wish: str) -> Report | None:
    """Return what a pass did that began after the wish; None: not yet."""
    done = tx.cursor(ENGINE, DONE)
    data = json.loads(done) if done else {"asked": ""}
    return Report(**data) if data.pop("asked") >= wish else None
