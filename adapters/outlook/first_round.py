"""The first request of a delta, under either of the names that it has."""

from __future__ import annotations

from adapters.outlook.wire import Json, Wire
from core.errors import NotFound, UnexpectedResponse


def first_round(wire: Wire, path: str, *, prefer: tuple[str, ...] = (), **query: str) -> Json:
    """Ask as the SDK does (`delta()`), and where nobody answers to that as documents do."""
    try:
        return wire.get(f"{path}/delta()", prefer=prefer, **query)
    except (NotFound, UnexpectedResponse) as err:
        try:
            return wire.get(f"{path}/delta", prefer=prefer, **query)
        except (NotFound, UnexpectedResponse):
            raise err from None
