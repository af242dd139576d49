"""Which tag closes which, and what goes along when a piece is cut out between tags."""

from __future__ import annotations

import pytest

from core.body.pairs import Pairs
from core.body.scan_html import scan_html


def pairs_of(content: str) -> Pairs:
    """Return the pairs of an HTML source."""
    return Pairs(scan_html(content))


@pytest.mark.parametrize(
    ("content", "partners"),
    [
        ("<div>a</div>", {0: 1}),
        ("<div><div>a</div></div>", {0: 3, 1: 2}),
        ("<div><p>a</p></p></div>", {0: 4, 1: 2}),
        ("<div></p><p>a</p></div>", {0: 4, 2: 3}),
        ("<div><b><i>a</b></i></div>", {0: 5, 1: 3}),
        ("<ul><li>a<li>b</li></li></ul>", {0: 5, 2: 3}),
        ("<div><p>a<p>b</p></p></div>", {0: 5, 2: 3}),
        ("<b>a<b>b</b></b>", {0: 3, 1: 2}),
        ("<p>a<br></p>", {0: 1}),
        ("</b><i>a", {}),
    ],
)
def test_a_tag_is_closed_by_the_next_that_can_close_it(
    content: str, partners: dict[int, int]
) -> None:
    found = pairs_of(content).partner

    assert found == {**partners, **{closing: opening for opening, closing in partners.items()}}


@pytest.mark.parametrize(
    ("content", "wide"),
    [
        ("<div>a</div>", "<div>a</div>"),
        ("<div><p>a</p></div>", "<div><p>a</p></div>"),
        ("<div> &nbsp;<br>a </div>", "<div> &nbsp;<br>a </div>"),
        ("<div>Hallo a</div>", "a"),
        ("<div>a Hallo</div>", "a"),
        ("<html>a</html>", "a"),
        ("<body>a</body>", "a"),
        ("<b>a<i></i></b>", "a"),
        ("a<o:p>&nbsp;</o:p>Hallo", "a<o:p>&nbsp;</o:p>"),
        ("a<o:p>Hallo</o:p>", "a"),
        ("a<b></b>", "a"),
        ("a</b>", "a"),
    ],
)
def test_a_piece_takes_the_tags_along_that_hold_nothing_else(content: str, wide: str) -> None:
    at = content.rindex("a", 0, content.index("a<") + 1 if "a<" in content else None)
    start, end = pairs_of(content).widened(at, at + 1, 0)

    assert content[start:end] == wide


def test_a_piece_takes_the_tag_along_whose_other_half_is_its_last() -> None:
    assert pairs_of("<b>a</b>").widened(3, 8, 0) == (0, 8)


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("<b>Hallo @<p>a</p>@ du</b>", ("", "")),
        ("<b>Hallo @a</b>@ du", ("</b>", "")),
        ("Hallo @a<i>@ du</i>", ("", "<i>")),
        ("<u><b>Hallo @a</s></b><p></u>x<i c=d>@ du</i>", ("</b></u>", "<i c=d>")),
    ],
)
def test_tags_that_a_cut_leaves_without_their_other_half_stay(
    content: str, left: tuple[str, str]
) -> None:
    start = content.index("@")
    end = content.rindex("@") - 1

    assert pairs_of(content.replace("@", "")).dangling(start, end) == left
