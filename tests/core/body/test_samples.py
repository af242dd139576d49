"""Each sample body is read as a person would read it, and nothing around the block is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.body import MergeResult, merge_copies
from tests.core.body.samples.cases import (
    NOW,
    PEOPLE,
    ZONE,
    Case,
    Copy,
    case_files,
    load_case,
    phrases_of,
    rows_apart,
    rows_of,
)
from tests.core.body.words import plain, seen_in_html


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module", params=case_files(), ids=_id)
def merged(request: pytest.FixtureRequest) -> tuple[Case, MergeResult]:
    case = load_case(request.param)
    return case, case.merged()


def test_agenda_is_what_a_person_wants(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    if case.expect.rows is not None:
        assert rows_apart(case.expect.rows, rows_of(result.agenda)) == ([], [])


def test_each_phrase_stands_in_the_agenda_once(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    there = "\n".join(phrases_of(result.agenda))

    assert {phrase: there.count(phrase) for phrase in case.expect.once} == dict.fromkeys(
        case.expect.once, 1
    )


def test_damage_is_seen_and_only_where_it_is(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    if case.expect.damaged is not None:
        assert bool(result.damage) is case.expect.damaged


def test_it_is_written_only_where_that_is_wanted(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    if case.expect.write is not None:
        assert result.write is case.expect.write
    if case.expect.may_write is not None:
        assert result.may_write is case.expect.may_write


def test_changes_tell_what_happened(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    kinds = [str(change.kind) for change in result.changes]

    assert [kind for kind in case.expect.kinds if kind not in kinds] == []


def test_text_outside_the_block_is_byte_for_byte(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    written = "\n".join(body.content for body in result.bodies.values())
    if result.may_write:
        for part in case.outside:
            assert part in written


def test_the_body_shows_what_it_must_and_hides_what_it_must(
    merged: tuple[Case, MergeResult],
) -> None:
    case, result = merged
    seen = plain(seen_in_html("\n".join(body.content for body in result.bodies.values())))

    assert [text for text in case.expect.shown if plain(text) not in seen] == []
    if result.write:
        assert [text for text in case.expect.hidden if plain(text) in seen] == []


def test_merging_the_result_again_changes_nothing(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    again = _again(case, result, result.agenda)

    assert rows_of(again.agenda) == rows_of(result.agenda)
    assert again.changes == ()
    assert again.write is False


def test_a_crash_after_the_write_doubles_nothing(merged: tuple[Case, MergeResult]) -> None:
    case, result = merged
    if any(result.writes.values()):
        echo = _again(case, result, None)

        assert rows_of(echo.agenda) == rows_of(result.agenda)


def _again(case: Case, result: MergeResult, base: object) -> MergeResult:
    """Merge what was written; base None: the write was never recorded."""
    copies = []
    for copy in case.copies:
        written = result.bodies[copy.name] if result.writes[copy.name] else copy.theirs
        copies.append(
            Copy(
                name=copy.name,
                base_agenda=result.agenda if base else copy.base_agenda,
                base_body=written if base else copy.base_body,
                theirs=written,
                copy_of=copy.copy_of,
            )
        )
    return merge_copies(
        copies,
        ours=result.agenda,
        people=PEOPLE,
        now=NOW,
        zone=ZONE,
        locale=case.locale,
        other_locale=case.other_locale,
    )


def test_the_corpus_is_as_large_as_promised() -> None:
    files = case_files()
    recorded = [path for path in files if "recorded: " in path.read_text("utf-8")]

    assert len(files) >= 120
    assert len(recorded) >= 40
