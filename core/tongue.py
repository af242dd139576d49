"""In which of our languages an event speaks, where it says so clearly."""

from __future__ import annotations

import re

GERMAN = frozenset(
    "aber als auch auf aus bei bitte das dem den der des die dir du ein eine einen einer es für "
    "haben hat ich ihr ihre im ist jede jeden jeder kein mein meine mir mit nach nicht noch nur "
    "oder sich sie sind über um und uns unser unsere von vor was wer wie wir wird wo zu zum zur "
    "zwischen besprechung gespräch mitarbeitergespräch regeltermin themen woche wöchentlich "
    "wöchentliches".split()
)
ENGLISH = frozenset(
    "about and any are be but by can for from have he her his how if is it its me my not of on "
    "or our please she so that the their they this to us we what when where who with you your "
    "between catch-up meeting talk topics week weekly".split()
)
ENOUGH = 2
"""Words of a language by which an event speaks it."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def tongue_of(text: str) -> str | None:
    """Return "de" or "en" where a text clearly is one of them, else None.

    Words that both languages have, and names, say nothing. A text of both needs twice as many
    words of the one as of the other.
    """
    words = {word.casefold() for word in _WORD.findall(text)}
    german, english = len(words & GERMAN), len(words & ENGLISH)
    if max(german, english) < ENOUGH or max(german, english) < 2 * min(german, english):
        return None
    return "de" if german > english else "en"
