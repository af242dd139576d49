"""Pages of a list, each with a link to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tests.servers.graph import filters
from tests.servers.graph.answers import Answer, Json, many
from tests.servers.graph.routing import Ask

if TYPE_CHECKING:
    from tests.servers.graph.state import State


def paged(state: State, ask: Ask, type_name: str, rows: list[Json], size: int = 10) -> Answer:
    """Answer one page, with a link to the next."""
    skip = int(ask.query.get("$skip", "0"))
    shown, following = filters.page(rows, ask.page_size(size), skip)
    link = None
    if following is not None:
        query = ask.query | {"$skip": str(following)}
        link = f"{state.root}{quote(ask.path)}?{urlencode(query)}"
    return many(type_name, shown, next_link=link)
