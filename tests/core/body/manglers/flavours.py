"""How hosts and editors write the same visible lines: each flavour turns a page into a body."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from core.body import Body, BodyForm
from tests.core.body.manglers.lines import Line, Page, Role

Flavour = Callable[[Page], Body]

_BOLD: Final = (Role.HEADING,)
_INSIDE: Final = "<!-- the item above goes on -->"


def text_lines(page: Page) -> Body:
    """Plain text as CalDAV hosts keep it (RFC 5545 3.8.1.5)."""
    return Body(content="".join(f"{' ' * line.indent}{_signed(line)}\n" for line in page.lines))


def text_in_shell(page: Page) -> Body:
    """A body set as text, as Exchange keeps it: microsoft-graph-docs issue 8215."""
    rows = (html.escape(_signed(line), quote=False) for line in page.lines)
    indents = ("&nbsp;" * line.indent for line in page.lines)
    text = "<br>\r\n".join(map("".join, zip(indents, rows, strict=True)))
    return _html(
        '<html><head>\r\n<meta name="Generator" content="Microsoft Exchange Server">\r\n'
        "<!-- converted from text --><style><!-- .EmailQuote { margin-left: 1pt; } --></style>"
        '</head>\r\n<body>\r\n<font size="2"><span style="font-size:11pt;">'
        f'<div class="PlainText">{text}</div></span></font>\r\n</body>\r\n</html>\r\n'
    )


def exchange_divs(page: Page) -> Body:
    """A stored Exchange body: shell, CRLF, rewritten styles (public fixtures of Graph events)."""
    inner = _blocks(page.lines, _div, _list_items, "\r\n")
    return _html(
        '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"\r\n</head>\r\n<body>\r\n{inner}\r\n</body>\r\n</html>\r\n"
    )


def new_outlook(page: Page) -> Body:
    """New Outlook: div.elementToProof with a span, an empty one added: office-js issue 5482."""

    def block(line: Line) -> str:
        return (
            f'<div class="elementToProof"><span style="font-size: 12pt;">{_in(line)}</span></div>'
        )

    return _html(_blocks(page.lines, block, _list_items) + '<div class="elementToProof"><br></div>')


def word_drawn(page: Page) -> Body:
    """Classic Outlook: each line a paragraph, bullets drawn: zammad issue 4112."""

    def block(line: Line) -> str:
        return f"<p class=MsoNormal>{_in(line)}<o:p></o:p></p>"

    def items(lines: Sequence[Line]) -> str:
        rows = [_drawn(line) for line in lines]
        return "\r\n".join(rows).replace(f"<o:p></o:p></p>\r\n{_INSIDE}", "<br>\r\n")

    return _html(_word(_blocks(page.lines, block, items, "\r\n")))


def word_lists(page: Page) -> Body:
    """Classic Outlook, its other form: real lists with mso-list: zammad issue 4112."""

    def block(line: Line) -> str:
        return f"<p class=MsoNormal>{_in(line)}<o:p></o:p></p>"

    def items(lines: Sequence[Line]) -> str:
        style = "class=MsoNormal style='mso-list:l0 level1 lfo1'"
        rows = (f"<li {style}>{_in(line)}<o:p></o:p></li>" for line in lines)
        return "<ul style='margin-top:0cm' type=disc>\r\n" + "\r\n".join(rows) + "\r\n</ul>"

    flat = tuple(line for line in page.lines if line.role is not Role.NOTE)
    if flat == page.lines:
        return _html(_word(_blocks(page.lines, block, items, "\r\n")))
    return word_drawn(page)


def google_web(page: Page) -> Body:
    """Google's editor: br, ul, li, b, span: org-gcal.el issue 276."""

    def block(line: Line) -> str:
        return f"{_in(line)}<br>"

    return _html(_blocks(page.lines, block, _list_items))


def google_flat(page: Page) -> Body:
    """A description of text and br, newlines mixed in: add-to-calendar-button issue 7."""
    rows = (("&nbsp;" * 4 if line.indent > 1 else "") + _in(line, sign=True) for line in page.lines)
    return _html("".join(row + ("\n" if n % 3 == 2 else "<br>") for n, row in enumerate(rows)))


def html_blob(page: Page) -> Body:
    """Rich text pasted into Google Calendar: html-blob with empty u: org-gcal.el issue 276."""
    body = google_web(page).content.replace("<li>", "<li><u></u>")
    return _html(f"<html-blob>{body}</html-blob>")


def tiptap(page: Page) -> Body:
    """Editors on ProseMirror: paragraphs in list items (recorded)."""

    def block(line: Line) -> str:
        return f"<p>{_in(line)}</p>"

    def items(lines: Sequence[Line]) -> str:
        return _list_items(lines).replace("<li>", "<li><p>").replace("</li>", "</p></li>")

    if any(line.role is Role.NOTE for line in page.lines):
        return exchange_divs(page)
    return _html(_blocks(page.lines, block, items))


def list_in_list(page: Page) -> Body:
    """A deeper list stands directly in the list, as roosterjs and Chromium make it (recorded)."""

    def items(lines: Sequence[Line]) -> str:
        base = min(line.indent for line in lines)
        rows: list[str] = []
        for line in lines:
            if line.inside and rows:
                tail = "</li></ul>" if rows[-1].endswith("</ul>") else "</li>"
                rows[-1] = f"{rows[-1].removesuffix(tail)}<br>{_in(line)}{tail}"
            else:
                row = f"<li>{_in(line)}</li>"
                rows.append(f"<ul>{row}</ul>" if line.indent > base else row)
        return f"<ul>{''.join(rows)}</ul>"

    return _html(_blocks(page.lines, _div, items))


def rtf_soup(page: Page) -> Body:
    """HTML -> RTF -> HTML: fonts, drawn lists, everything a div: gobierto issue 1594."""
    rows = (
        f'<div style="padding-left:18pt;"><font>·&nbsp;&nbsp; {_in(line)}</font></div>'
        if line.bullet and not line.inside and line.indent < 2
        else f'<div style="padding-left:{line.indent * 18}pt;"><font>'
        + ("&nbsp;" * 6 if line.role is Role.NOTE else "")
        + f"{_in(line)}</font></div>"
        for line in page.lines
    )
    return _html(
        "<html><body>\r\n<!-- converted from rtf -->\r\n" + "\r\n".join(rows) + "</body></html>"
    )


TEXT_FLAVOURS: Final[tuple[Flavour, ...]] = (text_lines, text_in_shell)
HTML_FLAVOURS: Final[tuple[Flavour, ...]] = (
    exchange_divs,
    new_outlook,
    word_drawn,
    word_lists,
    google_web,
    google_flat,
    html_blob,
    tiptap,
    list_in_list,
    rtf_soup,
)


def _html(content: str) -> Body:
    return Body(form=BodyForm.HTML, content=content)


def _signed(line: Line) -> str:
    return f"- {line.text}" if line.bullet and not line.inside else line.text


def _in(line: Line, *, sign: bool = False) -> str:
    """Return a line's words as HTML."""
    text = html.escape(_signed(line) if sign else line.text, quote=False)
    return f"<b>{text}</b>" if line.role in _BOLD else text


def _div(line: Line) -> str:
    return f"<div>{_in(line)}</div>"


def _blocks(
    lines: Iterable[Line],
    block: Callable[[Line], str],
    items: Callable[[Sequence[Line]], str],
    between: str = "",
) -> str:
    """Write runs of list items as lists and all other lines as blocks."""
    parts: list[str] = []
    run: list[Line] = []
    for line in lines:
        if line.bullet:
            run.append(line)
            continue
        if run:
            parts.append(items(run))
            run = []
        parts.append(block(line))
    if run:
        parts.append(items(run))
    return between.join(parts)


def _list_items(lines: Sequence[Line]) -> str:
    """Write a list; what is deeper goes into a list inside the item above."""
    base, parts, inner = min(line.indent for line in lines), [""], False
    for line in lines:
        if line.inside and parts[-1]:
            tail = "</li></ul></li>" if inner else "</li>"
            parts[-1] = f"{parts[-1].removesuffix(tail)}<br>{_in(line)}{tail}"
        elif line.indent > base and parts[-1]:
            parts[-1] = parts[-1].removesuffix("</li>").removesuffix("</ul>")
            parts[-1] += ("" if inner else "<ul>") + f"<li>{_in(line)}</li></ul></li>"
            inner = True
        else:
            parts.append(f"<li>{_in(line)}</li>")
            inner = False
    return f"<ul>{''.join(parts)}</ul>"


def _drawn(line: Line) -> str:
    if line.inside:
        return f"{_INSIDE}{_in(line)}<o:p></o:p></p>"
    sign = "o" if line.indent > 1 else "·"
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{max(line.indent, 1)} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; "
        f"</span></span></span><![endif]>{_in(line)}<o:p></o:p></p>"
    )


def _word(inner: str) -> str:
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta name=Generator content="Microsoft Word 15"><!--[if !mso]><style>v\\:* {behavior:'
        "url(#default#VML);}</style><![endif]--><style><!--\r\np.MsoNormal {margin:0cm;}\r\n-->"
        f"</style></head><body lang=DE><div class=WordSection1>\r\n{inner}\r\n</div></body></html>"
    )
