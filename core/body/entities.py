"""Named and numbered characters of HTML, each with the place where it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def decoded(content: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the text of a part of the source in pieces: text, place, length in the source."""
    at = start
    while (sign := content.find("&", at, end)) >= 0:
        found = _ENTITY.match(content, sign)
        if found is None or (character := unescape(found[0])) == found[0]:
            stop = sign + 1
            yield content[at:stop], at, stop - at
        else:
            stop = found.end()
            if sign > at:
                yield content[at:sign], at, sign - at
            yield character, sign, stop - sign
        at = stop
    if at < end:
        yield content[at:end], at, end - at
