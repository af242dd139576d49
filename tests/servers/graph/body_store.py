"""What Exchange makes of a body: a shell, CRLF, broken lines, thinner markup, a text form.

Seen in public recordings of Graph answers: fragments come back inside html/head/body, long
source lines are broken inside text, styles are rewritten, href moves to the front, target and
rel go, forms, scripts and comments are stripped, and a text body turns into HTML.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from tests.servers.graph.words import words

META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
SHELL = f"<html>\r\n<head>\r\n{META}\r\n</head>\r\n<body>\r\n%s\r\n</body>\r\n</html>\r\n"
TEXT_SHELL = (
    f'<html>\r\n<head>\r\n{META}\r\n<meta name="Generator" content="Microsoft Exchange Server">'
    "\r\n<!-- converted from text -->\r\n"
    "<style><!-- .EmailQuote { margin-left: 1pt; padding-left: 4pt; border-left: #800000 2px "
    "solid; } --></style>\r\n</head>\r\n<body>\r\n"
    '<font size="2"><span style="font-size:11pt;"><div class="PlainText">%s</div></span></font>'
    "\r\n</body>\r\n</html>\r\n"
)
VOID = words("area base br col embed hr img input link meta param source track wbr")
DROPPED_WITH_CONTENT = words("script style head title iframe object")
DROPPED_TAGS = words("""html body form input button select textarea option label meta link base""")
DROPPED_ATTRIBUTES = frozenset({"target", "rel", "action", "formaction", "contenteditable"})
BLOCKS = words("p div ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote hr")
LINE = 76


def store_html(written: str) -> str:
    """Return what a written HTML body reads like afterwards; storing that again changes nothing."""
    if "<!-- converted from text -->" in written and 'class="PlainText"' in written:
        return written
    writer = _Writer()
    writer.feed(written)
    writer.close()
    inner = _broken_lines("".join(writer.out)).strip("\r\n ")
    return SHELL % inner


def store_text(written: str) -> str:
    """Return the HTML that a body written as text reads like afterwards."""
    lines = (
        re.sub(r"  +", lambda run: "&nbsp;" * len(run[0]), escape(line, quote=False))
        for line in written.replace("\r\n", "\n").split("\n")
    )
    return TEXT_SHELL % "<br>\r\n".join(lines)


class _Writer(HTMLParser):
    """Writes markup anew as the server does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED_WITH_CONTENT:
            self._skip += 1
        if not self._skip and tag not in DROPPED_TAGS:
            self.out.append(f"<{tag}{_attributes(attrs)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._skip and tag not in DROPPED_TAGS | DROPPED_WITH_CONTENT:
            self.out.append(f"<{tag}{_attributes(attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED_WITH_CONTENT:
            self._skip = max(0, self._skip - 1)
        elif not self._skip and tag not in DROPPED_TAGS | VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def _attributes(attrs: list[tuple[str, str | None]]) -> str:
    kept = [
        (name, _style(value or "") if name == "style" else value or "")
        for name, value in attrs
        if not name.startswith(("on", "data-")) and name not in DROPPED_ATTRIBUTES
        and not (value or "").strip().lower().startswith("javascript:")
    ]  # fmt: skip
    kept.sort(key=lambda pair: pair[0] != "href")
    return "".join(f' {name}="{escape(value)}"' for name, value in kept).replace("&#x27;", "'")


def _style(style: str) -> str:
    """margin:0 becomes margin:0px, weight 700 bold, and one blank stands after each semicolon."""
    found = []
    for part in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        value = {"0": "0px"}.get(value, value)
        if name == "font-weight" and value == "700":
            value = "bold"
        found.append(f"{name.lower()}:{value}")
    return "; ".join(found)


def _broken_lines(html: str) -> str:
    """Break source lines after LINE signs at the next blank of a text, as the server does."""
    lines: list[str] = []
    for line in html.replace("\r\n", "\n").split("\n"):
        current, inside_tag = "", False
        for sign in line:
            inside_tag = (inside_tag or sign == "<") and sign != ">"
            if sign == " " and not inside_tag and len(current) >= LINE:
                lines.append(current)
                current = " "
            else:
                current += sign
        lines.append(current)
    return "\r\n".join(lines)


class _Text(HTMLParser):
    """Reads markup as plain text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._skip = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED_WITH_CONTENT:
            self._skip += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        elif tag in BLOCKS:
            self._new_line()
            self.out.append("  *   " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED_WITH_CONTENT:
            self._skip = max(0, self._skip - 1)
        elif tag == "a" and self._links:
            link = self._links.pop()
            self.out.append(f"<{link}>" if link else "")
        elif tag in BLOCKS:
            self._new_line()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            text = re.sub(r"[ \t\r\n]+", " ", data)
            at_line_start = not self.out or self.out[-1].endswith("\n")
            self.out.append(text.lstrip(" ") if at_line_start else text)

    def _new_line(self) -> None:
        if self.out and not "".join(self.out[-3:]).endswith("\n"):
            self.out.append("\n")


def as_text(stored: str) -> str:
    """Return the text form: CRLF, bullets drawn, links as text<url>."""
    reader = _Text()
    reader.feed(stored)
    reader.close()
    text = re.sub(r" +\n", "\n", "".join(reader.out).replace("\xa0", " "))
    return re.sub(r"\n{3,}", "\n\n", text).lstrip("\n").rstrip("\n ").replace("\n", "\r\n")


def preview(stored: str) -> str:
    """Return bodyPreview: the first 255 signs of the text, without the links."""
    return re.sub(r"<https?://[^>]*>", "", as_text(stored))[:255]
