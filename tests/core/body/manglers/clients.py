"""What clients, servers and gateways do to the characters of a body, whatever stands in it.

Each takes and returns a body, keeps every word that a reader sees, and names in its docstring the
public report that it follows. `cuts` alone take words away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from core.body import Body, BodyForm

Mangler = Callable[[Body], Body]

_TEXT_BETWEEN_TAGS: Final = re.compile(r">([^<>]+)<")


def crlf(body: Body) -> Body:
    """Line ends of mail: EAS-4-TbSync issue 262."""
    return replace(body, content=re.sub(r"\r?\n", "\r\n", body.content))


def nfd(body: Body) -> Body:
    """Letters and their marks apart (Unicode UAX 15)."""
    return replace(body, content=unicodedata.normalize("NFD", body.content))


def no_break_blanks(body: Body) -> Body:
    """No-break blanks for blanks: Quill's export (recorded), Exchange's text view."""
    if body.form is BodyForm.TEXT:
        return replace(body, content=body.content.replace(" ", "\u00a0"))
    return _in_text(body, lambda text: text.replace(" ", "&nbsp;") if text.strip() else text)


def zero_width(body: Body) -> Body:
    """Zero width characters that travel with the caret: office-js issue 6639."""
    sub = lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u200b", text, count=3)  # noqa: E731
    return replace(body, content=sub(body.content)) if _is_text(body) else _in_text(body, sub)


def box_variation(body: Body) -> Body:
    """A variation selector behind signs that have an emoji form (Unicode UTS 51)."""
    return replace(body, content=re.sub(r"[☐☑✔▲▼]", "\\g<0>\ufe0f", body.content))


def ansi(body: Body) -> Body:
    """Signs that a code page lacks become question marks (Windows-1252 hops)."""
    return replace(body, content=re.sub(r"[▲▼☐•]", "?", body.content))


def trailing_blanks(body: Body) -> Body:
    """Blanks at the ends of lines, as text areas and format=flowed leave them (RFC 3676)."""
    return replace(body, content=body.content.replace("\n", "  \n"))


def blank_lines(body: Body) -> Body:
    """An empty line between all lines: paragraphs read as text in Gecko (recorded)."""
    if not _is_text(body):
        return replace(body, content=body.content.replace("</p>", "</p><p>&nbsp;</p>"))
    return replace(body, content=body.content.replace("\n", "\n\n"))


def line_separators(body: Body) -> Body:
    """Control+Return on a Mac: openhab1-addons issue 4355."""
    return replace(body, content=body.content.replace("\n", "\u2028")) if _is_text(body) else body


def dash_signs(body: Body) -> Body:
    """A hyphen between blanks becomes a dash: Word's AutoFormat as you type."""
    return replace(body, content=body.content.replace(" - ", " – "))


def broken_source_lines(body: Body) -> Body:
    """Exchange breaks long source lines inside text (public fixtures of Graph events)."""
    if "<body" not in body.content:  # newlines count in a host's HTML-lite
        return body
    return _in_text(
        body, lambda text: text.replace(" ", "\r\n ", 1) if " " in text.strip() else text
    )


def x_prefix(body: Body) -> Body:
    """Forwarding renames ids and classes: hteumeuleu/email-bugs issue 61."""
    if _is_text(body):
        return body
    return replace(body, content=re.sub(r'(class|id)="', r'\1="x_', body.content))


def spans(body: Body) -> Body:
    """Every run of text in a span with a style: editors on contenteditable (recorded)."""
    if _is_text(body):
        return body
    return _in_text(
        body,
        lambda text: f'<span style="color: rgb(0, 0, 0);">{text}</span>' if text.strip() else text,
    )


def numeric_references(body: Body) -> Body:
    """Letters beyond ASCII as numeric references: serialisers that write ASCII."""
    if _is_text(body):
        return body
    return replace(body, content=body.content.encode("ascii", "xmlcharrefreplace").decode())


def upper_tags(body: Body) -> Body:
    """Tags in capitals: old Outlook converters."""
    if _is_text(body):
        return body
    tag = re.compile(r"</?(div|p|ul|li|b|span|br)(?=[\s>])")
    return replace(body, content=tag.sub(lambda m: m.group().upper(), body.content))


def comments(body: Body) -> Body:
    """Comments between blocks: converters leave their marks (gobierto issue 1594)."""
    if _is_text(body):
        return body
    return replace(body, content=body.content.replace("<ul>", "<!-- list > <li> -->\n<ul>"))


def unclosed_items(body: Body) -> Body:
    """List items and paragraphs without end tags, as HTML allows (WHATWG HTML 13.1.2.4)."""
    if _is_text(body):
        return body
    return replace(body, content=re.sub(r"</(li|LI)>", "", body.content))


def text_box_to_sign(body: Body) -> Body:
    """Square brackets that an editor turned into a box (autocorrect lists of phones)."""
    return replace(body, content=body.content.replace("[ ]", "☐").replace("[x]", "☑"))


def quoted(body: Body) -> Body:
    """A sign in front of every line, as replies in plain text quote (RFC 3676 4.5)."""
    if not _is_text(body):
        return body
    return replace(body, content=re.sub(r"^(?=[^\r\n])", "> ", body.content, flags=re.M))


def smart_signs(body: Body) -> Body:
    """Curly quotes and long dashes as one types: daringfireball.net 2017/07, Word's AutoFormat."""
    sub = lambda text: re.sub(r"(?<=\w)'(?=\w)", "’", text.replace("--", "—"))  # noqa: E731
    return replace(body, content=sub(body.content)) if _is_text(body) else _in_text(body, sub)


def no_zero_width(body: Body) -> Body:
    """Signs of no width are gone, joiners too, when the editor pops out: office-js issue 6639."""
    return replace(body, content=re.sub("[\u200b-\u200f\u2060\ufeff]", "", body.content))


def backslashes(body: Body) -> Body:
    """Backslashes stay in front of commas and semicolons: etesync/android issue 219."""
    if not _is_text(body):
        return body
    return replace(body, content=re.sub(r"([,;])", r"\\\1", body.content))


def nested_document(body: Body) -> Body:
    """A document inside the document: ews-mcp issue 59."""
    if _is_text(body):
        return body
    head = "<html><head><title>1:1</title></head><body><div>"
    return replace(body, content=f"{head}{body.content}</div></body></html>")


def gateway_footer(body: Body) -> Body:
    """A gateway's lines above and below, without any of the words that people type here."""
    if _is_text(body):
        return replace(body, content=f"[EXTERN]\n\n{body.content}\n\n--\nACME GmbH")
    return replace(body, content=f"<div>[EXTERN]</div>{body.content}<div>ACME GmbH</div>")


def starred(body: Body) -> Body:
    """Bullets in front of boxes: Exchange's text view of a list (office-js issue 1015)."""
    if not _is_text(body):
        return body
    return replace(body, content=re.sub(r"(?m)^ *(?=\[[ x~]\])", "  *   ", body.content))


MANGLERS: Final[tuple[Mangler, ...]] = (
    crlf,
    nfd,
    no_break_blanks,
    zero_width,
    box_variation,
    ansi,
    trailing_blanks,
    blank_lines,
    line_separators,
    dash_signs,
    broken_source_lines,
    x_prefix,
    spans,
    numeric_references,
    upper_tags,
    comments,
    unclosed_items,
    text_box_to_sign,
)


ALL_MANGLERS: Final[tuple[Mangler, ...]] = (
    *MANGLERS,
    smart_signs,
    no_zero_width,
    backslashes,
    nested_document,
    gateway_footer,
    starred,
)
"""Also those that came later: what is dealt by number stays with the first ones."""


def cut_at(length: int) -> Mangler:
    """Phones send back 500 characters, bridges 255 (Microsoft KB 3015401)."""

    def cut(body: Body) -> Body:
        return replace(body, content=body.content[:length])

    return cut


def emptied(body: Body) -> Body:
    """Nothing is left."""
    return replace(body, content="")


def without_line(body: Body, words: str) -> Body:
    """One line of text is gone: a fence taken for a rule, for example (Word's AutoFormat)."""
    kept = [line for line in body.content.split("\n") if words not in line]
    return replace(body, content="\n".join(kept))


def _is_text(body: Body) -> bool:
    return body.form is BodyForm.TEXT


def _in_text(body: Body, change: Callable[[str], str]) -> Body:
    """Change what stands between tags, and nothing before the body or in a style."""
    start = max(body.content.find("<body"), 0)
    head, rest = body.content[:start], body.content[start:]
    changed = _TEXT_BETWEEN_TAGS.sub(lambda m: f">{change(m.group(1))}<", rest)
    return replace(body, content=head + changed)
