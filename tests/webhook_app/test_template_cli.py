"""`vieraugen template`, `question` and `guide`, as an administrator runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.model.series import SeriesId
from core.service.consent import say_yes
from core.templates import load_templates
from core.templates.exchange import from_json
from core.templates.markdown import from_markdown
from tests.core.builders import ANNA, BEN
from tests.webhook_app.known_people import Run, known_people, runner
from webhook_app.cli.main import main

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    app = known_people(tmp_path / "data")
    with app.store.transaction() as tx:
        say_yes(tx, SeriesId("s1"), by=BEN, now=NOW)
    app.close()
    return runner(tmp_path / "data", capsys)


def exported(run: Run, tmp_path: Path, template: str, ending: str) -> Path:
    path = tmp_path / f"{template}.{ending}"
    assert (
        main(["template", "export", "--data", str(tmp_path / "data"), template, "--to", str(path)])
        == 0
    )
    return path


def test_all_nineteen_are_listed_and_readable(run: Run) -> None:
    listed = run("template", "list", "--locale", "de")["templates"]

    assert len(listed) == 19
    assert {"id": "weekly", "title": "Regelmäßiges Gespräch"}.items() <= listed[-1].items()
    assert run("template", "show", "weekly")["id"] == "weekly"
    run("template", "show", "nonsense", fails="template list")


def test_sd_49_a_template_goes_out_and_comes_back_without_loss(run: Run, tmp_path: Path) -> None:
    for ending, read in (("json", from_json), ("md", from_markdown)):
        path = exported(run, tmp_path, "career", ending)
        assert read(path.read_text(encoding="utf-8")) == load_templates()["career"]
        assert run("template", "lint", str(path))["templates"][0]["findings"] == []
        assert run("template", "import", str(path))["replaced"] is True
    assert [t["id"] for t in run("template", "list")["templates"] if t["own"]] == ["career"]
    assert run("template", "remove", "career")["built_in"] is True


def test_lint_refuses_and_import_keeps_nothing(run: Run, tmp_path: Path) -> None:
    path = exported(run, tmp_path, "weekly", "json")
    data = json.loads(path.read_text(encoding="utf-8"))
    data["id"] = "bad"
    data["sections"][0]["requires"] = ["solution"]
    path.write_text(json.dumps(data), encoding="utf-8")

    (result,) = run("template", "lint", str(path), code=1)["templates"]
    assert [f["code"] for f in result["findings"]] == ["required_solution"]
    run("template", "import", str(path), fails="A solution is required")
    assert run("template", "lint", "weekly", "--minutes", "15", code=1)
    run("template", "lint", str(tmp_path / "none.toml"), fails="neither a readable file")
    path.write_text("{", encoding="utf-8")
    run("template", "lint", str(path), fails="JSON")
    assert all(t["id"] != "bad" for t in run("template", "list")["templates"])


def test_the_published_schema_is_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:vieraugen:schema:template"
    assert main(["template", "schema", "nothing"]) == 1


def test_a_template_is_chosen_and_taken_back(run: Run) -> None:
    run("template", "use", "s1", "career", "--for", "pair", "--by", BEN)
    assert run("pair", "show", BEN, ANNA)["template"] == "career"
    run("template", "use", "s1", "usual", "--for", "pair")
    assert run("pair", "show", BEN, ANNA)["template"] == ""
    run("template", "use", "nothing", "career", fails="series list")
    run("template", "use", "s1", "nonsense", fails="template list")
    assert run("template", "offers", "s1", "--by", ANNA)["offers"] == []


def test_questions_from_the_command_line(run: Run) -> None:
    assert len(run("question", "list")["questions"]) >= 160
    wellbeing = run("question", "list", "--topic", "wellbeing", "--side", "report")["questions"]
    assert wellbeing
    run("question", "list", "--topic", "weather", fails="wellbeing")
    found = run("question", "suggest", "s1", "--by", BEN)["questions"]
    assert 1 <= len(found) <= 3
    first = found[0]["prompt_id"]
    assert run("question", "add", "s1", first, "--by", BEN)["visibility"] == "shared"
    run("question", "vote", "s1", first, "not-for-us", "--by", BEN)
    assert first not in [
        q["prompt_id"] for q in run("question", "suggest", "s1", "--by", BEN)["questions"]
    ]


def test_guides_from_the_command_line(run: Run) -> None:
    guides = run("guide", "list", "--locale", "de", "--side", "report")["guides"]

    assert guides[0]["guide_id"] == "rollout_report"
    assert run("guide", "show", "pay_report", "--locale", "de-Sie")["markdown"].startswith("# Über")
    run("guide", "show", "nonsense", fails="guide list")
