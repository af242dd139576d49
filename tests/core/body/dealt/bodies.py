"""Bodies dealt by number: soups of what hosts write, with our block in them or a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.body import Body, BodyForm, has_block, place, read, readable, remove
from core.body.hosts import seen_lines
from core.body.join_blocks import has_teams_block, join_spans, teams_links
from core.body.lines import scan
from core.body.magic_word import magic_word, without_magic_word
from core.body.pairs import Pairs
from core.body.parts import parts_of
from tests.core.body.dealt.agendas import Hand

_FENCES: Final = (
    *("▼ 1:1-Agenda (hier schreiben)", "▲ Ende 1:1-Agenda", "1:1 agenda (write here)"),
    *("▼ 1:1 agenda (write here)", "▲ end of 1:1 agenda", "**▼ 1:1-Agenda (hier schreiben)**"),
    *("Hallo ▼ 1:1-Agenda (hier schreiben) Anna", "[ ] Ende 1:1-Agenda", "> ▲ Ende 1:1-Agenda"),
    *("▼ 1:1-Agenda (hier schreiben) / 1:1 agenda (write here)", "? Ende 1:1-Agenda", "▼", "▲"),
    *("▲ Schluss 1:1-Agenda", "▼ 1:1-Agenda (bitte hier)", "Ende der 1:1 Agenda"),
)
_JOINS: Final = (
    *("_" * 50, "_" * 25, "Microsoft Teams-Besprechung", "Meeting ID: 1", "Passcode: a"),
    *(
        "https://teams.microsoft.com/l/meetup-join/19%3am",
        "https://teams.microsoft.com/meet/12?p=1",
    ),
    *("https://aka.ms/JoinTeamsMeeting", "https://zoom.us/j/1", "https://meet.google.com/abc"),
    *("-::~:~::~:~:~:~:~:~:~:~::~:~::-", "Please do not edit this section.", "─" * 12),
    *("Do not delete or change any of the following text.", "https://a.webex.com/x", "Telefon: 1"),
)
_WORDS: Final = (
    *(
        "Hallo",
        "[ ] Budget",
        "[x] Kurs",
        "- Raum",
        "Anna",
        "Neue Punkte einfach darunter schreiben:",
    ),
    *("#1on1", "vorher #vieraugen nachher", "", " ", "LG Ben", "o  Punkt", "§ Punkt", "a\u200bb"),
    *("Bitte lest vorher die Unterlagen, sie liegen im Ordner. " * 11, "x < y", "R&D", "\\n", "~"),
)
_TAGS: Final = (
    *("<div>", "</div>", "<p>", "</p>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<br>"),
    *("<br/>", "<hr>", "<b>", "</b>", "<span>", "</span>", "<s>", "</s>", "<h2>", "</h2>", "<pre>"),
    *("</pre>", "<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>", "<u></u>", "<html>"),
    *(
        "<body>",
        "</body>",
        "</html>",
        "<head>",
        "</head>",
        "<style>p{}</style>",
        "<title>T</title>",
    ),
    *("<style>", "<!-- a < b -->", "<!--", "<![endif]>", "<!doctype html>", "<?xml x?>", "<o:p>"),
    *("</o:p>", "&nbsp;", "&amp;", "&#8226;", "&unknown;", "&", "<", ">", "<https://x.example/y>"),
    *('<a href="https://a.example/b">', "<a href=c>", "</a>", "<a>", '<img src="x.png">', "<IMG>"),
    *('<input type="checkbox">', '<input type="checkbox" checked>', '<li data-checked="true">'),
    *('<li data-list="unchecked">', '<p style="mso-list:l0 level1 lfo1">', "<html-blob>"),
    *('<p style="mso-list:l0 level2 lfo1">', '<span style="mso-list:Ignore">', "</html-blob>"),
    *("<![if !supportLists]>", "<div class='x'>", '<div title="a>b">', '<div a="b', "<foo>", "<li"),
    *("\n", "\r\n", "\u2028", " ", "\xa0", "&nbsp;&nbsp;", "\x0b", "<DEL>", "</DEL>", "</foo>"),
    *(
        '<a href="mailto:a@b.com" originalsrc="https://o.example">',
        "<blockquote>",
        "<svg>",
        "</svg>",
    ),
)


def _content(hand: Hand, *, html: bool) -> str:
    if not html:
        breaks = hand.one(("\n", "\n", "\r\n", "\n\n", "\r\n\r\n", "\\n"))
        lines = [_line(hand) for _ in range(hand.below(9))]
        return breaks.join(f"{hand.one(('', '', '  ', '    '))}{line}" for line in lines)
    parts = [hand.one(("", "", "<html><body>", "<html><head></head>", "<div>"))]
    for _ in range(hand.below(16)):
        if hand.may(0.35):
            parts.append(_line(hand))
        elif hand.may(0.3):
            name = hand.one(("p", "div", "li", "b", "h2", "s", "td", "span"))
            parts.append(f"<{name}>{_line(hand)}</{name}>")
        else:
            parts.append(hand.one(_TAGS))
    return "".join(parts)


def _line(hand: Hand) -> str:
    return hand.one(hand.one((_WORDS, _WORDS, _FENCES, _JOINS)))


def outcome(number: int) -> str:
    """Return all that is read in a body, and how our block is put in and taken out."""
    hand = Hand(number)
    html = hand.may(0.7)
    body = Body(form=BodyForm.HTML if html else BodyForm.TEXT, content=_content(hand, html=html))
    return "\n".join(map(str, (body.content, *_seen(hand, body), *_spliced(body))))


def _seen(hand: Hand, body: Body) -> Iterator[object]:
    soft = hand.one((None, None, True, False))
    scanned = scan(body, soft=soft)
    yield from (scanned.html, scanned.doubtful, scanned.cut)
    yield from scanned.lines
    yield from scanned.tags
    yield readable(body)
    yield sorted(seen_lines(body).items())
    yield join_spans(scanned.lines)
    yield join_spans(scanned.lines, {n for n, _ in enumerate(scanned.lines) if hand.may(0.1)})
    yield sorted(teams_links(body.content)), has_teams_block(body.content)
    yield from parts_of(scanned.lines)
    for line in scanned.lines[:4]:
        low = hand.below(len(line.raw) + 1)
        high = low + hand.below(len(line.raw) - low + 1)
        yield line.cut(low, high), line.source(low), line.source(high, behind=True)
    pairs = Pairs(scanned)
    size = len(body.content) + 1
    for _ in range(3):
        low, high = sorted((hand.below(size), hand.below(size)))
        yield pairs.widened(low, high, hand.below(low + 1)), pairs.dangling(low, high)
        yield pairs.inside_format(low)


def _spliced(body: Body) -> Iterator[object]:
    reading = read(body)
    yield from (reading.blocks, reading.broken, reading.empty, reading.spans, has_block(body))
    yield magic_word(body), without_magic_word(body)
    yield place(body, "<b>x</b>"), place(body, "x\ny", magic_word_gone=False)
    yield remove(body)
    put = place(body, "▼ 1:1-Agenda (hier schreiben)\n▲ Ende 1:1-Agenda")
    yield remove(put), remove(put, original=body)
