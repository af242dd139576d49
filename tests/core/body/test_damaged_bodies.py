"""Cut bodies, lost fences and pasted blocks: what is left counts once, what is gone is kept."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, DamageKind, MergeResult, merge
from core.model.agenda import Agenda, PointState
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
)

PROMPT = "Neue Punkte einfach darunter schreiben:"
CLOSE = "\n▲ Ende 1:1-Agenda"


def found(of: Agenda, theirs: str, form: BodyForm = BodyForm.TEXT) -> MergeResult:
    """Merge Anna's copy, found in that state."""
    return merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(form=form, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )


def cut(of: Agenda, until: str, *changes: tuple[str, str]) -> MergeResult:
    """Merge a copy that was edited and then cut off behind some words."""
    theirs = shown(of)
    for old, new in changes:
        theirs = theirs.replace(old, new, 1)
    return found(of, theirs[: theirs.index(until) + len(until)])


def test_a_twin_with_a_note_of_its_own_words_is_told_from_the_other() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["Budget"]}, "Budget"))
    result = after(of, ("Anna\n", "Anna\n neu\n"), ("Budget\nNeue", "Budget planen\nNeue"))

    assert sorted(texts(result.agenda)) == ["Budget", "Budget planen", "neu"]
    assert notes(result.agenda) == ["Budget"]


@pytest.mark.parametrize(
    "until", ["Urlaub im M", "Urlaub im Mai\n     Graz, da", "Urlaub im Mai\n"]
)
def test_what_a_cut_left_of_a_line_is_no_new_line(until: str) -> None:
    of = agenda(annas({"text": "Urlaub im Mai", "notes": ["Graz, danach"]}, "Budget"))

    assert cut(of, until).agenda == of


def test_a_cut_second_wording_stays_whole() -> None:
    of = agenda(annas({"text": "Urlaub", "other_wording": "Urlaub im Mai"}))

    assert cut(of, "oder: Urlaub im").agenda == of


@pytest.mark.parametrize(
    ("typed", "until", "words"),
    [
        ("für Ines und Graz", "Ines und Gr", "Budget für Ines und Graz"),
        ("für Graz neu", "Graz neu", "Budget für Graz neu"),
        ("neu für Graz", "neu für", "Budget neu für Graz"),
    ],
)
def test_words_typed_into_a_line_that_was_then_cut_join_it(
    typed: str, until: str, words: str
) -> None:
    of = agenda(annas("Budget für Graz", "Urlaub"))

    assert texts(cut(of, until, ("für Graz", typed)).agenda) == [words, "Urlaub"]


def test_a_line_joined_to_another_and_cut_stands_there_once() -> None:
    of = agenda(annas("Budget", "Urlaub im Mai"))
    result = cut(of, "Budget Urlaub", ("Budget\n [ ] Urlaub", "Budget Urlaub"))

    assert texts(result.agenda) == ["Budget", "Urlaub im Mai"]


def test_a_joined_line_above_a_cut_letter_is_not_brought_back() -> None:
    of = agenda(annas("Neues", "Budget klären"))
    result = cut(of, "klären\nN", ("Neues\n [ ] Budget", "Neues Budget"))

    assert texts(result.agenda) == ["Neues Budget klären"]


@pytest.mark.parametrize("gone", [CLOSE, f"{PROMPT}\n -{CLOSE}"])
def test_a_typed_line_that_begins_like_ours_is_kept_without_a_cut(gone: str) -> None:
    of = agenda(annas("Budget klären"), agreed())
    result = after(of, (PROMPT, f"{PROMPT}\n - Budget kl"), (gone, "")) if gone == CLOSE else None

    assert result is None or "Budget kl" in texts(result.agenda)


def test_a_note_moved_while_a_fence_is_lost_stands_there_once() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["mit Ines"]}, "Urlaub"))
    result = after(
        of, ("\n     mit Ines", ""), ("Urlaub", "Urlaub\n     mit Ines\n     neu"), (CLOSE, "")
    )

    assert DamageKind.END_MISSING in {damage.kind for damage in result.damage}
    assert sorted(notes(result.agenda)) == ["mit Ines", "neu"]


def test_a_note_made_a_point_while_a_fence_is_lost_stands_there_once() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["mit Ines"]}, "Urlaub"))
    result = after(of, ("     mit Ines", " [ ] mit Ines"), (CLOSE, ""))

    assert result.agenda == of


def test_edited_lines_behind_the_last_that_we_know_belong_to_a_block_without_end() -> None:
    of = agenda(annas("Urlaub", "Budget klären", "Angebot für Graz"))
    theirs = shown(of)
    at = theirs.index(" [ ] Budget")
    result = found(of, f"{theirs[:at]}    neu\n [ ] Budget klären Angebot für Graz\n")

    assert texts(result.agenda) == ["Urlaub", "Budget klären Angebot für Graz"]
    assert notes(result.agenda) == ["neu"]
    assert result.body.content.count("Angebot") == 1


def test_a_signature_below_a_block_without_end_is_no_agenda() -> None:
    of = agenda(annas("Urlaub"))
    result = after(of, (CLOSE, "\n\nViele Grüße\nAnna Ahrens\nTeam Urlaubsplanung"))

    assert texts(result.agenda) == ["Urlaub"]
    assert "Viele Grüße\nAnna Ahrens\nTeam Urlaubsplanung" in result.body.content


def test_words_behind_a_placeholder_in_a_block_pasted_twice_are_kept() -> None:
    of = agenda(annas({"text": "Ärger", "sensitive": True}, {"text": "Lob", "sensitive": True}))
    theirs = shown(of)
    result = found(of, f"{theirs}\n{theirs.replace('Gespräch)', 'Gespräch) neu', 1)}")

    assert texts(result.agenda) == ["Ärger neu", "Lob"]


def test_a_line_broken_before_its_count_is_no_older_text() -> None:
    of = agenda(annas({"text": "Budget klären", "carried": 1}, "Urlaub"))
    result = after(of, ("Budget klären", "Budget\n [ ] klären"), (" [ ] Urlaub\n", ""))

    assert result.damage == ()
    assert texts(result.agenda) == ["Budget", "klären"]


@pytest.mark.parametrize(("before", "now"), [("(3×)", "(2×)"), (" (1×)", "")])
def test_a_count_that_fell_is_an_older_text(before: str, now: str) -> None:
    of = agenda(annas({"text": "Budget", "carried": int(before.strip()[1])}, "Urlaub"))
    result = after(of, (before, now), (" [ ] Urlaub\n", ""))

    assert DamageKind.LINES_GONE in {damage.kind for damage in result.damage}
    assert texts(result.agenda) == ["Budget", "Urlaub"]


@pytest.mark.parametrize(
    ("points", "left"),
    [(["Lob", "Urlaub", "Ärger"], ["Urlaub", "Ärger"]), (["Lob", "Ärger"], ["Lob", "Ärger"])],
)
def test_a_placeholder_is_deleted_where_it_is_clear_which_one(
    points: list[str], left: list[str]
) -> None:
    of = agenda(annas(*({"text": p, "sensitive": p != "Urlaub"} for p in points)), agreed())
    result = after(of, (" [ ] (vertraulich – nur im Gespräch)\n", ""))

    assert texts(result.agenda) == left


def test_a_block_glued_to_text_gets_lines_of_its_own() -> None:
    of = agenda(annas("Urlaub"))
    theirs = shown(of).replace("Urlaub", "Urlaub\n - neu")
    result = found(of, f"Bitte pünktlich {theirs} Gruß Anna")

    assert result.body.content.startswith("Bitte pünktlich \n▼ 1:1-Agenda")
    assert result.body.content.endswith("▲ Ende 1:1-Agenda\n Gruß Anna")


def test_a_note_that_begins_like_a_sign_is_known_in_a_broken_source() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["(vertraulich) Lob"]}))
    lines = shown(of).replace("\n", "<br>").replace(" Lob", "\r\n Lob").replace("[ ]", "[\r\n ]")
    result = found(of, f"<html><body><div>{lines}</div></body></html>", BodyForm.HTML)

    assert result.agenda == of


def test_words_typed_behind_a_note_with_a_box_stay_in_it() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["[x] schon"]}))
    result = after(of, ("[x] schon", "[x] schon lange"))

    assert notes(result.agenda) == ["[x] schon lange"]
    assert [point.state for point in result.agenda.points] == [PointState.OPEN]


def doubled(of: Agenda, *changes: tuple[str, str]) -> MergeResult:
    """Merge a block that was edited and then pasted as it was above its own end."""
    edited, whole = shown(of), shown(of)
    for old, new in changes:
        assert old in edited
        edited = edited.replace(old, new, 1)
    inside = whole.removesuffix(CLOSE).partition("\n")[2]
    return found(of, f"{edited.removesuffix(CLOSE)}\n{inside}{CLOSE}")


def test_a_block_pasted_into_itself_stands_there_once() -> None:
    of = agenda(
        annas({"text": "Budget", "notes": ["mit Ines"]}, "Lob", "Lob"),
        agreed({"text": "Raum buchen", "owner": ANNA.address}),
    )
    result = doubled(of)

    assert result.agenda == of
    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}
    assert result.body.content == shown(of)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Budget", "Budget für Graz", (["Budget für Graz", "Lob"], ["mit Ines"])),
        ("mit Ines", "mit Ines und Jo", (["Budget", "Lob"], ["mit Ines und Jo"])),
        ("Lob", "Lob\n - neu", (["Budget", "Lob", "neu"], ["mit Ines"])),
    ],
)
def test_an_edit_in_a_block_pasted_into_itself_is_one_edit(
    old: str, new: str, kept: tuple[list[str], list[str]]
) -> None:
    of = agenda(annas({"text": "Budget", "notes": ["mit Ines"]}, "Lob"))
    result = doubled(of, (old, new))

    assert (texts(result.agenda), notes(result.agenda)) == kept


def test_a_note_in_other_words_is_one_where_a_client_drops_all_indents() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["mit Ines und Jo"]}, "Lob"))
    result = after(of, ("     mit Ines und Jo", "mit Ines, Kim und Jo"))

    assert texts(result.agenda) == ["Budget", "Lob"]
    assert notes(result.agenda) == ["mit Ines, Kim und Jo"]


def test_a_confidential_points_own_words_put_back_by_a_host_stay_confidential() -> None:
    of = agenda(annas({"text": "Ärger", "sensitive": True}, "Lob"))
    result = after(of, ("(vertraulich – nur im Gespräch)", "Ärger"))

    assert result.agenda == of
    assert "Ärger" not in result.body.content


def test_the_notes_of_a_point_that_we_hid_survive_its_placeholder() -> None:
    of = agenda(annas({"text": "Ärger", "notes": ["mit Jo"], "other_wording": "Zank"}, "Lob"))
    hidden = after(of, ("Ärger", "Ärger !!"))
    echo = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=hidden.body.content.replace("Lob", "Lob\n - neu")),
        ours=hidden.agenda,
        copy_of=ANNA,
        **settings_of(),
    )

    assert notes(echo.agenda) == ["mit Jo"]
    assert [point.other_wording for point in echo.agenda.points] == ["Zank", "", ""]


def test_a_line_typed_between_a_point_and_notes_that_came_since_does_not_take_them() -> None:
    of = agenda(annas("Budget"))
    first = after(of, ("Budget", "Budget\n     mit Ines"))
    echo = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=first.body.content.replace("Budget", "Budget\n - neu")),
        ours=first.agenda,
        copy_of=ANNA,
        **settings_of(),
    )

    assert notes(echo.agenda) == ["mit Ines"]


def test_a_quoted_prompt_is_no_point() -> None:
    of = agenda(annas("Budget"))
    quoted = "\n".join(f"> {line}" for line in shown(of).split("\n"))

    assert found(of, quoted).agenda == of
