"""Parts of a list: the cursor is the last item's key, so nothing is shown twice or left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from webhook_app.api.contract import Page, Paging

T = TypeVar("T", bound=BaseModel)


def page_of(found: Sequence[T], paging: Paging, *, key: Callable[[T], str]) -> Page[T]:
    """Return the part that was asked for, ordered by key."""
    ordered = sorted(found, key=lambda item: key(item).encode())
    after = bytes.fromhex(paging.after)
    behind = [item for item in ordered if not after or key(item).encode() > after]
    part = behind[: paging.limit]
    more = len(behind) > len(part)
    return Page(items=list(part), next=key(part[-1]).encode().hex() if more else None)
