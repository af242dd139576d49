"""Serve an operation: who asks, may they, what do they send, answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ValidationError

from core.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, OneOnOneError
from core.model.actions import Happening
from core.model.people import Pair
from core.model.series import Series, SeriesId
from core.refs import pair_with_ref
from core.store import Transaction
from webhook_app.api import replies
from webhook_app.api.contract import HEADERS, LONGEST_HEADER, Ask, Operation, Reply, Subject
from webhook_app.auth.limits import API, STRANGERS
from webhook_app.auth.remote import client_address
from webhook_app.auth.visitor import Visitor, require, require_scope, role_of
from webhook_app.auth.who import known_visitor, the_app, the_door
from webhook_app.jobs.clock import utc_now
from webhook_app.problems import HttpRefusal


def install(bp: Blueprint, operation: Operation) -> None:
    """Let the blueprint serve it."""
    path = operation.path.replace("{", "<").replace("}", ">")
    bp.add_url_rule(path, operation.name, _view(operation), methods=[operation.verb])


def _view(operation: Operation) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        visitor = _counted()
        require_scope(visitor, operation.scope)
        ask = _checked(operation, visitor, path)
        if operation.verb == "POST" and ask.key:
            return _once(operation, ask)
        return _response(operation, ask, operation.handler(ask))

    return view


def _counted() -> Visitor:
    """Return who asks, if they may ask again already: a stranger is counted by address."""
    limits = the_door().limits
    try:
        visitor = known_visitor()
    except NotSignedIn:
        limits.take(f"stranger {client_address()}", STRANGERS)
        raise
    limits.take(visitor.name, API)
    return visitor


def _checked(operation: Operation, visitor: Visitor, path: dict[str, str]) -> Ask:
    _check_headers()
    now = utc_now()
    with the_app().store.transaction() as tx:
        pair, series = _subject(tx, operation, path)
        if operation.subject is Subject.NOTHING:
            role = require(tx, visitor, None, operation.right, now)
        else:
            if pair is None:
                _no_such(tx, visitor, operation)
            role = require(tx, visitor, pair, operation.right, now)
    return Ask(
        app=the_app(),
        visitor=visitor,
        role=role,
        now=now,
        path=path,
        query=_query(operation.query),
        body=_body(operation.body) if operation.body else None,
        key=_key(visitor, operation),
        if_match=request.headers.get("If-Match"),
        on_behalf_of=request.headers.get("On-Behalf-Of", ""),
        pair=pair,
        series=series,
    )


def _no_such(tx: Transaction, visitor: Visitor, operation: Operation) -> None:
    """Refuse what does not exist; to administrators it looks like what does."""
    if visitor.is_admin and role_of(tx, visitor, None, utc_now()):
        raise NotAllowed("administrators do not see what two people write")
    raise NotFound(f"there is no such {operation.subject} of yours")


def _subject(
    tx: Transaction, operation: Operation, path: dict[str, str]
) -> tuple[Pair | None, Series | None]:
    match operation.subject:
        case Subject.PAIR:
            return pair_with_ref(tx, path["pair"]), None
        case Subject.SERIES:
            series = tx.series(SeriesId(path["series"]))
            pair = tx.pair(series.pair_id) if series and series.pair_id else None
            return pair, series
        case _:
            return None, None


def _query(model: type[BaseModel]) -> BaseModel:
    given = request.args.to_dict()
    unknown = sorted(set(given) - set(model.model_fields))
    if unknown:
        known = ", ".join(model.model_fields) or "none"
        raise InvalidInput(f"unknown query parameter; this path takes {known}")
    try:
        return model.model_validate(given)
    except ValidationError as err:
        raise InvalidInput(_said(err)) from err


def _body(model: type[BaseModel]) -> BaseModel:
    raw = request.get_data(cache=True)
    if not raw and not any(f.is_required() for f in model.model_fields.values()):
        raw = b"{}"
    elif request.mimetype != "application/json":
        raise HttpRefusal(415, "send application/json")
    try:
        return model.model_validate_json(raw)
    except ValidationError as err:
        if any(e["type"] == "json_invalid" for e in err.errors(include_url=False)):
            raise HttpRefusal(400, "this is no JSON") from err
        raise InvalidInput(_said(err)) from err


def _said(err: ValidationError) -> str:
    """Say what is wrong where; what was sent is not repeated, for it may be private."""
    first = err.errors(include_url=False, include_context=False, include_input=False)[:5]
    return "; ".join(f"{'.'.join(str(p) for p in e['loc']) or 'body'}: {e['msg']}" for e in first)


def _check_headers() -> None:
    for name, pattern in HEADERS.items():
        value = request.headers.get(name)
        if value is None:
            continue
        if len(value) > LONGEST_HEADER or not re.match(pattern, value):
            raise InvalidInput(f"{name}: it has the form {pattern}")


def _key(visitor: Visitor, operation: Operation) -> str:
    key = request.headers.get("Idempotency-Key", "")
    return f"{visitor.token_id or visitor.person} {operation.name} {key}" if key else ""


def _once(operation: Operation, ask: Ask) -> Response:
    asked = hashlib.sha256(request.get_data(cache=True)).hexdigest()
    name = replies.reply_id(operation.name, request.path, ask.key)
    with ask.app.store.transaction() as tx:
        kept = replies.begin(tx, name, asked, ask.now)
    if kept is not None:
        answer = _json(kept.text, kept.status, kept.etag)
        answer.headers["Idempotent-Replayed"] = "true"
        return answer
    try:
        reply = operation.handler(ask)
    except OneOnOneError:
        with ask.app.store.transaction() as tx:
            replies.forget(tx, name)
        raise
    answer = _response(operation, ask, reply)
    with ask.app.store.transaction() as tx:
        tx.put_noun(
            replies.KeptReply(
                reply_id=name,
                asked=asked,
                at=ask.now,
                status=answer.status_code,
                text=answer.get_data(as_text=True),
                etag=reply.etag,
            )
        )
    return answer


def _response(operation: Operation, ask: Ask, reply: Reply) -> Response:
    if operation.writes:
        _note_integration(operation, ask)
        _nudge()
    if operation.verb == "GET" and reply.etag:
        given = {p.strip().removeprefix("W/") for p in _header("If-None-Match").split(",")}
        if f'"{reply.etag}"' in given:
            return _json("", 304, reply.etag)
    text = reply.value.model_dump_json() if reply.value is not None else ""
    return _json(text, operation.status, reply.etag)


def _note_integration(operation: Operation, ask: Ask) -> None:
    """Keep via which program somebody's words came in."""
    if not ask.visitor.is_integration or operation.subject is not Subject.SERIES:
        return
    subject, token = ask.of_series.series_id, ask.visitor.token_id
    written = Happening(
        at=ask.now, name="integration.wrote", subject=subject, by=ask.author, entry=token
    )
    with ask.app.store.transaction() as tx:
        tx.record(written)


def _header(name: str) -> str:
    return request.headers.get(name, "")


def _json(text: str, status: int, etag: str) -> Response:
    answer = Response(text, status)
    if text:
        answer.mimetype = "application/json"
    else:
        answer.headers.pop("Content-Type", None)
    if etag:
        answer.headers["ETag"] = f'"{etag}"'
    return answer


def _nudge() -> None:
    engine: Any = current_app.extensions["vieraugen-engine"]
    if engine is not None:
        engine.nudge()
