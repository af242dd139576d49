"""The engine's loop and the durable queue, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.actions import ActionState
from webhook_app.config import Settings
from webhook_app.jobs.lock import engine_lock, engine_runs

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("engine_program.py")


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the engine on calendars in memory in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def line(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    found: dict[str, object] = json.loads(process.stdout.readline())
    return found


def test_an_action_killed_in_the_middle_is_done_after_the_next_start(tmp_path: Path) -> None:
    killed = start(tmp_path / "data", "hang")
    assert line(killed) == {"running": "reconcile"}
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(10)
    killed.stdout.close()  # type: ignore[union-attr]

    again = start(tmp_path / "data")
    seen = line(again)
    again.wait(30)
    again.stdout.close()  # type: ignore[union-attr]

    assert seen == {"states": [ActionState.DONE.value], "written": 1}


def test_one_engine_on_a_data_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)

    assert not engine_runs(settings)
    with engine_lock(settings):
        assert engine_runs(settings)
        with pytest.raises(InvalidInput, match="SQLite allows one"), engine_lock(settings):
            pass
    assert not engine_runs(settings)


def test_help_imports_no_database_and_no_suite() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from webhook_app.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])\n"
        "heavy = ('sqlalchemy', 'dbos', 'caldav', 'flask', 'pydantic', 'requests', 'msgraph')\n"
        "print([name for name in heavy if name in sys.modules])"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "[]"
