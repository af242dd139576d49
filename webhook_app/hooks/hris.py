"""`POST /hooks/hris`: signed events of a personnel system, taken in whole, once, or not at all.

Signatures follow Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). An answer
of 2xx means that the event is kept and done; the same id again is answered and does nothing.
"""

from __future__ import annotations

import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from standardwebhooks import Webhook, WebhookVerificationError

from core.errors import InvalidInput, NotFound
from core.hris import HrisPlan, Row, read_csv
from core.hris_events import change_day, rows_of
from core.model.engagement import HrisEvent
from core.model.received import Received, ReceivedKind, ReceivedState
from core.service.hris import plan_batch, take_in_batch
from webhook_app.hooks.rows import digest_of, received_id
from webhook_app.jobs.clock import utc_now
from webhook_app.problems import HttpRefusal
from webhook_app.wiring import App

CSV = "text/csv"
bp = Blueprint("hris", __name__, url_prefix="/hooks/hris")


@bp.post("")
def receive() -> ResponseReturnValue:
    """Take one event in; `?dry_run=1` says what it would do and keeps nothing."""
    app: App = current_app.extensions["vieraugen"]
    body = request.get_data(cache=False)
    event_id = _verified(app.settings.hris_secret, body)
    is_csv, now = request.mimetype == CSV, utc_now()
    kind, rows, days, as_of = _told_by(CSV if is_csv else "", body)
    with app.store.transaction() as tx:
        if tx.noun(HrisEvent, event_id) is not None:
            return jsonify(id=event_id, type=kind, duplicate=True)
        plan = plan_batch(tx, rows, now, as_of=as_of)
        if plan.errors:
            return _refused(plan)
        if request.args.get("dry_run") == "1":
            return jsonify(id=event_id, type=kind, dry_run=True, **told(plan))
        take_in_batch(tx, plan, now, locale=app.settings.locale, change_on=days)
        kept = json.dumps(counted(plan))
        tx.put_noun(
            HrisEvent(event_id=event_id, kind=kind, at=now, body=body.decode(), result=kept)
        )
        tx.receive(_row(event_id, body, now))
    return jsonify(id=event_id, type=kind, **counted(plan))


def _row(event_id: str, body: bytes, now: datetime) -> Received:
    """Return the event's row among all that came in: it is done in the same transaction."""
    return Received(
        received_id=received_id("hris", event_id),
        suite="hris",
        kind=ReceivedKind.PERSONNEL,
        lane="hris",
        source_id=event_id,
        received_at=now,
        due_at=now,
        digest=digest_of(body),
        state=ReceivedState.DONE,
        attempts=1,
    )


def take_again(app: App, event_id: str, now: datetime) -> HrisPlan:
    """Take a kept event in once more; where the plan has errors, nothing. Raise NotFound."""
    with app.store.transaction() as tx:
        kept = tx.noun(HrisEvent, event_id)
        if kept is None:
            raise NotFound(f"no event {event_id}: `vieraugen hris events` lists them")
        _, rows, days, as_of = _told_by(kept.kind, kept.body.encode())
        plan = plan_batch(tx, rows, now, as_of=as_of or kept.at)
        if not plan.errors:
            take_in_batch(tx, plan, now, locale=app.settings.locale, change_on=days)
    return plan


def _verified(secrets: str, body: bytes) -> str:
    """Return the event's id. Refuse what is unsigned, wrongly signed, or older than 5 minutes."""
    known = secrets.split()
    if not known:
        raise HttpRefusal(404, "hris_secret is not set: no personnel system may send events")
    headers = {name.lower(): value for name, value in request.headers.items()}
    for secret in known:
        try:
            Webhook(secret).verify(body, headers, json_parse=False)
        except (WebhookVerificationError, binascii.Error, ValueError):
            continue
        return headers["webhook-id"]
    raise HttpRefusal(401, "the signature does not fit, or the event is older than five minutes")


def _told_by(kind: str, body: bytes) -> tuple[str, list[Row], Mapping[str, str], datetime | None]:
    """Return kind, rows, days of change and since when it is so. Raise InvalidInput."""
    if kind == CSV:
        try:
            return CSV, read_csv(body.decode("utf-8-sig")), {}, None
        except UnicodeDecodeError as err:
            raise InvalidInput(f"save it as UTF-8: byte {err.start} is none") from err
    kind, data, as_of = event_of(body)
    return kind, list(rows_of(kind, data)), change_day(kind, data), as_of


def event_of(body: bytes) -> tuple[str, Any, datetime | None]:
    """Return an event's type, its data, and when it was so. Raise InvalidInput."""
    try:
        event = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as err:
        raise InvalidInput("the body is no JSON in UTF-8") from err
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise InvalidInput("an event is an object with `type`, `data` and perhaps `timestamp`")
    try:
        as_of = datetime.fromisoformat(event["timestamp"]) if event.get("timestamp") else None
    except (TypeError, ValueError) as err:
        raise InvalidInput("timestamp looks like 2026-03-31T09:00:00Z") from err
    if as_of is not None and as_of.tzinfo is None:
        raise InvalidInput("timestamp needs a time zone: 2026-03-31T09:00:00Z")
    return event["type"], event.get("data"), as_of


def _refused(plan: HrisPlan) -> tuple[Response, int]:
    errors = [{"row": e.row, "code": e.code, "text": e.text} for e in plan.errors]
    problem = jsonify(
        type="about:blank",
        title="InvalidInput",
        detail="nothing was taken in: see errors",
        status=422,
        errors=errors,
    )
    problem.mimetype = "application/problem+json"
    return problem, 422


def counted(plan: HrisPlan) -> dict[str, int]:
    """Return how much a plan does, in numbers."""
    return {
        "people": len(plan.engagements),
        "new_pairs": len(plan.new_pairs),
        "ended_pairs": len(plan.ended_pairs),
        "changed_managers": len(plan.changed_managers),
        "unknown": len(plan.unknown),
        "leaves": len(plan.pauses),
    }


def told(plan: HrisPlan) -> dict[str, Any]:
    """Return what a plan would do, for the one who may know all of it."""
    return {
        "people": [e.address for e in plan.engagements],
        "new_pairs": list(plan.new_pairs),
        "ended_pairs": list(plan.ended_pairs),
        "changed_managers": [list(change) for change in plan.changed_managers],
        "unknown": list(plan.unknown),
        "leaves": [address for address, _, _ in plan.pauses],
        "cycles": [],
    }
