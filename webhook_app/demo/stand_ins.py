"""The stand-ins for Microsoft and Google: they live with the tests, in the repository."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from core.errors import InvalidInput

ROOT = Path(__file__).parents[2]


def stand_in(name: str) -> ModuleType:
    """Return a module of tests/servers. Raise InvalidInput in an installation without them."""
    if not (ROOT / "tests/servers" / name.partition(".")[0]).exists():
        raise InvalidInput(f"the stand-in for this suite ({name}) is in the repository only: "
                           "start the demo from a clone")  # fmt: skip
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return importlib.import_module(f"tests.servers.{name}")
