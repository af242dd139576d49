"""What Slack tells of a press or a filled-in form, proved by its signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from adapters.slack.blocks import deed_in
from adapters.slack.wire import Slack
from core.errors import InvalidInput, NotSignedIn, UnexpectedResponse
from core.model.cards import Deed, deed_of

Json = dict[str, Any]
WINDOW = 300
"""Seconds that a request's time may be away from ours."""
VERSION = "v0"


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Return the signature. Raise NotSignedIn where it is missing, wrong or too old."""
    head = {name.lower(): value for name, value in headers.items()}
    stamp, given = head.get("x-slack-request-timestamp", ""), head.get("x-slack-signature", "")
    if not stamp.isdecimal() or len(stamp) > 12 or abs(now.timestamp() - int(stamp)) > WINDOW:
        raise NotSignedIn("the request is older than five minutes, or bears no time")
    signed = f"{VERSION}:{stamp}:".encode() + body
    wanted = f"{VERSION}={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
    if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise NotSignedIn("the signature does not fit slack_signing_secret")
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One press, or one form that was sent."""

    user: str
    """Slack's id of who did it; they belong to our own workspace."""
    deed: Deed | None
    """None: a link was opened, which asks for nothing."""
    form: Mapping[str, str]
    is_form: bool = False
    trigger: str = ""
    """With which a modal may be opened, for three seconds."""
    channel: str = ""
    stamp: str = ""
    """Where the message stands that was pressed on."""

    @property
    def place(self) -> str:
        """The message, as one word."""
        return f"{self.channel} {self.stamp}" if self.channel and self.stamp else ""


def parse(body: bytes) -> Interaction:
    """Read a verified request. Raise InvalidInput."""
    try:
        form = parse_qs(body.decode("utf-8"), strict_parsing=True, max_num_fields=20)
        payload = json.loads(form["payload"][0])
        user, team = payload["user"], payload.get("team") or {}
        home = team.get("id") or user.get("team_id")
        if user.get("team_id", home) != home:
            raise InvalidInput("this person belongs to another workspace")
        if payload["type"] == "block_actions":
            return _press(payload, str(user["id"]))
        if payload["type"] == "view_submission":
            return _sent(payload, str(user["id"]))
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError) as err:  # fmt: skip
        raise InvalidInput("this is no interaction that Slack sends") from err
    return Interaction(user=str(user["id"]), deed=None, form={})


def _press(payload: Json, user: str) -> Interaction:
    value = payload["actions"][0].get("value")
    container = payload.get("container") or {}
    return Interaction(
        user=user,
        deed=deed_in(value) if value else None,
        form={},
        trigger=str(payload.get("trigger_id") or ""),
        channel=str((payload.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        stamp=str(container.get("message_ts") or ""),
    )


def _sent(payload: Json, user: str) -> Interaction:
    view = payload["view"]
    kept = json.loads(view["private_metadata"])
    channel, _, stamp = str(kept.get("place") or "").partition(" ")
    filled = {
        str(name): _value(element)
        for block in view["state"]["values"].values()
        for name, element in block.items()
    }
    deed = deed_of({str(name): str(text) for name, text in kept["deed"].items()})
    return Interaction(
        user=user, deed=deed, form=filled, is_form=True, channel=channel, stamp=stamp
    )


def _value(element: Json) -> str:
    chosen = element.get("selected_option") or {}
    return str(element.get("value") or element.get("selected_date") or chosen.get("value") or "")


def address_of(slack: Slack, user: str, *, patience: float) -> str:
    """Return the address of an account of our own workspace. Raise NotSignedIn."""
    found = slack.call("users.info", {"user": user}, patience=patience).get("user")
    if not isinstance(found, dict) or not isinstance(found.get("profile"), dict):
        raise UnexpectedResponse("Slack's users.info did not tell of the user")
    if found.get("is_stranger") or found.get("deleted") or found.get("is_bot"):
        raise NotSignedIn("this account is no person of our workspace")
    return str(found["profile"].get("email") or "")
