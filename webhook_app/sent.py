"""What was sent under which key to a chat that knows no keys: the same key sends nothing more."""

from __future__ import annotations

import hashlib

from core.model.calendar import IdempotencyKey
from core.model.messages import MessageRef
from core.model.teams import SentMessage
from core.store import Store
from webhook_app.jobs.clock import utc_now


class KeptMessages:
    """The `core.sent.Sent` of the adapters' messages, on our store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, key: IdempotencyKey) -> MessageRef | None:
        with self._store.transaction() as tx:
            known = tx.noun(SentMessage, _digest(key))
        return known.ref if known else None

    def keep(self, key: IdempotencyKey, ref: MessageRef) -> None:
        with self._store.transaction() as tx:
            tx.put_noun(SentMessage(sent_key=_digest(key), ref=ref, at=utc_now()))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
