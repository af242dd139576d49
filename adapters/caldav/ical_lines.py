"""Content lines of iCalendar: cutting, unfolding, reading and folding them (RFC 5545 section 3.1).

A logical line is one property. `raw_lines` and `logical_lines` cut at the same places, so that
line number N of one is line number N of the other: we read the one and edit the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FOLD_AT = 75

_LEAD = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*")
_FOLD_AFTER_BLANK = re.compile(rb"\n+[ \t]")
_NAME = re.compile(rb"[A-Za-z0-9-]+(?=[;:])")
_NAMES = re.compile(rb"^[A-Za-z0-9-]+(?=[;:])|^", re.MULTILINE)
_PARAM = re.compile(rb';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile("\r\n|\r")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_TO_ESCAPE = re.compile(r"[\\;,\n]")
_CARET = re.compile(r"\^(['n^])")


def line_end(data: bytes) -> bytes:
    """Tell which line ending a resource uses."""
    if b"\r\n" in data:
        return b"\r\n"
    return b"\n" if b"\n" in data or b"\r" not in data else b"\r"


def raw_lines(data: bytes) -> list[bytes]:
    """Cut into logical lines with their folds and endings: their join is the data."""
    lead = _lead(data)
    cut = _cut_at(data)
    lines: list[bytes] = []
    for piece in _folded_pieces(data[lead:], cut):
        if lines and not _NAME.match(_unfolded(piece, cut)):
            lines[-1] += piece
        else:
            lines.append(piece)
    return [data[:lead] + (lines[0] if lines else b""), *lines[1:]]


def logical_lines(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return each logical line unfolded, and beside it its name in capitals.

    A line that is no property goes on with the one before: some programs write a
    text's line breaks as they are.
    """
    text = _unfolded(data[_lead(data) :], _cut_at(data)).rstrip(b"\n")
    lines = text.split(b"\n")
    names = [name.upper() for name in _NAMES.findall(text)]
    return _joined(lines, names) if b"" in names else (lines, names)


def _joined(lines: list[bytes], names: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Append what is no property to the property before it."""
    kept: list[tuple[bytes, bytes]] = []
    blank = b""
    for line, name in zip(lines, names, strict=True):
        if name or not kept:
            kept.append((line, name))
            blank = b""
        elif line.strip():
            kept[-1] = (kept[-1][0] + blank + b"\\n" + line, kept[-1][1])
            blank = b""
        else:
            blank += b"\\n"
    return [line for line, _ in kept], [name for _, name in kept]


def folded(line: bytes, end: bytes) -> bytes:
    """Fold at 75 octets without cutting a character, and end the line."""
    if len(line) <= FOLD_AT:
        return line + end
    pieces: list[bytes] = []
    at, room = 0, FOLD_AT
    while len(line) - at > room:
        cut = at + room
        while cut > at + 1 and line[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(line[at:cut])
        at, room = cut, FOLD_AT - 1
    pieces.append(line[at:])
    return (end + b" ").join(pieces) + end


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a component."""

    name: str
    params: Mapping[str, str]
    value: bytes
    """As it is on the line: escaped."""

    @property
    def text(self) -> str:
        """The value as people see it."""
        return plain_text(self.value)

    @property
    def word(self) -> str:
        """The value as one word in capitals."""
        return decoded(self.value).strip().upper()


def parse_property(line: bytes) -> Property:
    """Read name, parameters and value of one logical line."""
    name = line[: _name_end(line)]
    params: dict[str, str] = {}
    at = len(name)
    while found := _PARAM.match(line, at):
        params[decoded(found[1]).upper()] = _param_text(found[2])
        at = found.end()
    colon = line.find(b":", at)
    value = line[colon + 1 :] if colon >= 0 else b""
    return Property(name=decoded(name).upper(), params=params, value=value)


def without_params(line: bytes, *dropped: bytes) -> bytes:
    """Return the line without some of its parameters, the rest as it was."""
    name, params, value = _cut(line)
    return name + b"".join(raw for key, raw in params if key not in dropped) + value


def head(line: bytes, *kept: bytes) -> bytes:
    """Return name and some of the parameters as they are: what stands before the value."""
    name, params, _ = _cut(line)
    return name + b"".join(raw for key, raw in params if key in kept)


def _cut(line: bytes) -> tuple[bytes, list[tuple[bytes, bytes]], bytes]:
    """Return the name, the parameters by name in capitals, and the rest with its colon."""
    at = start = _name_end(line)
    params = []
    while found := _PARAM.match(line, at):
        params.append((found[1].upper(), found[0]))
        at = found.end()
    return line[:start], params, line[at:]


def decoded(data: bytes) -> str:
    """Read UTF-8; a byte that is none counts as Latin-1, as old programs wrote it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        return _STRAY_BYTE.sub(lambda found: chr(ord(found[0]) - 0xDC00), text)


def plain_text(value: bytes) -> str:
    """Return a TEXT value unescaped, with line breaks as newlines (RFC 5545 section 3.3.11)."""
    text = decoded(value)
    if "\\" in text:
        text = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)
    return clean_text(text)


def clean_text(text: str) -> str:
    """Return what of a text can be stored: no control characters, newlines as `\\n`."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", text))


def escaped(text: str) -> bytes:
    """Write a TEXT value."""
    text = _TO_ESCAPE.sub(lambda m: r"\n" if m[0] == "\n" else "\\" + m[0], clean_text(text))
    return text.encode("utf-8", "replace")


def quoted_param(text: str) -> bytes:
    """Write a parameter value in quotes (RFC 6868 for what quotes cannot hold)."""
    text = clean_text(text).replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return b'"' + text.encode("utf-8", "replace") + b'"'


def _lead(data: bytes) -> int:
    found = _LEAD.match(data)
    return found.end() if found else 0


def _cut_at(data: bytes) -> bytes:
    """Return the character that ends a line; a carriage return only where nothing else can."""
    return b"\n" if b"\n" in data else b"\r"


def _unfolded(data: bytes, cut: bytes) -> bytes:
    text = data.replace(b"\r", b"" if cut == b"\n" else b"\n")
    if b"\n\n" in text:
        text = _FOLD_AFTER_BLANK.sub(b"", text)
    return text.replace(b"\n ", b"").replace(b"\n\t", b"")


def _folded_pieces(data: bytes, cut: bytes) -> list[bytes]:
    pieces: list[bytes] = []
    for line in data.split(cut):
        if pieces and line[:1] in (b" ", b"\t"):
            blank = b""
            while len(pieces) > 1 and not pieces[-1].strip():
                blank = pieces.pop() + blank
            pieces[-1] += blank + line + cut
        else:
            pieces.append(line + cut)
    last = pieces.pop()[: -len(cut)]
    return [*pieces, last] if last else pieces


def _name_end(line: bytes) -> int:
    found = _NAME.match(line)
    return found.end() if found else 0


def _param_text(value: bytes) -> str:
    text = decoded(value).replace('"', "")
    return _CARET.sub(lambda m: {"'": '"', "n": "\n", "^": "^"}[m[1]], text)
