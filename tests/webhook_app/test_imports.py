"""No command pays for what it does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sqlalchemy",
    "dbos",
    "caldav",
    "flask",
    "pydantic",
    "requests",
    "msgraph",
    "googleapiclient",
)


@pytest.mark.capability("C-33")
def test_help_imports_no_database_and_no_suite() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from webhook_app.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "[]"


def test_a_pass_in_which_nothing_changed_loads_no_more_than_it_needs() -> None:
    code = "import sys, webhook_app.cli.sync, adapters.caldav; print(sorted(sys.modules))"

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    needless = ("core.body", "core.templates", "pydantic", "sqlalchemy.dialects.postgresql", "dbos")
    assert [name for name in needless if repr(name) in shown.stdout] == []


def test_serving_loads_no_terminal_toolkit_and_no_suite_s_libraries() -> None:
    """The base installation has none of the latter: importing one would end it."""
    code = (
        "import sys, webhook_app.web, webhook_app.jobs.engine, webhook_app.cli.demo\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    suites = ("azure", "httpx", "msal", "msgraph", "kiota_abstractions", "microsoft_teams")
    needless = ("cel", "typer", "prompt_toolkit", "googleapiclient", "google", *suites)
    assert [name for name in needless if repr(name) in shown.stdout] == []
