"""Texts that fit a task tool: cut at a word, whole in the notes, one piece again when edited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.model.tasks import TaskDraft, TaskLimits
from core.task_text import CUT, fitted, notes_after, whole_title

LIMITS = TaskLimits(title=20, notes=200)
texts = st.text(
    st.sampled_from("abc  \n😀é́👩‍💻…."), min_size=1, max_size=80
).map(str.strip).filter(bool)  # fmt: skip


def size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts, texts)
def test_what_fits_stays_and_what_does_not_is_within_the_limit(title: str, notes: str) -> None:
    draft = TaskDraft(title=title, notes=notes)

    short = fitted(draft, LIMITS)

    assert size(short.title) <= 20
    assert size(short.notes) <= 200
    assert (short == draft) is (size(title) <= 20)
    assert short == fitted(draft, LIMITS)
    if short != draft:
        assert title.startswith(short.title.removesuffix(CUT))
        assert short.notes.startswith(title[:60])


@given(texts)
def test_a_cut_title_that_nobody_edits_is_the_whole_one(title: str) -> None:
    shown = fitted(TaskDraft(title=title), LIMITS).title

    if shown != title:
        assert whole_title(title, shown, shown) == title


def test_it_is_cut_between_words_and_never_inside_a_character() -> None:
    def title(text: str) -> str:
        return fitted(TaskDraft(title=text), LIMITS).title

    assert title("Angebot an Cleo schicken") == "Angebot an Cleo…"
    assert title("Angebot an Cleo mit Preis") == "Angebot an Cleo mit…"
    assert title("x" * 25) == "x" * 19 + "…"
    assert title("x" * 18 + "👩\u200d💻 y") == "x" * 18 + "…"
    assert title("x" * 18 + "e\u0301e\u0301e") == "x" * 18 + "…"


def test_edited_with_the_mark_the_rest_stays_and_without_it_all_is_new() -> None:
    whole, shown = "Angebot an Cleo schicken", "Angebot an Cleo…"

    assert whole_title(whole, shown, "Angebot für Cleo…") == "Angebot für Cleo schicken"
    assert whole_title(whole, shown, "Angebot für Cleo...") == "Angebot für Cleo schicken"
    assert whole_title(whole, shown, "Angebot für Dora") == "Angebot für Dora"
    assert whole_title("Warten…", "Warten…", "Nicht warten…") == "Nicht warten…"


def test_notes_of_the_owner_stay_beside_ours() -> None:
    assert notes_after("alt", "neu", "alt\n\neigenes", LIMITS) == "neu\n\neigenes"
    assert notes_after("alt", "", "alt\n\neigenes", LIMITS) == "eigenes"
    assert notes_after("", "neu", "eigenes", LIMITS) == "neu\n\neigenes"
    assert notes_after("alt", "alt", "ganz anders", LIMITS) == "ganz anders"
    assert notes_after("alt", "neu", "ganz anders", LIMITS) == "neu"
