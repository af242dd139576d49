"""Words that judge or press: no text of ours holds one."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = r"[!❗‼🔴🚨]"

_GERMAN: Final = r"""
    versäum\w* | überfällig\w* | verspätet\w* | gescheiter\w* | versag(?:t|en)\w* | mangelhaft\w*
  | ungenügend\w* | fehlverhalten | nachlässig\w* | schuld(?:ig\w*)?
  | schlecht(?:e[rsn]?)?\s+leistung | du\s+hast\s+nicht | sie\s+haben\s+nicht
  | noch\s+immer\s+nicht | schon\s+wieder
  | (?:du|ihr)\s+(?:musst|müsst|solltest|solltet|sollst)
  | (?:musst|müsst|solltest|solltet)\s+(?:du|ihr)
  | sie\s+(?:müssen|sollten) | (?:müssen|sollten)\s+sie | man\s+(?:muss|sollte)
  | \w*mal\s+in\s+folge | serie\s+von\s+\d+ | hintereinander
"""

_ENGLISH: Final = r"""
    fail(?:s|ed|ure|ures|ing)? | overdue | should(?:n['’]t)? | must\s+not\s+forget | you\s+must
  | (?:you|they)\s+have\s+to | neglect\w* | blame[ds]? | guilty | fault | poor\s+\w*performance
  | you\s+(?:did\s+not|didn['’]t|have\s+not|haven['’]t) | still\s+not | yet\s+again
  | streak | in\s+a\s+row
"""


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b|{_SIGNS}", re.IGNORECASE | re.VERBOSE)


_FORBIDDEN: Final = {"de": _compiled(_GERMAN), "en": _compiled(_ENGLISH)}


def forbidden_words(text: str, locale: str) -> tuple[str, ...]:
    """Return what in this text judges, presses or counts; nothing is the good answer."""
    pattern = _FORBIDDEN["de" if locale.lower().startswith("de") else "en"]
    return tuple(match.group(0) for match in pattern.finditer(text))
