"""Changes that are none: what no test can notice, whatever it tries."""

from __future__ import annotations

import re
from typing import Final

from tests.core.body.mutation.planted import Fault

_STRICT: Final = re.compile(r",?\s*strict=\w+")
_TEXT: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\bNone\b")


def _side(fault: Fault, sign: str) -> str:
    lines = fault.diff.splitlines()
    return "\n".join(line[1:] for line in lines if line.startswith(sign))


def why_alike(fault: Fault) -> str:
    """Return why a change is none; nothing where it may be one."""
    before, after = _side(fault, "-"), _side(fault, "+")
    ours = before.lstrip().startswith(("raise AssertionError(", "raise ValueError("))
    if ours and _TEXT.sub("", before) == _TEXT.sub("", after):
        return "the words of an error that only a mistake in our own code raises"
    if "strict=True" in before and _STRICT.sub("", before) == _STRICT.sub("", after):
        return "zip(strict=True) only guards what the lines above have made sure"
    if "utf-8" in before.lower() and before.lower() == after.lower():
        return "encodings have the same name in capitals"
    return ""
