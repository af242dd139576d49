"""Addresses in people's words are links, and nothing in them is markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from webhook_app.pages.linked import linked


def test_an_address_is_a_link_without_the_full_stop_behind_it() -> None:
    made = linked("siehe https://example.com/a?b=1&c=2. Und <b>")

    assert str(made) == (
        'siehe <a href="https://example.com/a?b=1&amp;c=2" rel="noreferrer noopener">'
        "https://example.com/a?b=1&amp;c=2</a>. Und &lt;b&gt;"
    )


def test_no_other_scheme_is_a_link() -> None:
    for text in ("javascript:alert(1)", "data:text/html,x", "mailto:ana@example.com", "http://"):
        assert "<a" not in linked(text)


class Reader(HTMLParser):
    """Collects tags, attributes and words."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.words += data


WORDS = st.lists(
    st.sampled_from(["https://", "example.com", "/a?b=1&c", '"', "'", "<script>", " onclick=", "ü"])
).map("".join)


@given(WORDS)
def test_every_word_stays_and_links_are_all_that_is_added(text: str) -> None:
    reader = Reader()
    reader.feed(str(linked(text)))
    reader.close()

    assert reader.words == text
    assert reader.tags <= {"a", "href", "rel"}
