"""docs/capabilities.md is what the tests say: every requirement has its row, and none boasts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dev.capabilities import HEADS, PAGE, Row, ids_in, named_tests, page, rows

IDS = [
    *(f"SD-{n:02}" for n in range(1, 93)),
    *(f"C-{n:02}" for n in range(1, 41)),
    *(f"R-{n:02}" for n in range(1, 31)),
    *(f"F-{n:02}" for n in range(1, 49)),
    *(f"US-{n}" for n in range(1, 11)),
]


def test_every_requirement_has_one_row() -> None:
    assert [row.id for row in rows()] == IDS


def test_each_id_of_the_article_and_of_the_rules_stands_in_the_name_of_a_test() -> None:
    named = {name for tests in named_tests().values() for test in tests for name in ids_in(test)}

    assert [i for i in IDS if i.startswith(("SD-", "R-")) and i not in named] == []


def test_the_page_is_what_the_tests_say() -> None:
    assert page(rows()) == PAGE.read_text("utf-8"), "run ./vieraugen dev capabilities"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_says_what_is_there_or_what_is_lacking(row: Row) -> None:
    assert row.what if row.tests else row.lacks
    assert (row.where == "") is (row.tests == ())


def test_no_test_names_a_requirement_that_nobody_made() -> None:
    assert set(named_tests()) <= set(IDS)


def test_names_and_marks_are_found(tmp_path: Path) -> None:
    source = (
        "import pytest\n\n@pytest.mark.slow\n@pytest.mark.capability('F-02', 'C-07')\n"
        "def test_typed(): ...\n\nclass TestX:\n    def test_sd_19_and_us_3_both(self): ...\n"
    )
    (tmp_path / "test_it.py").write_text(source, encoding="utf-8")

    found = named_tests(tmp_path)

    assert found["F-02"] == found["C-07"] == ("test_typed",)
    assert found["SD-19"] == found["US-3"] == ("test_sd_19_and_us_3_both",)
    assert ids_in("test_c_07_mail_and_f_5") == ("C-07", "F-05")


def test_without_a_test_nothing_works_whatever_the_row_says() -> None:
    boast = Row(id="SD-01", what="all of it", where="page", lacks="", tests=())

    assert boast.state == "not yet"
    assert "| SD-01 | not yet |" in page([boast])


def test_the_page_has_each_head() -> None:
    assert re.findall(r"^## (.*)$", PAGE.read_text("utf-8"), re.MULTILINE) == [*HEADS.values()]
