"""Lines inside our block that are no agenda: signatures, what phones write, heads of quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.body.lines import Line
from core.body.markers import marks_of
from core.body.promise import Names

_FOREIGN: Final = re.compile(
    r"(?!.{200})"
    r"(?:(?:von meinem "
    r"|sent from (?:my |outlook|mail |yahoo|proton|.{0,20}(?:phone|android|ios|ipad))"
    r"|sent (?:via|with) |gesendet (?:von|mit|aus) |get outlook for |outlook für "
    r"|holen sie sich outlook|envoyé d|enviado desde|inviato da|verzonden v|wysłane z)"
    r"|(?:am|on) .{4,80} (?:schrieb|wrote)\b.{0,80}:$)",
    re.IGNORECASE,
)
"""What phones and mail programs write themselves: no long line."""
_SIGN_OFF: Final = re.compile(
    r"(?P<sure>--|(?:(?:viele|liebe|beste|herzliche|schöne|sonnige) (?:grüße|grüsse)"
    r"|(?:viele|liebe|beste|schöne)[nr]? gru(?:ß|ss)|mit \w+ gr(?:üß|üss)en|[lv]\.?g\.?|mfg"
    r"|(?:best|kind|warm|many) (?:regards|wishes))(?:[,!]? (?:[A-ZÄÖÜ]\w+(?: |$)){1,2})?[,.!]?)"
    r"|(?:gr(?:üß|üss)e|gru(?:ß|ss)|danke|vielen dank|many thanks|thanks|thank you|regards|cheers"
    r"|best|sincerely)[,.!]?",
    re.IGNORECASE,
)
_MOST: Final = 4
"""Lines of a signature below its greeting."""
_SHORT: Final = 60


def is_foreign(text: str) -> bool:
    """Tell whether a phone or a mail program wrote a line by itself."""
    return _FOREIGN.match(text) is not None


def signature(lines: Sequence[Line], names: Names | None) -> int:
    """Return with which line a signature begins that ends the block; else their number.

    "Thanks" alone may be somebody's point. A name alone is one where that name stands above
    already, as its section's heading; None: no name is.
    """
    below: list[Line] = []
    end = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if not line.text:
            continue
        found = _SIGN_OFF.fullmatch(line.text) if len(line.text) < _SHORT else None
        if found is not None and not line.item:
            named = bool(below) and len(below[-1].text.split()) <= _MOST
            return n if named or (found["sure"] and not below) else end
        if len(below) == _MOST or not _may_sign(line):
            break
        if not below and names is not None and _is_name_again(lines, n, names):
            end = n
        below.append(line)
    return end


def _is_name_again(lines: Sequence[Line], n: int, names: Names) -> bool:
    whose = names.of(lines[n].text)
    above = (line.text.removesuffix(":") for line in lines[:n])
    return whose is not None and any(names.of(text) == whose for text in above if text)


def _may_sign(line: Line) -> bool:
    if line.item or len(line.text) > _SHORT or line.text.endswith(("?", ":")):
        return False
    marks = marks_of(line.text)
    return not (marks.box or marks.bullet or marks.number or marks.hidden)
