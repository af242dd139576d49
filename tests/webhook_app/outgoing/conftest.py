"""A receiver, and a world that may send to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webhook_app.outgoing.receiver import Receiver, running_receiver
from tests.webhook_app.world import World, Worlds


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as running:
        yield running


@pytest.fixture
def house(worlds: Worlds) -> World:
    """A world that may send to loopback."""
    return worlds(webhook_hosts="127.0.0.1")
