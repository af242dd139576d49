"""What Google's own editors make of a description when a person opens and saves it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

TAGS = {"br", "ul", "ol", "li", "b", "i", "u", "a", "span", "p"}
RENAMED = {"strong": "b", "em": "i"}
LINE_ENDS = {"div", "h1", "h2", "h3", "h4", "tr", "blockquote"}
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)[\s/>]")
LOOKS_LIKE_HTML = re.compile(r"</?(?:br|ul|ol|li|b|i|u|a|span|p|div|strong|em)\b[^>]*>|&\w+;", re.I)


def opened_on_the_web(description: str) -> str:
    """The markup in the web editor: a plain text becomes markup by this alone."""
    if LOOKS_LIKE_HTML.search(description):
        return saved_on_the_web(description)
    return html.escape(description, quote=False).replace("\n", "<br>")


def saved_on_the_web(markup: str) -> str:
    """What the web editor stores: known tags, no attributes but links, no comments."""
    writer = _Writer()
    writer.feed(markup)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if NAME.match(raw) is None:
            self.parts.append(html.escape(raw, quote=False))
            return
        name = RENAMED.get(tag, tag)
        if name == "a":
            target = html.escape(dict(attrs).get("href") or "")
            self.parts.append(f'<a href="{target}" target="_blank">')
        elif name in TAGS:
            self.parts.append(f"<{name}>")

    def handle_endtag(self, tag: str) -> None:
        name = RENAMED.get(tag, tag)
        if name in TAGS and name != "br":
            self.parts.append(f"</{name}>")
        elif name in LINE_ENDS:
            self.parts.append("<br>")

    def handle_data(self, data: str) -> None:
        text = html.escape(data, quote=False).replace("\u00a0", "&nbsp;")
        text = text.replace("  ", "&nbsp; ").replace("\n", "<br>")
        self.parts.append(text)


def opened_on_a_phone(description: str) -> str:
    """Plain text: tags flattened, list items with a bullet."""
    if not LOOKS_LIKE_HTML.search(description):
        return description
    text = re.sub(r"<br\s*/?>|</p>|</li>|</?[uo]l[^>]*>", "\n", description, flags=re.I)
    text = re.sub(r"<li[^>]*>", "• ", text, flags=re.I)
    text = re.sub(r"</?(?:b|i|u|a|span|p|div|strong|em)\b[^>]*>", "", text, flags=re.I)
    text = html.unescape(text).replace("\u00a0", " ")
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
