"""A block of ours right above, right below and around the host's join block."""

from __future__ import annotations

from typing import Final

from core.body import Body, MergeResult, merge
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import agenda, annas, shown, texts

LINK: Final = "https://teams.microsoft.com/l/meetup-join/x"
RULE: Final = "_" * 40
OF: Final = agenda(annas("Join the team", "Urlaub", "Budget"))


def merged(base: str, theirs: str, ours: Agenda = OF) -> MergeResult:
    return merge(
        base_agenda=OF,
        base_body=Body(content=base),
        theirs=Body(content=theirs),
        ours=ours,
        copy_of=ANNA,
        **settings_of(),
    )


def test_lines_of_ours_that_speak_of_joining_are_no_part_of_the_block_below() -> None:
    body = f"{shown(OF)}\nMicrosoft Teams\n{LINK}"
    result = merged(body, body.replace("[ ] Urlaub", "[ ] Urlaub im Mai"))

    assert texts(result.agenda) == ["Join the team", "Urlaub im Mai", "Budget"]
    assert result.damage == ()


def test_lines_of_ours_that_speak_of_joining_are_no_part_of_the_block_above() -> None:
    body = f"{LINK}\n{shown(OF)}"
    result = merged(body, body.replace("[ ] Urlaub", "[ ] Urlaub im Mai"))

    assert texts(result.agenda) == ["Join the team", "Urlaub im Mai", "Budget"]
    assert result.damage == ()


def test_a_join_block_inside_ours_is_kept_to_the_letter() -> None:
    join = f"{RULE}\nMicrosoft Teams\n{LINK}\n{RULE}\n"
    body = shown(OF).replace(" [ ] Budget\n", f"{join} [ ] Budget\n")
    result = merged(body, body, agenda(annas("Join the team", "Urlaub", "Budget", "Neu")))

    assert result.body.content == f"{shown(result.agenda)}\n{join.rstrip()}"
    assert texts(result.agenda) == ["Join the team", "Urlaub", "Budget", "Neu"]


def test_a_lost_join_block_stops_the_write() -> None:
    body = f"{shown(OF)}\n{RULE}\n{LINK}"
    result = merged(body, shown(OF).replace("[ ] Urlaub", "- Urlaub im Mai"))

    assert texts(result.agenda) == ["Join the team", "Urlaub im Mai", "Budget"]
    assert (result.may_write, result.write) == (False, False)
