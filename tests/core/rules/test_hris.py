"""Reporting lines: a batch is taken in whole, or every bad row is named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.hris import HrisPlan, cycles, plan_rows, read_csv
from core.hris_events import rows_of
from core.model.engagement import Engagement
from tests.core.builders import ANNA, BEN, CLEO

TODAY = date(2026, 6, 1)
HEAD = "email,name,manager,starts_on,ends_on\n"


def plan(text: str, *known: Engagement) -> HrisPlan:
    lines = {e.address: e for e in known}
    return plan_rows(read_csv(text), lines, frozenset({BEN, *lines}), TODAY)


def codes(found: HrisPlan) -> list[tuple[int, str]]:
    return [(e.row, e.code) for e in found.errors]


def test_us_3_a_batch_lists_pairs_and_unknown_addresses() -> None:
    found = plan(
        f"{HEAD}{ANNA},Anna Ähre,{CLEO},,\n{CLEO},Cleo,,,\n",
        Engagement(address=ANNA, manager=BEN),
    )

    assert found.errors == ()
    assert found.new_pairs == (f"{ANNA}+{CLEO}",)
    assert found.ended_pairs == (f"{ANNA}+{BEN}",)
    assert found.changed_managers == ((ANNA, BEN, CLEO),)
    assert found.unknown == (CLEO,)
    assert dict(found.names)[ANNA] == "Anna Ähre"


def test_us_3_a_cycle_rejects_the_batch_with_its_rows() -> None:
    found = plan(
        f"{HEAD}{ANNA},,{BEN},,\ndan@example.com,,{ANNA},,\n{BEN},,{CLEO},,\n{CLEO},,{ANNA},,\n"
    )

    assert codes(found) == [(2, "cycle"), (4, "cycle"), (5, "cycle")]
    assert found.engagements == ()
    assert ANNA in found.errors[0].text


def test_a_cycle_that_closes_over_what_is_known_is_found() -> None:
    found = plan(f"{HEAD}{BEN},,{ANNA},,\n", Engagement(address=ANNA, manager=BEN))

    assert codes(found) == [(2, "cycle")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{ANNA},,zoe@example.com,,", (2, "unknown_manager")),
        (f"{ANNA},,{ANNA},,", (2, "self")),
        ("anna,,,,", (2, "bad_address")),
        (",,,,2026-01-01", (2, "bad_address")),
        (f"{ANNA},,no address,,", (2, "bad_address")),
        (f"{ANNA},,{BEN},1.6.2026,", (2, "bad_day")),
        (f"{ANNA},,{BEN},2026-02-01,2026-01-01", (2, "bad_value")),
        (f"{ANNA},,{BEN}", (2, "cells")),
        (f"{ANNA},,{BEN},,,more", (2, "cells")),
        (f"{ANNA},,{BEN},,\n\n{ANNA.upper()},,{BEN},,", (4, "twice")),
    ],
)
def test_us_3_every_bad_row_is_named_by_its_number(line: str, expected: tuple[int, str]) -> None:
    found = plan(f"{HEAD}{line}\n")

    assert codes(found) == [expected]
    assert found.engagements == ()


def test_all_bad_rows_are_told_at_once() -> None:
    found = plan(f"{HEAD}x,,,,\n{ANNA},,{BEN},soon,\n{CLEO},,{CLEO},,\n")

    assert [row for row, _ in codes(found)] == [2, 3, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(delimiter: str, end: str) -> None:
    text = f'\ufeff{HEAD}{ANNA},"Ähre, Anna",{BEN},,'.replace("\n", end)
    quoted = text.replace(",", delimiter).replace(f"Ähre{delimiter} Anna", f"Ähre{delimiter} Anna")
    (row,) = read_csv(quoted)

    assert row.email == ANNA
    assert row.said["name"] == f"Ähre{delimiter} Anna"


@pytest.mark.parametrize(
    "text", ["", "name,manager\n", "email,salary\n", "email,email\n", 'email,name\n"a,b\n']
)
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_csv(text)


def test_the_same_file_twice_changes_nothing() -> None:
    text = f"{HEAD}{ANNA},Anna,{BEN},2026-05-01,\n"
    first = plan(text)

    again = plan(text, *first.engagements)

    assert (again.engagements, again.new_pairs, again.ended_pairs) == ((), (), ())


def test_what_a_file_does_not_mention_stays() -> None:
    known = Engagement(address=ANNA, manager=BEN, review_on=date(2026, 9, 1))

    found = plan(f"email,starts_on\n{ANNA},2026-05-01\n", known)

    assert found.engagements[0].manager == BEN
    assert found.engagements[0].review_on == date(2026, 9, 1)


def test_older_news_changes_nothing() -> None:
    newer = datetime(2026, 6, 1, 9, tzinfo=UTC)
    known = Engagement(address=ANNA, manager=CLEO, as_of=newer)
    rows = rows_of("manager.changed", {"email": ANNA, "manager": BEN})

    found = plan_rows(
        rows, {ANNA: known}, frozenset({BEN, CLEO}), TODAY, datetime(2026, 5, 1, tzinfo=UTC)
    )

    assert found.engagements == ()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("employee.promoted", {"email": ANNA}),
        ("employee.hired", {"email": ANNA}),
        ("employee.left", {"email": ANNA}),
        ("manager.changed", {"email": ANNA}),
        ("leave.started", {"email": ANNA}),
        ("employee.hired", []),
        ("employee.hired", [ANNA]),
        ("employee.hired", None),
        ("employee.changed", {"email": ANNA, "salary": "1"}),
        ("employee.changed", {"email": 7}),
        ("leave.started", {"email": ANNA, "from": "2026-01-01", "reason": "x"}),
    ],
)
def test_an_event_of_another_shape_is_refused(kind: str, data: object) -> None:
    with pytest.raises(InvalidInput):
        rows_of(kind, data)


ADDRESSES = [f"p{n}@example.com" for n in range(6)]


@given(st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(["", *ADDRESSES]), max_size=6))
def test_a_cycle_is_found_exactly_where_going_up_never_ends(managers: dict[str, str]) -> None:
    lines = {a: Engagement(address=a, manager=m) for a, m in managers.items() if a != m}

    inside = {address for circle in cycles(lines) for address in circle}

    for start in lines:
        at, steps = start, 0
        while at in lines and lines[at].manager and steps < 20:
            at, steps = lines[at].manager, steps + 1
            if at == start:
                break
        assert (start in inside) == (at == start and steps > 0)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([*ADDRESSES, "bad", ""]),
        st.sampled_from([*ADDRESSES, "", "zz@example.com"]),
    ),
    max_size=8,
)


@given(ROWS)
def test_a_batch_is_all_or_nothing(rows: list[tuple[str, str]]) -> None:
    text = "email,manager\n" + "".join(f"{e},{m}\n" for e, m in rows)
    found = plan(text)

    if found.errors:
        assert (found.engagements, found.new_pairs, found.pauses) == ((), (), ())
        assert all(2 <= e.row <= len(rows) + 1 for e in found.errors)
    else:
        assert cycles({e.address: e for e in found.engagements}) == []
