"""Where a first block goes in a body, and that taking it out gives the body back."""

from __future__ import annotations

import pytest

from core.body.read import read
from core.body.splice import SHORT_TEXT, has_block, place, remove, replaced
from core.model.calendar import Body, BodyForm

TEXT = "▼ 1:1 agenda (write here)\n [ ] Budget\n▲ end of 1:1 agenda"
HTML = "<b>▼ 1:1 agenda (write here)</b><ul><li>[ ] Budget</li></ul><b>▲ end of 1:1 agenda</b>"
RULE = "_" * 80
LINK = "https://teams.microsoft.com/l/meetup-join/19%3a1"
JOIN = f"{RULE}\nMicrosoft Teams meeting\nJoin: {LINK}\n{RULE}"
JOIN_HTML = (
    f'<div>{RULE}</div><div>Microsoft Teams meeting</div><div><a href="{LINK}">Join</a></div>'
)
NOTED = "<b><!-- a note in a format -->"
LONG, SHORT = "x" * (SHORT_TEXT + 1), "x" * SHORT_TEXT

TEXTS = (
    ("", "@"),
    ("  ", "@  "),
    ("Hallo", "Hallo\n\n@"),
    ("Hallo\n", "Hallo\n\n@"),
    ("Hallo\n\n", "Hallo\n\n@"),
    ("Hallo\r", "Hallo\r\n@"),
    ("Hallo\r\nBen\r\n", "Hallo\r\nBen\r\n\r\n@"),
    ("\nHallo", "\nHallo\n\n@"),
    (JOIN, f"@\n\n{JOIN}"),
    (f"Hallo\n{JOIN}", f"Hallo\n\n@\n\n{JOIN}"),
    (f"Hallo\n\n{JOIN}\nEnde", f"Hallo\n\n@\n\n{JOIN}\nEnde"),
    ("Hallo\r\n\r\n" + JOIN.replace("\n", "\r\n"), None),
    (SHORT, f"{SHORT}\n\n@"),
    (LONG, f"@\n\n{LONG}"),
)
PAGES = (
    ("", "@"),
    ("Hallo", "Hallo<br><br>@"),
    ("<p>Hallo</p>", "<p>Hallo</p>@"),
    ("<p>Hallo</p> ", "<p>Hallo</p> @"),
    ("<b>Hallo</b>", "<b>Hallo</b><br><br>@"),
    ("<table><tr><td>Hallo</td></tr></table>", "<table><tr><td>Hallo</td></tr></table>@"),
    ("<ol><li>Hallo</li></ol>", "<ol><li>Hallo</li></ol>@"),
    (f"<body><p></p><br>{LONG}</body>", f"<body><p></p>@<br><br>{LONG}</body>"),
    ("<p>Hallo", "<p>Hallo<br><br>@"),
    ("<html><body><p>Hallo</p></body></html>", "<html><body><p>Hallo</p>@</body></html>"),
    (
        "<html><head><title>x</title></head><body></body></html>",
        "<html><head><title>x</title></head><body>@</body></html>",
    ),
    (
        f"<html><body><div>Hallo</div>{JOIN_HTML}</body></html>",
        f"<html><body><div>Hallo</div>@<br>{JOIN_HTML}</body></html>",
    ),
    (JOIN_HTML, f"@<br>{JOIN_HTML}"),
    (f"<p>{LONG}</p>", f"@<br><p>{LONG}</p>"),
    (f"<body><p>{LONG}</p></body>", f"<body>@<br><p>{LONG}</p></body>"),
    (f"<b>{LONG}</b>", f"@<br><b>{LONG}</b>"),
    (f"<ul><li>{LONG}</li></ul>", f"@<br><ul><li>{LONG}</li></ul>"),
    (f"<html><b>{LONG}</b></html>", f"<html>@<br><b>{LONG}</b></html>"),
    (
        f"<html><head><title>x</title></head><b>{LONG}</b></html>",
        f"<html><head><title>x</title></head>@<br><b>{LONG}</b></html>",
    ),
    ("Hallo<br>", "Hallo<br><br><br>@"),
    ("Hallo <b>fett", "Hallo <b>fett<br><br>@"),
    ("<html-blob>Hallo</html-blob>", "<html-blob>Hallo<br><br>@</html-blob>"),
    ("<p>Hallo</p><!-- offen", "<p>Hallo</p><!-- offen<br><br>@"),
    (f"<ul><li>Hallo</li></ul>{JOIN_HTML}", f"<ul><li>Hallo</li></ul>@<br>{JOIN_HTML}"),
    (f"Hallo<br>{JOIN_HTML}", f"Hallo<br><br><br>@<br>{JOIN_HTML}"),
    (f"{NOTED}{LONG}</b>", f"@<br>{NOTED}{LONG}</b>"),
    (f"<body>{NOTED}{LONG}</b></body>", f"<body>@<br>{NOTED}{LONG}</b></body>"),
    (f"<HTML a=b>{NOTED}{LONG}</b>", f"<HTML a=b>@<br>{NOTED}{LONG}</b>"),
    (f"<html><head></HEAD >{NOTED}{LONG}</b>", f"<html><head></HEAD >@<br>{NOTED}{LONG}</b>"),
    (f"{NOTED}{LONG}</b><html>", f"@<br>{NOTED}{LONG}</b><html>"),
    (
        f"{NOTED}Hallo</b> du<br>{NOTED}{LINK}</b>",
        f"{NOTED}Hallo</b> du<br><br>@<br><br>{NOTED}{LINK}</b>",
    ),
    (f"<p>Hallo</p>{NOTED}{LINK}</b>", f"@<br><p>Hallo</p>{NOTED}{LINK}</b>"),
)


@pytest.mark.parametrize(("content", "wanted"), TEXTS)
def test_a_plain_text_gets_its_block_where_people_find_it(content: str, wanted: str | None) -> None:
    body = Body(content=content)
    placed = place(body, TEXT)
    block = TEXT.replace("\n", "\r\n") if "\r\n" in content else TEXT

    if wanted is not None:
        assert placed.content.replace(block, "@") == wanted
    assert placed.content.count(block) == 1
    assert remove(placed, original=body) == body


@pytest.mark.parametrize(("content", "wanted"), PAGES)
def test_html_gets_its_block_where_people_find_it(content: str, wanted: str) -> None:
    body = Body(form=BodyForm.HTML, content=content)
    placed = place(body, HTML)

    assert placed.content.replace(HTML, "@") == wanted
    assert remove(placed) == body


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (f"Hallo\n\n{TEXT}", "Hallo"),
        (f"Hallo\n\n{TEXT}\n\nBen", "Hallo\n\nBen"),
        (f"Hallo\r\n\r\n{TEXT}\r\n\r\nBen", "Hallo\r\n\r\nBen"),
        (f"{TEXT}\n\nBen\n", "Ben\n"),
        (f"\n{TEXT}\n", "\n\n"),
        (f"Hallo\n{TEXT}\nBen", "Hallo\n\nBen"),
        (f"Hallo {TEXT} Ben", "Hallo \n\n Ben"),
        (f"Hallo\n\n{TEXT.replace('Budget', 'Budget <img src=x>')}", "Hallo"),
        (f"{TEXT}\nXAX\n \n{TEXT}\nBen", "XAX\nBen"),
        ("Hallo", "Hallo"),
    ],
)
def test_a_removed_block_leaves_no_gap(content: str, left: str) -> None:
    assert remove(Body(content=content)).content == left


def test_what_was_typed_since_is_kept_when_the_block_goes() -> None:
    body = Body(content="Hallo", rich="<p>Hallo</p>")
    placed = place(body, TEXT)
    typed = Body(content=placed.content + "\n\nBis bald")

    assert remove(typed, original=body).content == "Hallo\n\nBis bald"
    assert placed.rich is None
    assert remove(Body(content=placed.content, rich="x"), original=body) == body
    assert remove(Body(content=placed.content, rich="x")).rich is None


def test_pictures_pasted_into_the_block_stay_where_it_stood() -> None:
    seen = HTML.replace("</li>", "<img src='1'> und <img src='2'></li>")
    once = Body(form=BodyForm.HTML, content=f"<p>Hallo</p>{seen}<p>Ben<img src='3'></p>")
    again = HTML.replace("</li>", "<img src='4'></li>")
    twice = Body(form=BodyForm.HTML, content=f"{once.content}{again}")

    assert remove(once).content == "<p>Hallo</p><img src='1'><img src='2'><p>Ben<img src='3'></p>"
    assert [remove(twice).content.count(f"<img src='{n}'>") for n in range(1, 5)] == [1] * 4


def test_a_block_run_together_with_text_is_parted_by_line_ends_like_its_own() -> None:
    reading = read(Body(content=f"Hallo {TEXT} Ben"))
    block = TEXT.replace("\n", "\r\n")

    assert replaced(reading, block) == f"Hallo \r\n{block}\r\n Ben"


def test_an_original_in_another_form_is_not_brought_back() -> None:
    original = Body(form=BodyForm.HTML, content="<p>Hallo</p>")

    assert remove(Body(content=f"Hallo\n\n{TEXT}"), original=original).content == "Hallo"


def test_a_magic_word_goes_when_the_agenda_comes_unless_it_shall_stay() -> None:
    body = Body(content="Bitte #1on1")

    assert place(body, TEXT).content == f"Bitte\n\n{TEXT}"
    assert place(body, TEXT, magic_word_gone=False).content == f"Bitte #1on1\n\n{TEXT}"


@pytest.mark.parametrize(
    ("content", "there"), [(TEXT, True), ("▼ 1:1 agenda (write here)", True), ("Budget", False)]
)
def test_a_block_is_seen_by_its_fences(content: str, there: bool) -> None:
    assert has_block(Body(content=content)) is there


def test_a_block_in_the_middle_of_a_line_has_lines_of_its_own() -> None:
    body = Body(form=BodyForm.HTML, content="<p>Hallo <xml>Gruß")
    placed = place(body, HTML)

    assert placed.content == f"<p>Hallo <br><br>{HTML}<br><xml>Gruß"
    assert remove(placed, original=body) == body
