"""The access table, said once more by hand, and what somebody is to a pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import TABLE, Right, Role, may, role_in
from core.model.access import Via
from core.model.people import Pair, pair_id
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR

BOSS_OF_BEN = Pair(pair_id=pair_id(BEN, CLEO), manager=CLEO, report=BEN)
CONTENT = {
    Right.READ_AGENDA,
    Right.READ_HISTORY,
    Right.READ_SENSITIVE,
    Right.EDIT_AGENDA,
    Right.READ_NOTES,
    Right.WRITE_NOTES,
    Right.PRIVATE_NOTES,
}


@pytest.mark.parametrize(
    ("role", "content"),
    [
        (Role.REPORT, CONTENT),
        (Role.MANAGER, CONTENT),
        (
            Role.FORMER_REPORT,
            CONTENT - {Right.READ_AGENDA, Right.EDIT_AGENDA, Right.WRITE_NOTES},
        ),
        (
            Role.FORMER_MANAGER,
            CONTENT - {Right.READ_AGENDA, Right.EDIT_AGENDA, Right.WRITE_NOTES},
        ),
        (Role.LINK_HOLDER, CONTENT - {Right.READ_SENSITIVE}),
        (Role.INTEGRATION, CONTENT - {Right.READ_SENSITIVE, Right.PRIVATE_NOTES}),
        (Role.INTEGRATION_WITHOUT_YES, set()),
        (Role.SKIP_LEVEL, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.THIRD_PERSON, set()),
        (Role.ANONYMOUS, set()),
    ],
)
def test_who_reads_and_writes_what_two_people_say(role: Role, content: set[Right]) -> None:
    assert {right for right in CONTENT if may(role, right)} == content


def test_the_table_names_every_role() -> None:
    assert set(TABLE) == set(Role)


def test_only_administrators_see_the_installation() -> None:
    assert [r for r in Role if may(r, Right.SEE_INSTALLATION)] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("who", "via", "role"),
    [
        (ANNA, Via.MAIL, Role.REPORT),
        (BEN, Via.ENTRA, Role.MANAGER),
        (ANNA, Via.LINK, Role.LINK_HOLDER),
        (CLEO, Via.MAIL, Role.SKIP_LEVEL),
        ("dora@example.com", Via.MAIL, Role.THIRD_PERSON),
    ],
)
def test_what_somebody_is_to_a_pair(who: str, via: Via, role: Role) -> None:
    assert role_in(PAIR, who, via, NOW, others=[BOSS_OF_BEN]) is role


def test_from_the_day_a_pair_ends_both_are_former() -> None:
    ended = replace(PAIR, ended=NOW)

    assert role_in(ended, BEN, Via.MAIL, NOW - timedelta(seconds=1)) is Role.MANAGER
    assert role_in(ended, BEN, Via.MAIL, NOW) is Role.FORMER_MANAGER
    assert role_in(ended, ANNA, Via.LINK, NOW) is Role.FORMER_REPORT
