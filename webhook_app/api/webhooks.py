"""Webhooks: endpoints, their secrets, tests and deliveries."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.access import Right
from core.errors import NotAllowed, NotFound
from core.model.access import Scope
from core.model.webhooks import Endpoint, EndpointState, EventName
from core.service import endpoints as service
from core.service.deliver import queue_of
from core.store import Transaction
from core.webhooks import hint
from webhook_app.api.answers import etag_of
from webhook_app.api.contract import Answer, Ask, Form, Operations, Page, Paging, Reply
from webhook_app.api.paging import page_of
from webhook_app.outgoing.guard import parse_guard

webhooks = Operations("webhooks")
OWN = {"right": Right.OWN_WEBHOOKS, "scope": Scope.WEBHOOKS}
PATH = "/webhooks/{webhook}"

Url = Annotated[str, Field(min_length=8, max_length=2000, pattern=r"^https?://[!-~]+$")]
Events = Annotated[list[EventName], Field(min_length=1, max_length=len(EventName))]


class WebhookIn(Form):
    """A new webhook."""

    url: Url
    events: Events
    content: bool = Field(
        default=False,
        description="True: the words of shared points and action items go along. Private and "
        "confidential ones never do.",
    )
    all_pairs: bool = Field(
        default=False, description="For administrators: everybody's events, ids and counts only."
    )


class WebhookChangeIn(Form):
    """What to change."""

    url: Url | None = None
    events: Events | None = None
    content: bool | None = None
    paused: bool | None = None


class WebhookOut(Answer):
    """A webhook without its secret."""

    id: str
    url: str
    events: list[EventName]
    content: bool
    all_pairs: bool
    state: EndpointState
    waiting: int
    silent_until: datetime | None
    created_at: datetime


class NewSecretOut(WebhookOut):
    """A webhook with its newest secret, shown this once."""

    secret: str


class TestOut(Answer):
    """What came of a test."""

    arrived: bool
    status: int
    answer: str = Field(description="First bytes of the answer.")
    hint: str


def _mine(tx: Transaction, ask: Ask) -> list[Endpoint]:
    found = tx.nouns(Endpoint, ask.visitor.person)
    if ask.visitor.is_integration:
        return [e for e in found if e.token_id == ask.visitor.token_id]
    return list(found)


def endpoint_of(tx: Transaction, ask: Ask) -> Endpoint:
    """Return the webhook of the path. Raise NotFound for another's."""
    for endpoint in _mine(tx, ask):
        if endpoint.endpoint_id == ask.path["webhook"]:
            return endpoint
    raise NotFound("there is no such webhook of yours")


def _values(tx: Transaction, endpoint: Endpoint) -> dict[str, object]:
    return {
        "id": endpoint.endpoint_id,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "content": endpoint.content,
        "all_pairs": endpoint.all_pairs,
        "state": endpoint.state,
        "waiting": len(queue_of(tx, endpoint.endpoint_id)),
        "silent_until": endpoint.silent_until,
        "created_at": endpoint.created_at,
    }


def _out(tx: Transaction, endpoint: Endpoint) -> WebhookOut:
    return WebhookOut.model_validate(_values(tx, endpoint))


def _with_secret(tx: Transaction, endpoint: Endpoint) -> NewSecretOut:
    secret = endpoint.secrets[0].text
    return NewSecretOut.model_validate({**_values(tx, endpoint), "secret": secret})


def _check_url(ask: Ask, url: str | None) -> None:
    if url is not None:
        parse_guard(ask.app.settings.webhook_hosts).check_form(url)


@webhooks.add("GET", "/webhooks", "Your webhooks", **OWN, query=Paging, answer=Page[WebhookOut])
def list_webhooks(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [_out(tx, endpoint) for endpoint in _mine(tx, ask)]
    return Reply(value=page_of(found, ask.query, key=lambda w: w.id))


@webhooks.add(
    "POST",
    "/webhooks",
    "Add a webhook; its secret is shown this once",
    **OWN,
    body=WebhookIn,
    example={"url": "https://example.com/hook", "events": ["point.added"]},
    answer=NewSecretOut,
    status=201,
)
def add_webhook(ask: Ask) -> Reply:
    _check_url(ask, ask.body.url)
    if ask.body.all_pairs and not ask.visitor.is_admin:
        raise NotAllowed("all_pairs is for administrators")
    if ask.body.content and not ask.visitor.is_integration:
        _require_reading(ask)
    with ask.app.store.transaction() as tx:
        endpoint = service.add_endpoint(
            tx,
            owner=ask.visitor.person,
            url=ask.body.url,
            events=ask.body.events,
            content=ask.body.content,
            token_id=ask.visitor.token_id,
            all_pairs=ask.body.all_pairs,
            random=os.urandom,
            now=ask.now,
        )
        return Reply(value=_with_secret(tx, endpoint), etag=etag_of(endpoint))


def _require_reading(ask: Ask) -> None:
    """Let a token ask for content only where it may read it itself."""
    scopes = ask.visitor.scopes
    if scopes is not None and Scope.AGENDA_READ not in scopes:
        raise NotAllowed(f"content needs a token that may also {Scope.AGENDA_READ.value}")


@webhooks.add("GET", PATH, "One webhook", **OWN, answer=WebhookOut, etag=True)
def show_webhook(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        endpoint = endpoint_of(tx, ask)
        return Reply(value=_out(tx, endpoint), etag=etag_of(endpoint))


@webhooks.add(
    "PATCH",
    PATH,
    "Change, pause or switch on a webhook",
    **OWN,
    body=WebhookChangeIn,
    example={"paused": True},
    answer=WebhookOut,
)
def change_webhook(ask: Ask) -> Reply:
    _check_url(ask, ask.body.url)
    if ask.body.content and not ask.visitor.is_integration:
        _require_reading(ask)
    with ask.app.store.transaction() as tx:
        changed = service.change_endpoint(
            tx,
            endpoint_of(tx, ask),
            url=ask.body.url,
            events=ask.body.events,
            content=ask.body.content,
            paused=ask.body.paused,
        )
        return Reply(value=_out(tx, changed), etag=etag_of(changed))


@webhooks.add("DELETE", PATH, "Delete a webhook: no request goes there any more", **OWN, status=204)
def remove_webhook(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        service.remove_endpoint(tx, endpoint_of(tx, ask))
    return Reply()


@webhooks.add(
    "POST",
    f"{PATH}/secret",
    "Make a new secret; the old one signs beside it for a day",
    **OWN,
    answer=NewSecretOut,
)
def rotate_secret(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        rotated = service.rotate(tx, endpoint_of(tx, ask), random=os.urandom, now=ask.now)
        return Reply(value=_with_secret(tx, rotated), etag=etag_of(rotated))


@webhooks.add(
    "POST",
    f"{PATH}/test",
    "Send a test now; the answer says what came of it",
    **OWN,
    answer=TestOut,
)
def send_test(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        endpoint = endpoint_of(tx, ask)
    poster = ask.app.services.poster
    if poster is None:
        raise NotFound("this process sends no webhooks")
    posted = service.send_test(endpoint, poster, random=os.urandom, now=ask.now)
    return Reply(
        value=TestOut(
            arrived=posted.arrived,
            status=posted.status,
            answer=posted.text,
            hint=hint(endpoint.url, posted),
        )
    )
