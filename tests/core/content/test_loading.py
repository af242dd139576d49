"""Content is read when first asked for, quickly, and once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from core.content.loading import names
from core.content.prompts import Topic
from core.guides import guide_ids, load_guide
from core.questions import load_questions, load_topic
from core.templates import load_templates


def cold_milliseconds(read: Callable[[], object], *caches: Callable[..., object]) -> float:
    """Return the quickest of three cold reads, in processor time: other programs don't count."""
    best = float("inf")
    for _ in range(3):
        for cached in caches:
            cached.cache_clear()  # type: ignore[attr-defined]
        start = time.process_time()
        read()
        best = min(best, 1000 * (time.process_time() - start))
    return best


def test_all_templates_load_in_less_than_50_ms() -> None:
    assert cold_milliseconds(load_templates, load_templates) < 50


def test_all_questions_load_in_less_than_50_ms() -> None:
    assert cold_milliseconds(load_questions, load_questions, load_topic) < 50


def test_a_guide_loads_in_less_than_10_ms() -> None:
    assert cold_milliseconds(lambda: load_guide("walk"), load_guide) < 10


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
