"""What a person sees of a body."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, readable


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
    ],
)
def test_of_html_the_lines_and_of_text_every_sign(body: Body, seen: str) -> None:
    assert readable(body) == seen
