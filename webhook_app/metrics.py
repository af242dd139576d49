"""`/metrics` for Prometheus: counts and states read from the database at the scrape.

Nothing here has a name, an address or a word of anybody; several processes need no shared memory,
because what is counted stands in the database.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable

from flask import Response, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from core.errors import NotAllowed
from core.model.webhooks import Endpoint, Waiting
from webhook_app.auth.who import the_app, visitor
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.engine import Engine
from webhook_app.storage.store import SqlTransaction

MOST = 10_000


def metrics_view(engine: Engine | None) -> ResponseReturnValue:
    """Answer a scrape: from this machine, or an administrator's token."""
    _require_watcher()
    app = the_app()
    registry = CollectorRegistry()
    with app.store.transaction() as tx:
        found = [*_work(tx), *_people(tx), _happened(tx.last_happening())]
    if engine is not None:
        found.append(_gauge("engine_ready", "1 while passes come in time", int(engine.is_ready)))
        found.append(_gauge("engine_troubles", "accounts in trouble", len(engine.troubles)))
    registry.register(_Fixed(found))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Fixed:
    """A collector of what was read."""

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        """Return it."""
        return self._found


def _require_watcher() -> None:
    known = visitor()
    if known is not None and known.is_admin:
        return
    forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    near = ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
    if known is not None or forwarded or not near:
        raise NotAllowed("metrics are for this machine, or an administrator's token")


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"vieraugen_{name}", words, value=value)


def _labelled(name: str, words: str, label: str, counts: Counter[str]) -> Metric:
    made = GaugeMetricFamily(f"vieraugen_{name}", words, labels=[label])
    for key, count in sorted(counts.items()):
        made.add_metric([key], count)
    return made


def _work(tx: SqlTransaction) -> list[Metric]:
    now = utc_now()
    due = tx.due_actions(now, limit=MOST)
    kinds = Counter(action.kind.value for action in due)
    oldest = max(((now - a.due_at).total_seconds() for a in due), default=0.0)
    endpoints = Counter(e.state.value for e in tx.nouns(Endpoint))
    return [
        _labelled("actions_due", "actions whose time has come", "kind", kinds),
        _gauge("oldest_due_seconds", "how long the longest due action waits", oldest),
        _labelled("webhooks", "outgoing webhooks by state", "state", endpoints),
        _gauge("webhook_deliveries_waiting", "not delivered yet", len(tx.nouns(Waiting))),
    ]


def _people(tx: SqlTransaction) -> list[Metric]:
    connections = Counter(c.state.value for c in tx.connections())
    states = Counter(series.state.value for series in tx.all_series())
    return [
        _labelled("connections", "connected accounts by state", "state", connections),
        _labelled("series", "series by state", "state", states),
    ]


def _happened(number: int) -> Metric:
    return _gauge("happenings", "lines of what happened so far", number)
