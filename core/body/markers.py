"""The signs in front of and behind a line: bullets, boxes, ticks, `~` and `!!`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from core.body.remembered import remembered

_QUOTE: Final = re.compile(r"(?:>\s?)+")
_LEAD: Final = re.compile(
    r"(?P<bullet>(?:[-‐‑|－＊・–—―*•●○◦▪▫∙·‣⁃➢➤►▶→»+\uf0b7\uf0a7§�](?=[\s\u200e\u200f\[(☐☑☒✔✓]|$)|[-–—－•*·](?=[^\W\d_])|\?(?=\s+\S)|o(?=\s{2,}|\s(?:\[|☐|☑|☒)))[\s\u200e\u200f]*)"
    r"|\(?[a-zA-Z][.)]\s*(?=\[[ xX~]?\]|[☐☑☒])"
    r"|\(?(?P<number>\d{1,3})[.)](?=\s|\[)\s*"
)
"""What makes a line one of a list; a letter only in front of a box: else somebody began with it."""
_BOX: Final = re.compile(
    r"(?:(?P<ticked>[\[［]\s*(?:[xXvV✓✔√×ｘＸ☑✅👍]\ufe0f?|[oO][kK])\s*[\]］]|\(\s*[xX✓✔]\s*\)|[☑☒✔✓✅🗹🗸])"
    r"|(?:[\[［]\s*[\]］]|\(\s+\)|[☐⬜□▢🔲❏❑◻]))[\ufe0f\u200e\u200f\s]*|(?P<parked>\[\s*~\s*\])\s*"
)
_X_BEFORE: Final = re.compile(r"[xX]\s*(?=\[\s*\]|☐)")
_PARK: Final = re.compile(r"~(?!~)\s*")
_BANG: Final = re.compile(r"(?:!!+|‼\ufe0f?)\s*")
_HIDDEN: Final = (
    r"[(\[]\s*(?:(?:streng|strictly|highly)\s)?(?:vertraulich|confidential|sensibel)\s*!*\s*"
    r"[)\]]\s*:?\s*"
)
_WORD_HIDDEN: Final = re.compile(
    rf"{_HIDDEN}|(?:vertraulich|confidential)\s*:\s*(?=\S)", re.IGNORECASE
)
_WORD_BEHIND: Final = re.compile(rf"{_HIDDEN}$", re.IGNORECASE)
_BANG_BEHIND: Final = re.compile(r"\s+(?:!!+|‼\ufe0f?)$")
_DONE_WORD: Final = r"(?:erledigt|besprochen|done|discussed)"
_DONE_BEFORE: Final = re.compile(rf"[(\[]?{_DONE_WORD}(?:[)\]]\s*:?|:)\s*(?=\S)", re.IGNORECASE)
# One set of signs in front, so that a search leaps from sign to sign.
_DONE_BEHIND: Final = re.compile(
    rf"[-–—:,(\[✔✓✅☑](?:(?<=[-–—:,])\s*{_DONE_WORD}|(?<=[(\[])\s*{_DONE_WORD}\s*[)\]]"
    r"|(?<=\[)[xX✓✔]\]|(?<=[✔✓✅☑]))\ufe0f?[.!]?$",
    re.IGNORECASE,
)
_FLAGS: Final = frozenset("!‼([~eEbBdDvVcC")
"""What `!!`, a word in brackets, `~`, "done:" and "confidential:" begin with."""
_BEHIND: Final = ((_BANG_BEHIND, "hidden"), (_DONE_BEHIND, "ticked"), (_WORD_BEHIND, "hidden"))
_STRIKE: Final = re.compile(r"~~(.+)~~")


class Marks(NamedTuple):
    """What a line says beside its words."""

    words: str
    box: bool = False
    ticked: bool = False
    parked: bool = False
    hidden: bool = False
    bullet: bool = False
    quoted: bool = False
    number: int = 0
    """A number in front that may be a list's: it counts as one where the next line agrees."""
    numbered: str = ""
    """That number as it stands there, with its dot."""


@remembered
def marks_of(text: str) -> Marks:
    """Read the signs of a line."""
    state = _Reader(text)
    state.read()
    return state.marks()


def without_bullet(text: str) -> str:
    """Return a line without what makes it one of a list; all other signs stay."""
    state = _Reader(text)
    state.lead()
    return state.text.strip()


class _Reader:
    """Takes sign after sign off a line's front."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.box = self.ticked = self.parked = self.hidden = self.bullet = self.quoted = False
        self.number = 0
        self.numbered = ""

    def lead(self) -> None:
        self.quoted = self.text.startswith(">") and self._take(_QUOTE)
        for _ in range(3):
            if not self._bullet():
                break

    def read(self) -> None:
        self.lead()
        self._box()
        for _ in range(3):
            self._flag()
        self._behind()

    def _take(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text)
        if found is None or not found.end():
            return False
        self.text = self.text[found.end() :]
        return True

    def _bullet(self) -> bool:
        found = _LEAD.match(self.text)
        if found is None or (found["number"] and self.number):
            return False
        if found["number"]:
            self.number, self.numbered = int(found["number"]), found[0]
        self.bullet = self.bullet or found["bullet"] is not None
        self.text = self.text[found.end() :]
        return True

    def _box(self) -> None:
        self.ticked = self._take(_X_BEFORE)
        for _ in range(3):
            found = _BOX.match(self.text)
            if found is None:
                break
            self.box = True
            self.ticked = self.ticked or found["ticked"] is not None
            self.parked = self.parked or found["parked"] is not None
            self.text = self.text[found.end() :]

    def _flag(self) -> None:
        if self.text[:1] not in _FLAGS:
            return
        if self._take(_BANG) or self._take(_WORD_HIDDEN):
            self.hidden = True
        elif self._take(_PARK):
            self.parked = True
        elif self._take(_DONE_BEFORE):
            self.ticked = True

    def _behind(self) -> None:
        struck = _STRIKE.fullmatch(self.text)
        if struck is not None:
            self.text, self.ticked = struck[1], True
        if self._flags_behind():
            self._flags_behind()  # they stand in any order

    def _flags_behind(self) -> bool:
        any_found = False
        for pattern, name in _BEHIND:
            found = pattern.search(self.text)
            before = self.text[: found.start()].rstrip() if found is not None else ""
            if before:
                self.text, any_found = before, True
                setattr(self, name, True)
        return any_found

    def marks(self) -> Marks:
        return Marks(
            self.text.strip(),
            self.box,
            self.ticked,
            self.parked,
            self.hidden,
            self.bullet,
            self.quoted,
            self.number if not self.box else 0,
            self.numbered,
        )
