"""The state and the rules around it that one running stand-in works with."""

from __future__ import annotations

from dataclasses import dataclass, field

from .call_log import CallLog
from .consent import Consents
from .faults import Faults
from .quotas import Quotas
from .tokens import Tokens
from .world import World


@dataclass(slots=True)
class Service:
    world: World
    tokens: Tokens
    consents: Consents
    quotas: Quotas
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)


def new_service() -> Service:
    world = World()
    tokens = Tokens(world.directory, world.clock.now)
    return Service(
        world=world,
        tokens=tokens,
        consents=Consents(tokens),
        quotas=Quotas(world.clock.now),
    )
