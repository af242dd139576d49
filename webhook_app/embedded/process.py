"""A server process on a free loopback port that never outlives the one who started it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from core.errors import Unavailable

# The child ends when its parent does, however that happens: the pipe to it breaks.
BOOTSTRAP = """\
import os, runpy, sys, threading
def leave_with_parent():
    while os.read(0, 1024):
        pass
    os._exit(0)
threading.Thread(target=leave_with_parent, daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ModuleProcess:
    """`python -m MODULE` of another environment."""

    def __init__(
        self,
        python: Path,
        arguments: Sequence[str],
        *,
        log: Path,
        port: int,
        cwd: Path | None = None,
    ) -> None:
        self.port = port
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                [str(python), "-c", BOOTSTRAP, *arguments],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
            )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def wait_until_ready(self, seconds: float = 20.0) -> None:
        """Return when it answers; raise Unavailable with the end of its log where it doesn't."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.running:
                break
            if answers(self.port):
                return
            time.sleep(0.02)
        self.stop()
        raise Unavailable(f"The server did not start: {self._last_words()}")

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it wrote no reason"


def answers(port: int) -> bool:
    """Tell whether somebody listens on a loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
