"""What every PushPort promises; a suite's tests subclass this and give a `push` host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from core.model.calendar import CalendarId
from core.ports import PushPort, PushRequest, Subscription

CALLBACK = "https://example.org/hooks/suite"
GARBAGE = (b"", b"\x00\xff", b"{", b"[]", b"null", b'{"value": 1}', b"<xml/>", b"a" * 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushHost:
    """A suite that announces changes, and what it sends."""

    port: PushPort
    calendar_id: CalendarId
    announce: Callable[[Subscription], PushRequest]
    """A genuine announcement of a change."""
    forge: Callable[[PushRequest], PushRequest]
    """The same with a wrong secret."""
    callback: str = CALLBACK
    """Where the stand-in's announcements go, if it delivers them itself."""
    handshake: Callable[[Subscription], tuple[PushRequest, str]] | None = None
    """A suite's first call, and the answer that it waits for."""


class PushContract:
    """Announcements are believed only with their secret, and never break anything."""

    def test_genuine_announcement_names_its_calendar(self, push: PushHost) -> None:
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))

        reply = push.port.receive(push.announce(made))

        assert 200 <= reply.status < 300
        assert reply.changed == (push.calendar_id,)

    def test_wrong_secret_is_refused_and_names_nothing(self, push: PushHost) -> None:
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))

        reply = push.port.receive(push.forge(push.announce(made)))

        assert reply.status in (401, 403, 404)
        assert reply.changed == ()

    def test_missing_secret_is_refused_and_names_nothing(self, push: PushHost) -> None:
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))

        reply = push.port.receive(PushRequest(headers={}, query={}, body=b""))

        assert reply.status >= 400
        assert reply.changed == ()
        assert made.calendar_id == push.calendar_id

    def test_garbage_never_raises_and_names_nothing(self, push: PushHost) -> None:
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))
        genuine = push.forge(push.announce(made))

        for body in GARBAGE:
            assert push.port.receive(replace(genuine, body=body)).changed == ()
            request = PushRequest(headers={"content-type": "x" * 5000}, query={}, body=body)
            assert push.port.receive(request).changed == ()

    def test_handshake_is_answered(self, push: PushHost) -> None:
        if push.handshake is None:
            pytest.skip("this suite begins without a handshake")
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))
        request, answer = push.handshake(made)

        reply = push.port.receive(request)

        assert reply.status == 200
        assert reply.body == answer
        assert reply.changed == ()

    def test_subscription_can_be_prolonged_and_ended_twice(self, push: PushHost) -> None:
        made = push.port.subscribe(push.calendar_id, push.callback, ttl=timedelta(hours=1))

        longer = push.port.renew(made, ttl=timedelta(hours=2))

        assert longer.calendar_id == push.calendar_id
        assert longer.expires_at >= made.expires_at
        push.port.unsubscribe(longer)
        push.port.unsubscribe(longer)
