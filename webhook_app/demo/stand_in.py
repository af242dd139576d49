"""A suite's stand-in as a process of its own: it lives among the tests of a checkout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from core.errors import InvalidInput, UnexpectedResponse
from webhook_app.embedded.process import ModuleProcess, free_port

ROOT = Path(__file__).parents[2]
TIMEOUT = 20


class StandIn:
    """Started with `python -m tests.servers.<name>`; it ends when we do."""

    def __init__(self, name: str, arguments: Sequence[str], *, log: Path, port: int = 0) -> None:
        if not (ROOT / "tests" / "servers" / name).is_dir():
            raise InvalidInput(
                f"the demo on {name} needs the stand-in from the sources: clone the repository"
                f" and start `./vieraugen demo --suite {name}` there"
            )
        port = port or free_port()
        module = f"tests.servers.{name}"
        words = [module, "--port", str(port), *arguments]
        self._process = ModuleProcess(Path(sys.executable), words, log=log, port=port, cwd=ROOT)
        self._process.wait_until_ready()
        self.url = f"http://127.0.0.1:{port}/"

    def hand(self, action: str, **arguments: Any) -> Any:
        """Do what a person does in the suite's own clients. Raise UnexpectedResponse."""
        answer = requests.post(f"{self.url}hands/{action}", json=arguments, timeout=TIMEOUT)
        body = answer.json()
        if answer.status_code != requests.codes.ok:
            raise UnexpectedResponse(f"{action}: {body.get('error')}")
        return body["answer"]

    def stop(self) -> None:
        """End it."""
        self._process.stop()
