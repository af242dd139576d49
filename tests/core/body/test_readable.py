"""What a person sees of a body."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, own_words, readable


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (Body(content=" as it\n\n\nis <b>"), " as it\n\n\nis <b>"),
        (
            Body(
                form=BodyForm.HTML,
                content="<html>\r\n<head><style>p {}</style></head><body>\r\nHi &amp; bye<br><br>"
                "<br><b>Anna</b><br>- Leave<ul><li>one</li></ul></body></html>",
            ),
            "Hi & bye\n\nAnna\n- Leave\none",
        ),
        (
            Body(form=BodyForm.HTML, content="<br>Xaver<br><br><br>&#8195;<br>Lob FAX<br><br>"),
            "Xaver\n\nLob FAX",
        ),
    ],
)
def test_of_html_the_lines_and_of_text_every_sign(body: Body, seen: str) -> None:
    assert readable(body) == seen


def test_peoples_own_words_are_those_around_the_block_by_which_one_joins() -> None:
    join = "Join us\nhttps://zoom.us/j/1\nTelefon: 1"

    assert own_words(Body(content=f"Hallo\nAnna\n{join}\nGruß\nBen")) == "Hallo\nAnna\nGruß\nBen"
