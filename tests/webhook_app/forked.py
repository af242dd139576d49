"""Programs of ours in processes of their own that need not import everything anew.

A fork server imports the programs once; each start is a fork of it: a process like any other, to
be killed like any other, there after a twentieth of the time.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
PROGRAMS = ["tests.webhook_app.engine_program", "tests.acceptance.engine_at"]

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(PROGRAMS)


class Forked:
    """One process; `said` is the first thing that its program had to say, nothing if it died."""

    def __init__(self, program: str, *words: str, **environment: str) -> None:
        hear, say = _server.Pipe(duplex=False)
        given = {**os.environ, **environment}
        self._process = _server.Process(target=_run, args=(program, words, given, say), daemon=True)
        self._process.start()
        say.close()
        with hear:
            try:
                self.said: str = hear.recv() if hear.poll(PATIENCE) else ""
            except EOFError:
                self.said = ""

    def poll(self) -> int | None:
        """Return its exit code once it ended."""
        return self._process.exitcode

    def kill(self) -> int:
        """End it as a power cut would."""
        self._process.kill()
        return self.wait()

    def wait(self) -> int:
        """Return its exit code when it ended by itself."""
        self._process.join(PATIENCE)
        code = self._process.exitcode
        assert code is not None, "it never ended"
        return code


def _run(
    program: str, words: tuple[str, ...], environment: dict[str, str], say: Connection
) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    importlib.import_module(program).main(list(words), say.send)
