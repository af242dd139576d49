"""Lines joined, headings renamed twice, blocks pasted into blocks: each word still stands once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.body import Body, BodyForm, DamageKind, MergeResult, merge
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import (
    FENCE,
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
    two,
)

TWINS = agenda(annas("Lob", {"text": "Lob", "state": "discussed"}, "Budget"))
GOALS = agenda({"title": "Ziele", "points": ["Urlaub", "Budget"]})
NOTED = agenda(
    annas({"text": "Urlaub im Mai", "notes": ["bis Graz", "mit Rad"]}, "Kantine und Küche")
)


def merged(of: Agenda, base: Body, theirs: str, language: tuple[str, str | None]) -> MergeResult:
    """Merge Anna's copy of a body."""
    return merge(
        base_agenda=of,
        base_body=base,
        theirs=Body(form=base.form, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(language),
    )


@pytest.mark.parametrize("form", BodyForm)
@pytest.mark.parametrize("quote", ["", "> "])
def test_half_a_fence_that_a_browser_translated_goes_with_the_other_half(
    form: BodyForm, quote: str
) -> None:
    base = written(GOALS, form, ("en", "de"))
    theirs = base.content.replace(
        "▼ 1:1 agenda (write here)", f"{quote}▼ 1:1-Agenda (schrijf hier)"
    )
    theirs = theirs.replace("▲ end of 1:1 agenda", f"{quote}▲ Einde 1:1-agenda")
    result = merged(GOALS, base, theirs.replace("[ ] Budget", "Budget"), ("en", "de"))

    assert result.agenda == GOALS
    assert result.body == base


def test_a_fence_in_another_language_is_one_in_a_quoted_invitation_too() -> None:
    base = written(GOALS, BodyForm.TEXT)
    theirs = base.content.replace("▼ 1:1-Agenda (hier schreiben)", "▼ 1:1议程（在此处书写）")
    theirs = theirs.replace("▲ Ende 1:1-Agenda", "▲ 1:1议程结束")
    quoted = "\n".join(f"> {line}" for line in theirs.replace("[ ] B", "B").split("\n"))
    result = merged(GOALS, base, f"Hallo\n{quoted}", ("de", None))

    assert result.agenda == GOALS
    assert result.body.content == f"Hallo\n{base.content}"


@pytest.mark.parametrize(("line", "left"), [(" [ ] Lob\n", (1, 2)), (" [x] Lob\n", (0, 2))])
def test_of_two_points_in_the_same_words_the_one_is_deleted_that_is_gone(
    line: str, left: tuple[int, ...]
) -> None:
    result = after(TWINS, (line, ""))

    assert result.agenda.points == tuple(TWINS.points[n] for n in left)


def test_a_heading_that_both_rename_keeps_the_words_of_both() -> None:
    result = two(("Ziele\n", "Pläne\n"), ("Ziele\n", "Wünsche\n"), GOALS)

    assert sorted(result.agenda.sections[0].title.split(" / ")) == ["Pläne", "Wünsche"]
    assert "Ziele" not in shown(result.agenda)


def test_a_heading_that_both_rename_alike_says_it_once() -> None:
    result = two(("Ziele\n", "Pläne\n"), ("Ziele\n", "pläne\n"), GOALS)

    assert result.agenda.sections[0].title.casefold() == "pläne"


def test_a_heading_renamed_here_and_by_the_product_says_both() -> None:
    (section,) = GOALS.sections
    ours = Agenda(sections=(replace(section, title="Wünsche"),))
    result = after(GOALS, ("Ziele\n", "Pläne\n"), ours=ours)

    assert result.agenda.sections[0].title == "Wünsche / Pläne"


@pytest.mark.parametrize("box", ["", " [ ] ", "- "])
def test_a_heading_broken_in_two_lines_is_one(box: str) -> None:
    of = agenda({"title": "Große Ziele", "points": ["Urlaub"]})

    assert after(of, ("Große Ziele", f"Große\n{box}Ziele")).agenda == of


@pytest.mark.parametrize(
    "joined", ["Mai Kantine und Kueche", "MaiKantine und Kü che", "Mai Kantine oder Küche"]
)
def test_a_line_joined_to_another_and_changed_in_the_same_go_stands_once(joined: str) -> None:
    of = agenda(annas("Urlaub im Mai", "Kantine und Küche"))
    result = after(of, ("Mai\n [ ] Kantine und Küche", joined), person=BEN)

    assert texts(result.agenda) == [f"Urlaub im {joined}"]


def test_a_bullet_drawn_between_two_joined_lines_is_none_of_their_words() -> None:
    of = agenda(annas("Urlaub im Mai", "Kantine und Küche"))
    result = after(of, ("Mai\n [ ] Kantine", "Mai- [ ] Kantine neu"))

    assert texts(result.agenda) == ["Urlaub im Mai", "Kantine neu und Küche"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mai\n     bis Graz", "Mai bis Graz"),
        ("Graz\n     mit", "Graz mit"),
        ("Rad\n [ ] Kantine", "Rad Kantine"),
    ],
)
def test_lines_joined_in_one_of_two_blocks_stand_once(old: str, new: str) -> None:
    base = shown(NOTED)
    theirs = f"{base.replace(old, new)}\n{base}"
    result = after(NOTED, (base, theirs))

    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}
    assert texts(result.agenda) == texts(NOTED)
    assert notes(result.agenda) == notes(NOTED)


def test_a_line_that_reads_like_a_heading_and_a_point_in_one_is_what_it_was() -> None:
    promise = {"text": "Budget", "owner": ANNA.address}
    of = agenda(annas("Budget"), agreed(promise))
    base = shown(of)
    result = after(of, (base, f"{base}\n{base}"))

    assert result.agenda == of


def test_a_line_that_stands_in_one_part_of_a_pasted_block_alone_is_still_its_point() -> None:
    first = annas({"text": "Lob", "notes": ["für Ines"]})
    second = {"kind": "manager", "owner": BEN.address, "points": ["Rad", "Lob"]}
    of = agenda(first, second, {"kind": "carried", "points": ["Budget"]})
    once_more = (("Anna\n", "Anna\nAnna\n"), ("Ben\n", "Ben\nBen\n"))
    result = after(of, *once_more, ("für Ines", "für Ines heute"))

    assert texts(result.agenda) == texts(of)
    assert notes(result.agenda) == ["für Ines heute"]


@pytest.mark.parametrize("at", range(1, 8))
def test_a_block_pasted_into_itself_and_cut_behind_leaves_nothing_outside(at: int) -> None:
    lines = shown(NOTED).split("\n")
    theirs = "\n".join([*lines[:at], *lines, *lines[at : len(lines) - 2]])
    result = after(NOTED, (shown(NOTED), f"Hallo\n{theirs}"))

    assert result.agenda == NOTED
    assert result.body.content == f"Hallo\n{shown(NOTED)}"


def test_what_people_typed_below_a_block_without_end_and_a_whole_one_stays_theirs() -> None:
    whole = shown(GOALS)
    theirs = f"{FENCE}Ziele\n [ ] Urlaub\n{whole}\nBis morgen!\n- Kaffee"
    result = after(GOALS, (whole, theirs))

    assert result.agenda == GOALS
    assert result.body.content == f"{whole}\nBis morgen!\n- Kaffee"


def test_a_block_goes_before_a_part_of_the_head_that_a_cut_left_open() -> None:
    base = written(GOALS, BodyForm.HTML)
    theirs = "<html><head><meta charset=utf-8><style><!-- p.Mso"
    result = merged(GOALS, base, theirs, ("de", None))

    assert result.body.content.startswith("<html><head><meta charset=utf-8><b>▼")
    assert result.body.content.endswith("<style><!-- p.Mso")


def test_a_second_wording_is_known_where_a_client_breaks_the_source_in_it() -> None:
    of = agenda(annas({"text": "Budget", "other_wording": "Geld für Graz"}))
    lines = [line for line in shown(of).split("\n") if line]
    text = "</p>".join(f"<p>{line.strip()}" for line in lines).replace("für Graz", "für\nGraz")
    theirs = f"<html><body>{text}</p></body></html>".replace("(hier ", "(hier\n")
    result = merged(of, written(of, BodyForm.HTML), theirs, ("de", None))

    assert result.agenda == of


def test_a_second_wording_cut_off_at_the_end_is_nothing_new() -> None:
    of = agenda(annas("Lob", {"text": "Budget", "other_wording": "Geld für Graz im Mai"}))
    theirs = shown(of).split("Graz im")[0].replace(FENCE, "")
    result = merged(of, Body(content=shown(of)), f"{theirs}Graz...", ("de", None))

    assert result.agenda == of
    assert result.body.content == shown(of)


def test_words_typed_in_front_of_a_second_wording_in_one_line_leave_it_what_it_is() -> None:
    lob = {"text": "Lob", "other_wording": "Dank an Ines"}
    of = agenda(annas(lob, {"text": "Budget", "other_wording": "Geld für Graz"}))
    theirs = " ".join(shown(of).replace("Budget", "Budget 2027").split())
    result = merged(of, Body(content=shown(of)), theirs, ("de", None))

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [
        ("Lob", "Dank an Ines"),
        ("Budget 2027", "Geld für Graz"),
    ]


@pytest.mark.parametrize("box", ["[ ] ", ""])
def test_a_name_broken_off_in_front_of_its_words_still_does_it(box: str) -> None:
    item = {"text": "Budget", "owner": BEN.address, "due": "2026-06-12", "state": "done"}
    of = agenda(agreed(item, "Saal"))

    assert after(of, ("[x] Ben: Budget", f"[x] Ben:\n {box}Budget")).agenda == of


def test_a_box_whose_tick_was_taken_away_with_a_name_broken_off_is_open_again() -> None:
    of = agenda(agreed({"text": "Raum prüfen", "owner": BEN.address, "state": "done"}))
    result = after(of, ("[x] Ben: Raum", "[ ] Ben:\nRaum"))

    assert [change.kind.value for change in result.changes] == ["unticked"]
