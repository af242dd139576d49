"""What a reader sees of HTML, and where a source was cut."""

from __future__ import annotations

import pytest

from core.body.attributes import href_in, is_cut, is_last
from core.body.lines import Line, scan
from core.body.scan_html import scan_html
from core.model.calendar import Body, BodyForm


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p><span style='mso-list:Ignore'>1.<span> </span></span>Urlaub</p>", ["Urlaub"]),
        (
            "<p><span style='mso-list:Ignore'>1.&nbsp;<b>Urlaub mit Ines im August</b></p>",
            ["Urlaub mit Ines im August"],
        ),
        (
            "<p><SPAN style='mso-list: Ignore'>·</SPAN>Urlaub <span>im</span> Mai</p>",
            ["Urlaub im Mai"],
        ),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["a", "b", "c"]),
        ("<li><p>a</p><p>b</p></li>", ["a", "b"]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("a<br>b<hr>c<BR/>d", ["a", "b", "c", "d"]),
        ("<input type=checkbox checked>a<br><input type='checkbox'>b<input>", ["[x] a", "[ ] b"]),
        (
            "<ul><li data-list='checked'>a</li><li data-checked=false>b</li></ul>",
            ["[x] a", "[ ] b"],
        ),
        ("<style>x</style><script>y</script><title>z</title>a", ["a"]),
        ("<head><meta><title>x</title><body>a</body>", ["a"]),
        ("<script>a", ["a"]),
        ("<!-- x -->a<![if !supportLists]>b<![endif]>c<!doctype html>", ["abc"]),
        ("a <! b <? c", ["a <! b <? c"]),
        ("a <https://example.com> b", ["a <https://example.com> b"]),
        ("a &lt;b&gt; &amp; &nbsp;c &#8364; &unknown; &", ["a <b> & c € &unknown; &"]),
        (
            "<a href='https://a.de/x'>hier</a> <a href='https://a.de'>a.de</a>",
            ["hier (https://a.de/x) a.de"],
        ),
        ("<a href='mailto:a@b.de'>hier</a>", ["hier"]),
        ("<pre>a\nb</pre><div>c\nd</div>", ["a", "b", "c d"]),
        ("a\nb", ["a", "b"]),
        ("<div>a\u2028b</div>", ["a", "b"]),
        ("a <b", ["a"]),
        ("a <bogus", ["a <bogus"]),
        ("a <b c > d", ["a d"]),
        ("<p title='>'>a</p>", ["a"]),
        ("<p title='>a</p>", ["a"]),
        ("a<!---->b<!-- x -->c", ["abc"]),
        ("a<!---->", ["a"]),
        ("a<!-- b", ["a<!-- b"]),
        ("<head>x<body>a", ["a"]),
        ("<style>x<body>a", ["x", "a"]),
        ("<head>x<body>a<head>b<body>c", ["ab", "c"]),
        ("<ul><li class=x>a</li><li data-checked=true>b</li></ul>", ["a", "[x] b"]),
        ("<div><pre><pre>a</pre>b\nc</pre></div>", ["a", "b", "c"]),
        ("<div><a href='https://a.de/x  y'>https://a.de/x \n y</a></div>", ["https://a.de/x y"]),
        ("<a href='https://a.de/x'>hier</a></a> b", ["hier (https://a.de/x) b"]),
        ("</a>a", ["a"]),
        *(
            (f"<p><span style='mso-list:Ignore'>{drawn}</span>a</p>", lines)
            for drawn, lines in (("1" * 20, ["a"]), ("1" * 21, [f"{'1' * 21}a"]))
        ),
        ("<a href='https://a.de/x'>a<br></a>b", ["a", "b"]),
        ("<input name=x>a<br><input type=checkbox>b", ["a", "[ ] b"]),
        ("<input type=checkbox>a<br><input type=checkbox checked>b", ["[ ] a", "[x] b"]),
        ("<p><span lang=de>a</span> <span style='mso-list:Ignore'>1.</span>b</p>", ["a b"]),
        ("<p>[if !supportLists]· [endif]Urlaub</p>", ["· Urlaub"]),
        ("a [endif] b", ["a [endif] b"]),
        ("a &amp b; &lt;&gt;", ["a &amp b; <>"]),
        ("an <at id='0'>Ben</at> <emoji alt='🎉'></emoji><img src=x alt='🚀'>", ["an Ben 🎉🚀"]),
        ("a <img src=x alt='Ein Bild'><img alt=''>b", ["a b"]),
        ("a &<b>c</b>", ["a &c"]),
        ("<head>a", ["a"]),
        ("<body>a<head>b<body>c", ["a", "c"]),
    ],
)
def test_a_reader_sees_these_lines(html: str, lines: list[str]) -> None:
    assert [line.text for line in scan_html(html).lines if line.text] == lines


@pytest.mark.parametrize(
    ("html", "struck"),
    [
        ("<s>a</s>", True),
        ("<del>a</del>", True),
        ("<s>a</s> b", False),
        ("<s>a <strike>b</strike></s>", True),
        ("</s>a", False),
        ("– <s>&nbsp;</s>", False),
        ("– <s>&nbsp;</s><s>&nbsp;</s>", False),
        ("– <s>b</s>", True),
    ],
)
def test_a_line_is_struck_only_as_a_whole(html: str, struck: bool) -> None:
    assert [line.struck for line in scan_html(html).lines] == [struck]


def test_depth_item_and_heading_are_told() -> None:
    lines = scan_html("<h2>t</h2><ul><li>a<br>b<ol><li>c</li></ol></li></ul><p>d</p>").lines
    told = [(n.text, n.depth, n.item, n.more, n.title) for n in lines]

    assert told == [
        ("t", 0, False, False, True),
        ("a", 1, True, False, False),
        ("b", 1, False, True, False),
        ("c", 2, True, False, False),
        ("d", 0, False, False, False),
    ]


def test_words_lists_have_their_level() -> None:
    lines = scan_html("<p style='mso-list:l0 level2 lfo1'>a<br>b</p><p>c</p>").lines

    assert [(n.text, n.depth, n.item, n.more) for n in lines] == [
        ("a", 2, True, False),
        ("b", 2, False, True),
        ("c", 0, False, False),
    ]


def test_words_behind_one_of_words_items_are_outside() -> None:
    lines = scan_html("<p style='mso-list:l0 level1 lfo1'>a<br>b</p>c").lines

    assert [(n.text, n.depth, n.item, n.more) for n in lines] == [
        ("a", 1, True, False),
        ("b", 1, False, True),
        ("c", 0, False, False),
    ]


def test_a_line_behind_an_inner_list_belongs_to_the_outer_item() -> None:
    lines = scan_html("<ul><li>a<ul><li>b<ul><li>c</ul>d</ul>e<li>f</ul>g").lines

    assert [(n.text, n.depth, n.item, n.more) for n in lines] == [
        ("a", 1, True, False),
        ("b", 2, True, False),
        ("c", 3, True, False),
        ("d", 2, False, True),
        ("e", 1, False, True),
        ("f", 1, True, False),
        ("g", 0, False, False),
    ]


def test_an_empty_line_stands_between_its_breaks() -> None:
    def empty(html: str) -> list[Line]:
        return [line for line in scan_html(html).lines if not line.text]

    assert empty("a<br> <br>b") == [Line("", "", 5, 6)]
    assert empty("a\n\nb") == [Line("", "", 2, 2)]
    assert empty("a<br>&nbsp;") == [Line("", "", 5, 11)]
    assert empty("<div>&nbsp;</div>b") == [Line("", "", 5, 11)]
    assert empty("<div>&nbsp;<ul><li>b</ul></div>") == [Line("", "", 5, 11)]


def test_what_stands_in_front_of_a_line_is_its_indent() -> None:
    assert [line.indent for line in scan_html("a\n   b").lines] == [0, 3]
    assert scan_html("<div><pre>  a</pre></div>").lines[0].indent == 2
    assert scan_html("<div>&nbsp; &nbsp;a&nbsp;b</div>").lines[0].indent == 2


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        ("a <b>b</b>", None),
        ("a <b", 2),
        ("x<script>a <b", 1),
        ("x<style>a<script>b", 1),
        ("<head>x<b", 7),
    ],
)
def test_nothing_can_stand_behind_the_first_tag_without_an_end(html: str, cut: int | None) -> None:
    assert scan_html(html).cut == cut


def test_a_scan_knows_its_source_and_its_tags() -> None:
    seen = scan_html("<b>a</b>")

    assert (seen.content, [tag.name for tag in seen.tags]) == ("<b>a</b>", ["b", "b"])
    assert [line.text for line in scan_html("a\nb", soft=True).lines] == ["a b"]
    assert [line.text for line in scan_html("<p>a\nb</p>", soft=False).lines] == ["a", "b"]


def test_words_between_references_stand_where_they_stand() -> None:
    html = "<p>ab &amp; cd & ef &amp; gh &unknown; ij</p>"
    (line,) = scan_html(html).lines

    for word in ("ab", "cd", "ef", "gh", "ij"):
        at = line.raw.index(word)
        assert html[line.source(at) : line.source(at + 2, behind=True)] == word
    assert line.source(4, behind=True) == html.index(" cd")


def test_newlines_are_taken_for_line_ends_where_no_document_is_around() -> None:
    assert scan_html("a\nb").doubtful is True
    assert scan_html("<div>a\nb</div>").doubtful is False
    assert [line.struck for line in scan_html("<s>a</s><br>b").lines] == [True, False]


def test_what_is_drawn_for_a_line_takes_no_room_in_the_source() -> None:
    html = "<ul><li data-checked=true>ab <a href='https://a.de'>c</a>&amp;d</li></ul>"
    (line,) = scan_html(html).lines
    word = line.cut(4, 6)
    rest = line.cut(9, len(line.raw)).cut(15, 17)

    assert line.raw == "[x] ab c (https://a.de)&d"
    assert line.source(4, behind=True) == line.start == html.index("ab")
    assert html[word.start : word.end] == "ab"
    assert html[rest.start : rest.end] == "d"
    assert line.source(23, behind=True) == html.index("</a>")


def test_cells_and_boxes_stand_where_their_tags_stand() -> None:
    html = "<table><tr><td><input type=checkbox>a</td><td>b</td></tr></table>"
    (line,) = scan_html(html).lines

    assert line.raw == "[ ] a  b "
    assert line.source(4, behind=True) == html.index("a</td>")
    assert line.source(6, behind=True) == html.index("</td>")
    assert line.source(6) == html.index("<td>b")
    (line,) = scan_html("ab<img alt='🚀'>").lines
    assert (line.raw, line.end) == ("ab🚀", len("ab<img alt='🚀'>"))


@pytest.mark.parametrize(
    "html", ["<p>Hallo <b>du</b> da</p>", "  a &amp; b  <br>c", "<ul><li>\xa0 x</li></ul>"]
)
def test_each_line_knows_where_it_stands(html: str) -> None:
    for line in scan_html(html).lines:
        if line.text:
            source = html[line.start : line.end]
            assert source[0] == line.text[0]
            assert source.rstrip(">").endswith(line.text[-1])


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        *(("<div", True), ("</div", True), ("<d", True), ("</l", True), ("<xyz", False)),
        *(("<", False), ("</", False), ("<X", True), ("<Xdiv", False), ("<html-bl", True)),
        *(("<o:", True), ("<o:OfficeDocument", True), ("<o:OfficeDocuments", False)),
        *(("<!", True), ("<!--[if gte mso 9]", True), ("<!Lob", False), ("<Anna:Lob", False)),
    ],
)
def test_a_source_may_end_inside_a_tags_name(tail: str, cut: bool) -> None:
    assert is_cut(f"abc{tail}", 3) is cut
    assert is_cut(f"abc{tail}>{'x' * 18}", 3) is False


@pytest.mark.parametrize(
    ("content", "last"),
    [("<p class=x", True), ("<p <", False), ("<p<", False), ("<p x>", False), ("<p>", False)],
)
def test_behind_a_tag_that_is_cut_stands_nothing(content: str, last: bool) -> None:
    assert is_last(f"<b>{content}", 3) is last


@pytest.mark.parametrize(
    ("tag", "href"),
    [
        ('<a href="https://a.de?x=1&amp;y">', "https://a.de?x=1&y"),
        ("<a href='HTTP://a.de'>", "HTTP://a.de"),
        ("<a href=https://a.de>", "https://a.de"),
        ('<a href="x" originalsrc="https://b.de">', "https://b.de"),
        ('<a href="mailto:a@b.de">', ""),
        ("<a name=x>", ""),
    ],
)
def test_a_links_address_is_the_one_that_was_typed(tag: str, href: str) -> None:
    next_tag = '<a href="https://c.de" originalsrc="https://d.de">'

    assert href_in(tag + next_tag, 2, len(tag)) == href


def test_html_shown_as_text_is_read_as_html() -> None:
    source = "<b>▼ 1:1-Agenda (hier schreiben)</b><ul><li>[ ] Urlaub</li></ul>"

    assert [line.text for line in scan(Body(content=source)).lines][1] == "[ ] Urlaub"
    assert scan(Body(form=BodyForm.HTML, content="a")).html
    assert not scan(Body(content="a <b>")).html
