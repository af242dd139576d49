"""Links without what gateways wrap around them, and the word that asks for an agenda."""

from __future__ import annotations

import pytest

from core.body.links import as_typed, bare_address, plain_links, unwrap
from core.body.magic_word import magic_word, without_magic_word
from core.model.calendar import Body, BodyForm

GOOGLE = "https://www.google.com/url?q="
SAFE = "https://eur01.safelinks.protection.outlook.com/?"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.com/a", "https://example.com/a"),
        (f"{SAFE}url=https%3A%2F%2Fexample.com%2Fa&data=x", "https://example.com/a"),
        (f"{SAFE}url=https%3A%2F%2Fexample.com&amp;data=x", "https://example.com"),
        (f"{SAFE}data=x", f"{SAFE}data=x"),
        ("https://www.google.com/url?q=https://example.com/b&sa=D", "https://example.com/b"),
        ("https://www.google.de/url?url=https://example.com/c", "https://example.com/c"),
        (
            "https://www.google.com/search?q=https://a.de",
            "https://www.google.com/search?q=https://a.de",
        ),
        ("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D"),
        ("https://google.com/url?q=https://a.de", "https://google.com/url?q=https://a.de"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.de_d&d=x", "https://a.de/d"),
        ("https://urldefense.com/v3/__https://example.com/e__;!!x", "https://example.com/e"),
        ("https://urldefense.com/v2/url?d=x", "https://urldefense.com/v2/url?d=x"),
        ("https://urldefense.com/v3/nothing", "https://urldefense.com/v3/nothing"),
        ("https://[bad/safelinks", "https://[bad/safelinks"),
        (f"{SAFE}url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fa.de", "https://a.de"),
        (f"{GOOGLE * 3}https://a.de", "https://a.de"),
        (f"{GOOGLE * 4}https://a.de", f"{GOOGLE}https://a.de"),
        (f"{SAFE}{'a=1&' * 49}url=https%3A%2F%2Fa.de", "https://a.de"),
        (
            f"{SAFE}{'a=1&' * 50}url=https%3A%2F%2Fa.de",
            f"{SAFE}{'a=1&' * 50}url=https%3A%2F%2Fa.de",
        ),
        (
            f"{SAFE}{'a=1&' * 60}url=https%3A%2F%2Fa.de",
            f"{SAFE}{'a=1&' * 60}url=https%3A%2F%2Fa.de",
        ),
    ],
)
def test_a_wrapped_link_leads_where_it_was_typed(url: str, address: str) -> None:
    assert unwrap(url) == address


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("HTTPS://Example.com/A/", "example.com/a"),
        (" https://example.com/ ", "example.com"),
        ("mailto:Ana@example.com", "ana@example.com"),
        ("https://example.com/AX/", "example.com/ax"),
        ("example.com/%C3%A4", "example.com/ä"),
    ],
)
def test_two_ways_to_write_a_link_are_compared_without_scheme(url: str, short: str) -> None:
    assert bare_address(url) == short


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("sieh https://example.com<https://example.com>", "sieh https://example.com"),
        ("<https://example.com> ja", "https://example.com ja"),
        ("(https://example.com)", "https://example.com"),
        ("example.com <http://example.com/>", "example.com"),
        ("anders <https://example.com>", "anders https://example.com"),
        ("ana@example.com<mailto:ana@example.com>", "ana@example.com"),
        ("x (mailto:ana@example.com)", "x mailto:ana@example.com"),
        (f"{SAFE}url=https%3A%2F%2Fexample.com hier", "https://example.com hier"),
        (f"{GOOGLE}https://example.com&sa=D hier", "https://example.com hier"),
    ],
)
def test_a_link_is_the_same_however_a_converter_wrote_it(text: str, plain: str) -> None:
    assert plain_links(text) == plain


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("example.com <http://example.com/>", "example.com"),
        ("ana@example.com<mailto:ana@example.com>", "ana@example.com"),
        ("<https://example.com>", "<https://example.com>"),
        ("Lob<Lob>", "Lob<Lob>"),
    ],
)
def test_a_link_is_kept_once_as_somebody_typed_it(text: str, typed: str) -> None:
    assert as_typed(text) == typed


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("#1on1", ""),
        ("#1ON1, ja", ", ja"),
        ("Hallo\n#1on1\nBen", "Hallo\nBen"),
        ("Hallo\r\n#1on1\r\nBen", "Hallo\r\nBen"),
        ("Hallo\r\n#vieraugen", "Hallo"),
        ("Hallo\n#1on1", "Hallo"),
        ("#1on1\nx", "x"),
        ("Bitte #1on1 danke", "Bitte danke"),
        ("#1on1 #vieraugen", ""),
        ("<p>#1on1</p>", "<p></p>"),
        ("<p>Bitte &num;1on1</p>", "<p>Bitte</p>"),
        ("<p>Bitte #1on1</p>", "<p>Bitte</p>"),
        ("<p><b>#1on1</b> ja</p>", "<p><b></b> ja</p>"),
        ("\n#1on1", ""),
    ],
)
def test_the_word_that_asks_for_an_agenda_is_taken_out(typed: str, left: str) -> None:
    form = BodyForm.HTML if typed.startswith("<") else BodyForm.TEXT
    body = Body(form=form, content=typed)

    assert magic_word(body)
    assert without_magic_word(body).content == left


@pytest.mark.parametrize(
    "typed", ["a#1on1", "#1on1-x", "/#1on1", "##1on1", "1on1", "#1on12", "&#1on1"]
)
def test_words_that_only_look_like_it_are_left_alone(typed: str) -> None:
    assert without_magic_word(Body(content=typed)) == Body(content=typed)
