"""Pages and scripts are compressed for who takes that, and never where words are repeated."""

from __future__ import annotations

import gzip

import pytest

from tests.core.builders import ANNA
from tests.webhook_app.pages.hands import Hand, talk
from tests.webhook_app.world import World

ZIP = {"accept-encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["", "/static/outbox.js", "/static/page.css"])
def test_the_same_bytes_come_smaller(world: World, anna: Hand, path: str) -> None:
    url = path or talk(world, ANNA)
    plain, thin = (
        anna.client.get(url, buffered=True),
        anna.client.get(url, headers=ZIP, buffered=True),
    )

    assert thin.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(thin.data) == plain.data
    assert len(thin.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == thin.headers["Vary"] == "Accept-Encoding"
    assert int(thin.headers["Content-Length"]) == len(thin.data)
    again = anna.client.get(
        url, headers={**ZIP, "if-none-match": thin.headers["etag"]}, buffered=True
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_that_repeats_what_was_asked_is_sent_as_it_is(world: World, anna: Hand) -> None:
    answer = anna.client.get(talk(world, ANNA, "/history?q=geheim"), headers=ZIP)

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_the_first_view_is_below_100_kb(world: World, anna: Hand) -> None:
    """With every script and style; docs/benchmarks.md has the browser's own sum."""
    for n in range(12):
        anna.add(f"Ein Punkt mit einer gewöhnlichen Länge, Nummer {n}")
    page = anna.client.get(talk(world, ANNA), headers=ZIP)
    html = gzip.decompress(page.data).decode()
    links = {part.split('"')[0] for part in html.split('"/static/')[1:]}
    sizes = [
        len(anna.client.get(f"/static/{link}", headers=ZIP, buffered=True).data) for link in links
    ]

    assert len(links) > 9
    assert len(page.data) + sum(sizes) < 50_000
