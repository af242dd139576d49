"""No figure, and no difference of figures, tells anything about few people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.aggregates import STEP, K, shares

People = list[tuple[str, str, bool]]
NAMES = st.sampled_from([f"p{n}@example.com" for n in range(40)])
GROUPS = st.sampled_from(["", "a", "b", "c"])
PEOPLE = st.lists(st.tuples(NAMES, GROUPS, st.booleans()), max_size=60)


def crowd(group: str, met: int, of: int) -> People:
    return [(f"{group}{n}", group, n < met) for n in range(of)]


def test_f_31_seven_people_are_too_few_and_eight_are_not() -> None:
    assert shares([*crowd("sales", 3, 7), *crowd("lab", 4, 8)]) == {"lab": 50}


def test_all_or_nobody_is_never_said() -> None:
    assert shares([*crowd("all", 9, 9), *crowd("none", 0, 9)]) == {"all": 95, "none": 5}


def test_who_is_in_two_groups_counts_in_none() -> None:
    people = crowd("lab", 4, 8)

    assert shares([*people, ("lab0", "sales", True)]) == {}


@given(PEOPLE)
def test_each_share_is_about_k_people_of_its_own_and_is_rounded(people: People) -> None:
    found = shares(people)

    groups = {p: {g for q, g, _ in people if q == p} for p, _, _ in people}
    for name, share in found.items():
        own = [p for p, of in groups.items() if of == {name}]
        assert len(own) >= K
        assert share % STEP == 0
        assert STEP <= share <= 100 - STEP


@given(PEOPLE, NAMES)
def test_one_person_less_changes_a_share_by_rounding_or_takes_the_group_away(
    people: People, somebody: str
) -> None:
    """Whoever compares two figures of a group learns no more than a rounding tells."""
    before = shares(people)
    after = shares([row for row in people if row[0] != somebody])

    for name in before.keys() & after.keys():
        assert abs(before[name] - after[name]) <= STEP * -(-100 // (K * STEP))
