"""A block that does not fit leaves to the link what is not people's own, their own lines last."""

from __future__ import annotations

import pytest

from core.body import BodyForm, render
from core.body.render import BUDGET
from core.model.agenda import Agenda
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE

LINK = "https://example.com/p/abc"


def large(own: int, many: int) -> Agenda:
    """Return an agenda with so many lines of people's own and of every other kind."""
    words = 'und "viele" Worte mehr "dazu"'
    carried = [{"text": f"Rest {n} {words}", "carried": 2} for n in range(many)]
    ideas = [{"text": f"Idee {n} {words}"} for n in range(many)]
    promises = [{"text": f"Tun {n} {words}", "owner": BEN.address} for n in range(many)]
    return Agenda.from_dict(
        {
            "sections": [
                {
                    "kind": "report",
                    "owner": ANNA.address,
                    "points": [f"Punkt {n} {words}" for n in range(own)],
                },
                {"kind": "carried", "owner": ANNA.address, "points": carried},
                {"kind": "topic", "title": "Ideen", "points": ideas},
                {"kind": "agreed", "action_items": promises},
            ]
        }
    )


def block(of: Agenda, form: BodyForm, link: str = LINK) -> str:
    """Return its block, with a link."""
    return render(of.shared(), form=form, locale="de", people=PEOPLE, link=link)


@pytest.mark.parametrize("form", list(BodyForm))
def test_a_large_block_stays_within_the_budget(form: BodyForm) -> None:
    shown = block(large(300, 100), form)

    assert BUDGET * 0.9 < len(shown) <= BUDGET
    assert LINK in shown


@pytest.mark.parametrize("form", list(BodyForm))
def test_peoples_own_lines_go_last_of_all(form: BodyForm) -> None:
    shown = block(large(60, 100), form)
    counts = [shown.count(word) for word in ("Punkt ", "Tun ", "Rest ", "Idee ")]

    assert counts[0] == 60
    assert counts[1] > 0
    assert counts[2:] == [0, 0]


@pytest.mark.parametrize("form", list(BodyForm))
def test_for_a_long_link_no_more_room_is_kept_than_it_can_take(form: BodyForm) -> None:
    link = f"https://example.com/{'a' * 480}"
    shown = block(large(0, 200), form, link)

    assert BUDGET - 2 * len(link) - 250 < len(shown) <= BUDGET


@pytest.mark.parametrize(("first", "then"), [("Fertig", "Idee"), ("Idee", "Rest")])
def test_what_is_done_goes_first_then_ideas_then_what_was_carried_over(
    first: str, then: str
) -> None:
    words = "und viele Worte mehr dazu, damit es nicht passt"
    points = {
        "Fertig": [{"text": f"Fertig {n} {words}", "state": "discussed"} for n in range(40)],
        "Idee": [{"text": f"Idee {n} {words}"} for n in range(40 if first == "Idee" else 80)],
        "Rest": [{"text": f"Rest {n} {words}", "owner": ANNA.address} for n in range(80)],
    }
    kinds = {"Fertig": "topic", "Idee": "topic", "Rest": "carried"}
    rows = [{"kind": kinds[name], "points": points[name]} for name in (first, then)]
    if then == "Idee":
        rows = [{"title": "Ideen", "points": [*points[first], *points[then]]}]
    shown = block(Agenda.from_dict({"sections": rows}), BodyForm.TEXT)

    assert 0 < shown.count(f"{first} ") < 40
    assert shown.count(f"{then} ") == 80
