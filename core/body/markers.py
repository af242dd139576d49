"""The signs in front of and behind a line: bullets, boxes, ticks, `~` and `!!`."""

from __future__ import annotations

import re
from functools import partial
from typing import Final, NamedTuple

from core.body.remembered import remembered

_QUOTE: Final = re.compile(r"(?:>\s?)+")
_LEAD: Final = re.compile(
    r"(?P<bullet>(?:[-‐‑|－＊・–—―*•●○◦▪▫∙·‣⁃➢➤►▶→»+\uf0b7\uf0a7�](?=[\s\u200e\u200f\[(☐☑☒✔✓]|$)|[-–—－•·](?=[^\W\d_])|\*(?=[^\W\d_][^*]*$)|\?(?=\s+\S)|§(?=\s+[^\s\d]|[\[(☐☑☒✔✓]|$)|o(?=\s{2,}|\s(?:\[|☐|☑|☒)))[\s\u200e\u200f]*)"
    r"|\(?[a-zA-Z][.)]\s*(?=\[[ xX~]?\]|[☐☑☒])"
    r"|\(?(?P<number>\d{1,3})[.)](?=\s|\[|$)\s*"
)
"""What makes a line one of a list; a letter only in front of a box: else somebody began with it."""
_BOX: Final = re.compile(
    r"(?:(?P<ticked>[\[［]\s*(?:[xXvV✓✔√×ｘＸ☑✅👍]\ufe0f?|[oO][kK])\s*[\]］]|\(\s*[xX✓✔]\s*\)|[☑☒✔✓✅🗹🗸])"
    r"|(?:[\[［]\s*[-/]?\s*[\]］]|\(\s+\)|[☐⬜□▢🔲❏❑◻]))[\ufe0f\u200e\u200f\s]*|(?P<parked>\[\s*~\s*\])\s*"
)
_X_BEFORE: Final = re.compile(r"[xX]\s*(?=\[\s*\]|☐)")
_PARK: Final = re.compile(r"~(?!~|[^\s~][^~]*~)\s*")
_BANGS: Final = r"(?:!!+|‼\ufe0f?|(?:❗\ufe0f?){2,}|\[!!+\])\s*:?\s*"
_BANG: Final = re.compile(_BANGS)
_BANG_BOX: Final = re.compile(rf"{_BANGS}(?=[\[(☑☒✔✓✅☐])")
_HIDDEN_WORDS: Final = ("vertraulich", "confidential", "sensibel")
_HIDDEN: Final = (
    rf"[(\[]\s*(?:(?:streng|strictly|highly)\s)?(?:{'|'.join(_HIDDEN_WORDS)})\s*!*\s*"
    r"[)\]]\s*:?\s*"
)
_WORD_HIDDEN: Final = re.compile(
    rf"{_HIDDEN}|(?:(?:vertraulich|confidential)(?:\s*[:!]|\s[-–—](?! nur im| in pers))"
    r"|(?-i:VERTRAULICH|CONFIDENTIAL)\s)\s*(?=\S)",
    re.IGNORECASE,
)
_WORD_BEHIND: Final = re.compile(
    rf"(?:{_HIDDEN}|(?:\s[-–—]|,)\s*(?:vertraulich|confidential)[.!]*)$", re.IGNORECASE
)
_BANG_BEHIND: Final = re.compile(r"(?:\s+|(?<=[×x]\)))(?:!!+|‼\ufe0f?|(?:❗\ufe0f?){2,})$")
_HIDES: Final = re.compile(rf"{_BANGS}|{_HIDDEN}", re.IGNORECASE)
_DONE_WORDS: Final = ("erledigt", "besprochen", "done", "discussed")
_DONE_WORD: Final = rf"(?:{'|'.join(_DONE_WORDS)})"
_DONE_BEFORE: Final = re.compile(rf"[(\[]?{_DONE_WORD}(?:[)\]]\s*:?|:)\s*(?=\S)", re.IGNORECASE)
# One set of signs in front, so that a search leaps from sign to sign.
_DONE_BEHIND: Final = re.compile(
    rf"[-–—:,(\[✔✓✅☑](?:(?<=[-–—:,])\s*{_DONE_WORD}|(?<=[(\[])\s*{_DONE_WORD}\s*[)\]]"
    r"|(?<=\[)[xX✓✔]\]|(?<=[✔✓✅☑]))\ufe0f?[.!]?$",
    re.IGNORECASE,
)
_FLAGS: Final = frozenset("!‼❗([~eEbBdDvVcC")
"""What `!!`, a word in brackets, `~`, "done:" and "confidential:" begin with."""
_BOXES: Final = frozenset("[［(☑☒✔✓✅🗹🗸☐⬜□▢🔲❏❑◻")
_BEHIND: Final = ((_BANG_BEHIND, "hidden"), (_DONE_BEHIND, "ticked"), (_WORD_BEHIND, "hidden"))
_ENDS: Final = (*_DONE_WORDS, *_HIDDEN_WORDS, *"!‼❗✔✓✅☑")
_ENDS_INSIDE: Final = (*_DONE_WORDS, *_HIDDEN_WORDS, *"x✔✓")
"""The same for what stands in brackets."""
_STRIKE: Final = re.compile(r"~~(.+)~~")
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")
_BOLD_SIGN: Final = re.compile(rf"\*{{1,2}}((?:{_BANGS}|{_HIDDEN}))\*{{1,2}}", re.IGNORECASE)
"""How a client writes a sign in bold as plain text."""


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


_NOTHING_ELSE: Final = Marks("")[3:]
_USUAL: Final = ("[ ] ", "[x] ", "[X] ")
"""How nearly all lines begin, or with a word: after two letters no sign comes any more."""
# One for each new line: from a tuple it takes half the time that the class takes.
_marks: Final = partial(tuple.__new__, Marks)


@remembered
def marks_of(text: str) -> Marks:
    """Read the signs of a line."""
    boxed = text.startswith(_USUAL)
    words = text[4:] if boxed else text
    if words[: 2 - boxed].isalpha() and not _has_flags(words):
        return _marks((words.rstrip(), boxed, boxed and text[1] != " ", *_NOTHING_ELSE))
    state = _Reader(text)
    state.read()
    return state.marks()


def without_bullet(text: str) -> str:
    """Return a line without what makes it one of a list; all other signs stay."""
    if text[:2].isalpha():
        return text.strip()
    state = _Reader(text)
    state.lead()
    return state.text.strip()


def unmarked(text: str) -> str:
    """Return a text without what says in it that it is confidential."""
    return _HIDES.sub("", text, count=1)


class _Reader:
    """Takes sign after sign off a line's front."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.box = self.ticked = self.parked = self.hidden = self.bullet = self.quoted = False
        self.number = 0
        self.numbered = ""

    def lead(self) -> None:
        self.quoted = self.text.startswith(">") and self._take(_QUOTE)
        if self.text.startswith("["):
            return
        for _ in range(3):
            if not self._bullet():
                break

    def read(self) -> None:
        if "*" in self.text:
            self.text = _BOLD_SIGN.sub(r"\1", self.text)
        self.lead()
        self.hidden = self.text[:1] in ("!", "‼", "❗") and self._take(_BANG_BOX)
        self._box()
        if self.text.startswith("**") and (bold := _BOLD.fullmatch(self.text)):
            self.text = bold[1]
        for _ in range(3):
            if not self._flag():
                break
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
        self.ticked = self.text[:1] in ("x", "X") and self._take(_X_BEFORE)
        for _ in range(3):
            found = _BOX.match(self.text) if self.text[:1] in _BOXES else None
            if found is None:
                break
            self.box = True
            self.ticked = self.ticked or found["ticked"] is not None
            self.parked = self.parked or found["parked"] is not None
            self.text = self.text[found.end() :]

    def _flag(self) -> bool:
        if self.text[:1] not in _FLAGS:
            return False
        if self._take(_BANG) or self._take(_WORD_HIDDEN):
            self.hidden = True
        elif self._take(_PARK):
            self.parked = True
        elif self._take(_DONE_BEFORE):
            self.ticked = True
        else:
            return False
        return True

    def _behind(self) -> None:
        struck = _STRIKE.fullmatch(self.text) if self.text.startswith("~~") else None
        if struck is not None:
            self.text, self.ticked = struck[1], True
        if self._flags_behind():
            self._flags_behind()  # they stand in any order

    def _flags_behind(self) -> bool:
        any_found = False
        if not _may_flag(self.text):
            return False
        for pattern, name in _BEHIND:
            found = pattern.search(self.text)
            before = self.text[: found.start()].rstrip() if found is not None else ""
            if before:
                self.text, any_found = before, True
                setattr(self, name, True)
        return any_found

    def marks(self) -> Marks:
        return _marks(
            (
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
        )


def _has_flags(words: str) -> bool:
    """Tell whether words that begin with a letter may hold a sign, before or behind them."""
    if words[0] in _FLAGS and (_DONE_BEFORE.match(words) or _WORD_HIDDEN.match(words)):
        return True
    return _may_flag(words)


def _may_flag(text: str) -> bool:
    """Tell whether a line may end in a sign: most end in a word, or in brackets of their own."""
    end = text[-40:].rstrip(": .*\ufe0f\t\n")
    if end.endswith((")", "]")):
        return end[:-1].rstrip(" !").casefold().endswith(_ENDS_INSIDE)
    return end.casefold().endswith(_ENDS)
