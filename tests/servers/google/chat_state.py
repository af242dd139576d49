"""Chat spaces and the messages in them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .answers import ApiError, Json, invalid, not_found, usage_limit

MESSAGE_BYTES = 32_000
MOST_WIDGETS = 100
APP = {"name": "users/1000", "displayName": "1:1", "type": "BOT"}


@dataclass(slots=True, kw_only=True)
class Space:
    id: str
    members: tuple[str, ...]
    """People's chat names."""
    with_app: bool
    resource: Json
    messages: dict[str, Json] = field(default_factory=dict)
    by_request: dict[str, str] = field(default_factory=dict)
    last_write: datetime | None = None
    removed: bool = False


@dataclass(slots=True)
class ChatState:
    now: Callable[[], datetime]
    spaces: dict[str, Space] = field(default_factory=dict)
    seconds_between_writes: float = 1.0
    _count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def direct_with_app(self, chat_name: str) -> Space | None:
        for space in self.spaces.values():
            if space.with_app and space.members == (chat_name,) and not space.removed:
                return space
        return None

    def open_direct(self, chat_name: str) -> Space:
        """The one direct message space of a person and the app."""
        found = self.direct_with_app(chat_name)
        if found:
            return found
        name = f"spaces/AAAA{next(self._count):07d}"
        resource = {
            "name": name,
            "type": "DM",
            "singleUserBotDm": True,
            "spaceThreadingState": "UNTHREADED_MESSAGES",
            "spaceType": "DIRECT_MESSAGE",
            "spaceHistoryState": "HISTORY_ON",
            "createTime": self.now().isoformat().replace("+00:00", "Z"),
        }
        space = Space(id=name, members=(chat_name,), with_app=True, resource=resource)
        self.spaces[name] = space
        return space

    def space(self, name: str) -> Space:
        space = self.spaces.get(name)
        if space is None or space.removed:
            raise not_found("Requested entity was not found.")
        return space

    def message(self, name: str) -> tuple[Space, Json]:
        space = self.space("/".join(name.split("/")[:2]))
        for message in space.messages.values():
            own_id = message.get("clientAssignedMessageId")
            if name in (message["name"], f"{space.id}/messages/{own_id}"):
                return space, message
        raise not_found("Requested entity was not found.")

    def pace(self, space: Space) -> None:
        """One write a second in a space, shared by all apps."""
        now = self.now()
        between = timedelta(seconds=self.seconds_between_writes)
        if space.last_write is not None and now - space.last_write < between:
            raise usage_limit(
                429, "rateLimitExceeded", "Resource has been exhausted (e.g. check quota)."
            )
        space.last_write = now

    def post(self, space: Space, body: Json, sender: Json, *, own_id: str | None) -> Json:
        number = next(self._count)
        name = f"{space.id}/messages/M{number:06d}.M{number:06d}"
        if own_id and any(
            each.get("clientAssignedMessageId") == own_id for each in space.messages.values()
        ):
            raise ApiError(409, "alreadyExists", "Requested entity already exists")
        thread = body.get("thread", {})
        key = thread.get("threadKey")
        message = body | {
            "name": name,
            "sender": sender,
            "createTime": self.now().isoformat().replace("+00:00", "Z"),
            "space": {"name": space.id},
            "thread": {"name": thread.get("name", f"{space.id}/threads/T{key or number}")}
            | ({"threadKey": key} if key else {}),
        }
        if own_id:
            message["clientAssignedMessageId"] = own_id
        space.messages[name] = message
        return message

    def sent(self) -> list[Json]:
        """Every message that stands in any space."""
        return [message for space in self.spaces.values() for message in space.messages.values()]


def check_message(body: Json, *, as_app: bool) -> None:
    if not as_app and "cardsV2" in body:
        raise invalid("Only Chat apps can send messages with cards.")
    if not (body.get("text") or body.get("cardsV2")):
        raise invalid("Message cannot be empty.")
    if len(json.dumps(body, ensure_ascii=False).encode()) > MESSAGE_BYTES:
        raise invalid("The message is too large: at most 32,000 bytes.")
    for card in body.get("cardsV2", []):
        sections = card.get("card", {}).get("sections", [])
        if sum(len(section.get("widgets", [])) for section in sections) > MOST_WIDGETS:
            raise invalid("The card has more than 100 widgets.")
