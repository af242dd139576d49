"""Real servers and stand-ins on loopback, for as long as a test session lasts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]


def skip_or_fail(what: str, hint: str) -> NoReturn:
    """Skip the test where a server is missing; with VIERAUGEN_REQUIRE_ALL=1 fail it instead."""
    import pytest  # the stand-ins also run behind `vieraugen demo`, where there is none

    sentence = f"{what} is missing: {hint}"
    if os.environ.get("VIERAUGEN_REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


def servers_python() -> Path:
    """Return the interpreter of the environment that has Radicale and Xandikos."""
    folder = Path(os.environ.get("VIERAUGEN_SERVERS_VENV") or ROOT / ".venv-servers")
    python = folder / "bin" / "python"
    if not python.exists():
        skip_or_fail("The environment of the calendar servers", "run `./vieraugen test` once")
    return python
