"""Both people of a pair, at their pages."""

from __future__ import annotations

import pytest

from tests.core.builders import ANNA, BEN
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World


@pytest.fixture
def anna(world: World) -> Hand:
    return Hand(world, ANNA)


@pytest.fixture
def ben(world: World) -> Hand:
    return Hand(world, BEN)
