"""Content is read when first asked for, no more of it than needed, and once.

How long that takes: `./vieraugen dev bench content`.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from core.content.loading import names
from core.content.prompts import Topic
from core.guides import guide_ids, load_guide
from core.questions import load_questions, load_topic
from core.templates import load_templates


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data files that the test had read, in order; nothing is kept from before."""
    for cached in (load_templates, load_questions, load_topic, load_guide):
        cached.cache_clear()
    read: list[str] = []
    parse = tomllib.loads

    def counted(text: str) -> dict[str, Any]:
        read.append(text)
        return parse(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    return read


def test_each_template_is_read_once_and_nothing_else(read_files: list[str]) -> None:
    assert len(load_templates()) == len(read_files) == len(set(read_files))


def test_each_topic_is_read_once_and_nothing_else(read_files: list[str]) -> None:
    load_questions()
    load_topic(Topic.TEAM)

    assert len(read_files) == len(set(read_files)) == len(Topic)


def test_a_guide_reads_no_file_but_its_own(read_files: list[str]) -> None:
    load_guide("walk")
    load_guide("walk")

    assert len(read_files) == 1


def test_what_was_read_is_kept() -> None:
    assert load_templates() is load_templates()
    assert load_questions() is load_questions()
    assert load_guide("walk") is load_guide("walk")


def test_built_in_content_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        load_templates()["weekly"] = load_templates()["walk"]  # type: ignore[index]


def test_every_file_is_named_after_what_it_holds() -> None:
    assert names("questions") == tuple(sorted(Topic))
    assert names("templates") == tuple(sorted(load_templates()))
    assert all(load_guide(guide_id).id == guide_id for guide_id in guide_ids())


def test_importing_reads_no_content() -> None:
    program = (
        "import core.templates, core.questions, core.guides as g;"
        "from core.questions.bank import load_questions as q;"
        "from core.templates.library import load_templates as t;"
        "print([f.cache_info().currsize for f in (q, t, g.load_guide, g.tips_for)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.strip() == "[0, 0, 0, 0]"
