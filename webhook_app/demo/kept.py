"""What a demo's folder remembers from start to start: its ports, and ids that others gave."""

from __future__ import annotations

import json
from pathlib import Path

from core.errors import InvalidInput
from webhook_app.embedded.process import answers, free_port


def kept_port(file: Path, what: str) -> int:
    """Return the port of the first start: what people bookmarked and connected names it.

    Raise InvalidInput where somebody else listens there now.
    """
    if not file.exists():
        file.write_text(str(free_port()), encoding="ascii")
    port = int(file.read_text(encoding="ascii"))
    if answers(port):
        raise InvalidInput(
            f"port {port}, where this demo's {what} live, is in use: end the demo that runs"
            " there, or choose another --data"
        )
    return port


def kept_ids(file: Path) -> dict[str, str]:
    """Return the events' ids by the report's login, as `keep_ids` left them."""
    if not file.exists():
        return {}
    known: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return known


def keep_ids(file: Path, ids: dict[str, str]) -> None:
    """Remember them."""
    file.write_text(json.dumps(ids), encoding="utf-8")
