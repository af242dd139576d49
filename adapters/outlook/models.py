"""Fresh objects of Microsoft's client library that hold nothing but what we want to change.

An object that was read and is sent back writes all of itself, the attendees included.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from msgraph.generated.models.event import Event
    from msgraph.generated.models.linked_resource import LinkedResource
    from msgraph.generated.models.subscription import Subscription
    from msgraph.generated.models.todo_task import TodoTask

T = TypeVar("T")
Json = Mapping[str, Any]


def event(content: Json) -> Event:
    from msgraph.generated.models.event import Event

    return _fresh(Event, content)


def task(content: Json) -> TodoTask:
    from msgraph.generated.models.todo_task import TodoTask

    return _fresh(TodoTask, content)


def link(content: Json) -> LinkedResource:
    from msgraph.generated.models.linked_resource import LinkedResource

    return _fresh(LinkedResource, content)


def subscription(content: Json) -> Subscription:
    from msgraph.generated.models.subscription import Subscription

    return _fresh(Subscription, content)


def mail(content: Json) -> Any:
    from msgraph.generated.users.item.send_mail.send_mail_post_request_body import (
        SendMailPostRequestBody,
    )

    return _fresh(SendMailPostRequestBody, content)


def schedule_question(content: Json) -> Any:
    from msgraph.generated.users.item.calendar.get_schedule import get_schedule_post_request_body

    return _fresh(get_schedule_post_request_body.GetSchedulePostRequestBody, content)


def _fresh(kind: type[T], content: Json) -> T:
    from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory

    raw = json.dumps(content).encode()
    node = JsonParseNodeFactory().get_root_parse_node("application/json", raw)
    made: Any = node.get_object_value(cast("Any", _quick(cast("Any", kind))))
    if made.additional_data:
        raise ValueError(f"{kind.__name__} does not know {sorted(made.additional_data)}")
    # The SDK writes a None of its own under its Python name, or not at all.
    made.additional_data = {name: None for name, value in content.items() if value is None}
    return cast("T", made)


@cache
def _quick(kind: type[Any]) -> type[Any]:
    """Return a kind of the SDK's that is read in a thousandth of the time.

    Its base class imports the names of all of Graph's 1,700 entities each time that one is read
    (20 ms); a class between the two spares it that.
    """
    from msgraph.generated.models.entity import Entity

    if not issubclass(kind, Entity):
        return kind

    class Bare(Entity):
        def get_field_deserializers(self) -> dict[str, Any]:
            return {}

    class Quick(kind, Bare):  # type: ignore[misc]  # its base is known when it runs
        @staticmethod
        def create_from_discriminator_value(parse_node: Any = None) -> Any:  # noqa: ARG004
            return Quick()

    return Quick
