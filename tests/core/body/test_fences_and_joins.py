"""What is a fence of ours, and what is the host's block by which people join."""

from __future__ import annotations

from typing import Final

import pytest

from core.body.fence import fences
from core.body.join_blocks import has_teams_block, join_spans, teams_links
from core.body.lines import scan_text
from core.body.parts import parts_of

RULE: Final = "_" * 80
TEAMS: Final = "https://teams.microsoft.com/l/meetup-join/x"
FENCES = (
    ("▼ 1:1-Agenda (hier schreiben)", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("1:1 agenda (write here)", [("opens", "1:1 agenda (write here)")]),
    (
        "▼ 1:1-Agenda (hier schreiben) / 1:1 agenda (write here)",
        [("opens", "▼ 1:1-Agenda (hier schreiben) / 1:1 agenda (write here)")],
    ),
    ("* ▼ 1:1-Agenda (hier schreiben) *", [("opens", "* ▼ 1:1-Agenda (hier schreiben)")]),
    ("1 : 1 Agenda (hier schreiben)", [("opens", "1 : 1 Agenda (hier schreiben)")]),
    ("1.1 agenda (write here)", [("opens", "1.1 agenda (write here)")]),
    ("1:1 agenda", []),
    ("▼ 1:1 agenda", [("opens", "▼ 1:1 agenda")]),
    ("▼ 1:1 agenda (etwas anderes)", [("opens", "▼ 1:1 agenda (etwas anderes)")]),
    ("Bitte zur 1:1-Agenda (hier schreiben) kommen", [("opens", "1:1-Agenda (hier schreiben)")]),
    ("[ ] ▼ 1:1-Agenda (hier schreiben)", []),
    (
        "▼ 1:1-Agenda (hien schreiben) [ ] Lob ▲ Ende 1:1-Agenda",
        [("opens", "▼ 1:1-Agenda (hien schreiben)"), ("closes", "▲ Ende 1:1-Agenda")],
    ),
    (
        "▼ 1:1-Agenda (hier schreiben) [ ] Lob ▲ Ent 1:1-Agenda",
        [("opens", "▼ 1:1-Agenda (hier schreiben)"), ("closes", "▲ Ent 1:1-Agenda")],
    ),
    ("- [x] Zur 1:1-Agenda (hier schreiben)?", []),
    ("[ ] Lob ▼ 1:1-Agenda (hier schreiben)", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("Ende 1:1-Agenda", [("closes", "Ende 1:1-Agenda")]),
    ("▲ Ende 1:1-Agenda", [("closes", "▲ Ende 1:1-Agenda")]),
    ("▲ Ende der 1:1-Agenda", [("closes", "▲ Ende der 1:1-Agenda")]),
    ("end of the 1:1 agenda", [("closes", "end of the 1:1 agenda")]),
    (
        "▲ End of 1:1 agenda / Ende 1:1-Agenda",
        [("closes", "▲ End of 1:1 agenda / Ende 1:1-Agenda")],
    ),
    ("▲ Fin 1:1 agenda", [("closes", "▲ Fin 1:1 agenda")]),
    ("Das Ende 1:1-Agenda", []),
    ("Ende 1:1-Agenda und mehr", []),
    ("▲ Ende 1:1-Agenda und mehr", [("closes", "▲ Ende 1:1-Agenda")]),
    ("text ▲ Ende 1:1-Agenda", [("closes", "▲ Ende 1:1-Agenda")]),
    ("     ▼ 1:1-Agenda (hier schreiben)", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("      1:1-Agenda (hier schreiben)", []),
    ("? 1:1-Agenda (hier schreiben)", [("opens", "? 1:1-Agenda (hier schreiben)")]),
    (
        "▼ 1:1-Agenda (hier schreiben) [ ] Urlaub ▲ Ende 1:1-Agenda",
        [("opens", "▼ 1:1-Agenda (hier schreiben)"), ("closes", "▲ Ende 1:1-Agenda")],
    ),
    ("1:1-Agen\u200bda (hier schreiben)", [("opens", "1:1-Agen\u200bda (hier schreiben)")]),
    ("\u200b▼ 1:1-Agenda (hier schreiben)", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("1:1 agenda write here", [("opens", "1:1 agenda write here")]),
    ("▼1:1-AGENDA(HIER SCHREIBEN)**", [("opens", "▼1:1-AGENDA(HIER SCHREIBEN)**")]),
    ("> > 1:1 agenda (write here)", [("opens", "> > 1:1 agenda (write here)")]),
    ("1:1 agenda write here und mehr", [("opens", "1:1 agenda write here ")]),
    ("▼ 1:1-Agenda (hier schreiben)Xaver", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("▼ 1:1-Agenda (hier schreiben)*a*", [("opens", "▼ 1:1-Agenda (hier schreiben)*")]),
    ("   1:1-Agenda (hier schreiben)", [("opens", "1:1-Agenda (hier schreiben)")]),
    ("    1:1-Agenda (hier schreiben)", []),
    (
        "  ▼ 1:1 réunion (écrire ici) / 1:1 agenda",
        [("opens", "▼ 1:1 réunion (écrire ici)")],
    ),
    (
        "▼ 1:1-Agenda (hier schreiben) / Ordre 1:1 (écrire ici) *",
        [("opens", "▼ 1:1-Agenda (hier schreiben) / Ordre 1:1 (écrire ici)")],
    ),
    (
        "▼ 1:1-Agenda (hier schreiben) / 1:1 Liste (write it)",
        [("opens", "▼ 1:1-Agenda (hier schreiben)")],
    ),
    (
        "> ▲ Einde 1:1-agenda / Ende 1:1-Agenda",
        [("closes", "> ▲ Einde 1:1-agenda / Ende 1:1-Agenda")],
    ),
    (
        "▼ 1:1-agenda (schrijf hier) / 1:1-Agenda (hier schreiben)",
        [("opens", "▼ 1:1-agenda (schrijf hier) / 1:1-Agenda (hier schreiben)")],
    ),
    ("▲ Ende 1:1-Agenda / Fin 1:1 (à demain)", [("closes", "▲ Ende 1:1-Agenda")]),
    (
        "▼ １：１－Ａｇｅｎｄａ（hier schreiben）",
        [("opens", "▼ １：１－Ａｇｅｎｄａ（hier schreiben）")],
    ),
    ("▲ Lob ▼ 1:1-Agenda (hier schreiben)", [("opens", "▼ 1:1-Agenda (hier schreiben)")]),
    ("(write here)", []),
    ("11 agenda (write here)", []),
    ("[x] Ende 1:1-Agenda", []),
)
LINKS = (
    (
        "https://teams.microsoft.com/l/meetup-join/1",
        ["https://teams.microsoft.com/l/meetup-join/1"],
        True,
    ),
    (
        "https://teams.microsoft.com/meetingOptions/?x",
        ["https://teams.microsoft.com/meetingOptions/?x"],
        False,
    ),
    ("https://teams.live.com/meet/1&amp;x=1", ["https://teams.live.com/meet/1&x=1"], True),
    (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F1",
        ["https://teams.microsoft.com/l/meetup-join/1"],
        True,
    ),
    ("https://example.com/teams", [], False),
    ("nix", [], False),
    ("https://aka.ms/JoinTeamsMeeting", ["https://aka.ms/JoinTeamsMeeting"], False),
)
"""A body, the Teams links in it, and whether one can join by them."""


BOTH: Final = "▼ 1:1 agenda (write here) / 1:1-Agenda (hier schreiben)"


@pytest.mark.parametrize(
    ("fence", "typed"),
    [
        ("▼ 1:1-Agenda (hier jetzt schreiben)", "jetzt"),
        ("▼ Unsere 1:1-Agenda (hier schreiben)", "Unsere"),
        ("> ▼ 1:1 new agenda (write it here)", "new it"),
        (BOTH.replace("/", "/ Kaffee"), "Kaffee"),
        (BOTH.replace("write", "write Kaffee"), "Kaffee"),
        (BOTH.replace(" (hier", " Kaffee (hier"), "Kaffee"),
        ("▲ Ende Kaffee 1:1-Agenda", "Kaffee"),
        (f"▼ 1:1-Agenda (hier {'x' * 130} schreiben)", "x" * 130),
        ("▲ EndeKaffee 1:1-Agenda", "Kaffee"),
        ("▲ end of Kaffee 1:1 agenda / Ende 1:1-Agenda", "Kaffee"),
        ("▲ Ende 1:1-Agenda / end of 1:1 Kaffee agenda", "Kaffee"),
        # In front of it or behind it words stand on their own.
        (f"{BOTH} Kaffee", ""),
        ("▲ Ende 1:1-Agenda / end of 1:1 agenda und mehr", ""),
        # A translator's words and a rewritten fence are nothing that was typed into ours.
        ("▼ 1:1-Agenda (schrijf hier)", ""),
        ("▲ Einde 1:1-agenda / Ende 1:1-Agenda", ""),
        ("▼ 1:1-Agenda (hier schreiben) Anna ▲ Ende 1:1-Agenda", ""),
    ],
)
def test_words_typed_into_a_fence_are_told_from_it(fence: str, typed: str) -> None:
    assert fences(scan_text(fence))[0].typed == typed


@pytest.mark.parametrize(("typed", "marks"), FENCES)
def test_a_fence_is_known_by_its_words(typed: str, marks: list[tuple[str, str]]) -> None:
    found = fences(scan_text(typed))

    assert [("opens" if m.opens else "closes", typed[m.start : m.end]) for m in found] == marks


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (("▼ 1:1-Agenda (hier schreiben)", "Ende 1:1-Agenda", "▲ Ende 1:1-Agenda"), [0, 2]),
        (("▼ 1:1-Agenda (hier schreiben)", "1:1 agenda (write here)", "? Ende 1:1-Agenda"), [0, 2]),
        (("1:1-Agenda (hier schreiben)", "Ende 1:1-Agenda", "▲ Ende 1:1-Agenda"), [0, 1, 2]),
        (("▼ 1:1-Agenda (hier schreiben)", "Ende 1:1-Agenda", "Ende 1:1-Agenda"), [0, 1, 2]),
        (
            ("▼ 1:1 agenda (write here)", "Ende 1:1-Agenda", "▼ 1:1 agenda (write here)", "▲ x"),
            [0, 1, 2],
        ),
    ],
)
def test_between_two_fences_with_a_sign_none_without_is_one(
    lines: tuple[str, ...], where: list[int]
) -> None:
    assert [mark.line for mark in fences(scan_text("\n".join(lines)))] == where


def test_beside_a_fence_of_ours_a_line_with_a_sign_and_figures_is_no_translated_one() -> None:
    lines = ("▼ 1:1-Agenda (hier schreiben)", "▼ 1:1 réunion (écrire ici)", "▲ Ende 1:1-Agenda")
    found = fences(scan_text("\n".join(lines)))

    assert [(mark.line, mark.opens) for mark in found] == [(0, True), (2, False)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("▼ 1:1-Agenda (hier schreiben) *", ["▼ 1:1-Agenda (hier schreiben)"]),
        ("▼ 1:1-Agenda (hier schreiben) X", ["▼ 1:1-Agenda (hier schreiben)", "X"]),
        ("Lob ▲ Ende 1:1-Agenda", ["Lob", "▲ Ende 1:1-Agenda"]),
    ],
)
def test_what_stands_beside_a_fence_is_a_line_of_its_own(line: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(scan_text(line)).lines] == parts


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        (
            [
                "Hallo",
                RULE,
                "Microsoft Teams meeting",
                "Join now",
                TEAMS,
                "Meeting ID: 1",
                RULE,
                "Gruß",
            ],
            [(1, 7)],
        ),
        (
            [
                "Hallo",
                "Microsoft Teams",
                "https://teams.live.com/meet/9",
                "Passcode: x",
                "",
                "Gruß",
            ],
            [(1, 4)],
        ),
        (
            [
                "Hallo",
                "-::~:~::~:~",
                "Join: https://meet.google.com/abc",
                "mehr",
                "-::~:~::~:~",
                "Gruß",
            ],
            [(1, 5)],
        ),
        (
            ["Hallo", "Ben lädt ein", "https://zoom.us/j/1", "Einwahl per Telefon", "Gruß", "Anna"],
            [(2, 4)],
        ),
        (["Hallo", "https://example.com"], []),
        (["x", "aka.ms/JoinTeamsMeeting", "y"], [(1, 2)]),
        ([TEAMS, RULE, "Wort", RULE, TEAMS], [(0, 2), (3, 5)]),
        ([RULE, *[""] * 13, TEAMS], [(0, 15)]),
        ([RULE, *[""] * 14, TEAMS], [(15, 16)]),
        ([TEAMS, *["Wort"] * 28, "Passcode: 1", "Gruß"], [(0, 30)]),
        ([TEAMS, *["Wort"] * 29, "Passcode: 1", "Gruß"], [(0, 1)]),
        (["Meeting ID", "a", "b", "c", TEAMS], [(0, 5)]),
        (["Meeting ID", "a", "b", "c", "d", TEAMS], [(5, 6)]),
    ],
)
def test_a_join_block_reaches_as_far_as_its_lines_speak_of_joining(
    lines: list[str], spans: list[tuple[int, int]]
) -> None:
    assert join_spans(scan_text("\n".join(lines))) == spans


def test_a_join_block_stops_at_lines_of_ours() -> None:
    lines = scan_text(f"Microsoft Teams\nx\n{TEAMS}\ny\nJoin me")

    assert join_spans(lines) == [(0, 5)]
    assert join_spans(lines, {1, 3}) == [(2, 3)]


@pytest.mark.parametrize(("content", "links", "joins"), LINKS)
def test_teams_is_joined_by_its_own_links_alone(
    content: str, links: list[str], joins: bool
) -> None:
    assert sorted(teams_links(content)) == links
    assert has_teams_block(content) is joins
