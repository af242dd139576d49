"""Changes that are none: what no test can notice, whatever it tries.

A few are known by their form. All others stand one by one in alike.txt: file and function, why
nobody can notice, and below it the changed lines.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from tests.core.body.mutation.planted import Fault

LIST: Final = Path(__file__).parent / "alike.txt"
_STRICT: Final = re.compile(r",?\s*strict=\w+")
_CODE_PAGE: Final = re.compile(r'"(?:utf-8|cp1252|ascii)"')
_TEXT: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\bNone\b")


def why_alike(fault: Fault) -> str:
    """Return why a change is none; nothing where it may be one."""
    before, after = _side(fault, "-"), _side(fault, "+")
    ours = before.startswith(("raise AssertionError(", "raise ValueError("))
    if ours and _TEXT.sub("", before) == _TEXT.sub("", after):
        return "the words of an error that only a mistake in our own code raises"
    if "strict=" in before and "strict=True" not in after:
        bare = (_STRICT.sub("", side).replace(", )", ")") for side in (before, after))
        if len(set(bare)) == 1:
            return "without strict, zip does the same where the lengths are equal or do not matter"
    if _CODE_PAGE.search(before.lower()) and before.lower() == after.lower():
        return "encodings have the same name in capitals"
    return _listed().get((Path(fault.path).stem, fault.function, after), "")


def _side(fault: Fault, sign: str) -> str:
    lines = fault.diff.splitlines()
    return " ".join(line[1:].strip() for line in lines if line.startswith(sign))


@cache
def _listed() -> dict[tuple[str, str, str], str]:
    found = {}
    where, why = ("", ""), ""
    for line in LIST.read_text("utf-8").splitlines():
        if line.startswith("+ "):
            found[*where, line[2:]] = why
        elif line:
            place, _, why = line.partition(": ")
            file, _, function = place.partition(".")
            where = (file, function)
    return found
