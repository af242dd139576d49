"""PostgreSQL from Debian: a cluster of its own on a free loopback port."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import skip_or_fail

DEBIAN = Path("/usr/lib/postgresql")
SYSTEM_USER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this user."""
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 30.0


class Postgres:
    """A running cluster; each test takes a database of its own from it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = itertools.count()

    def url(self, database: str) -> str:
        return f"postgresql://tester@127.0.0.1:{self._port}/{database}"

    def new_database(self) -> str:
        """Return the URL of an empty database."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a cluster and remove it at the end; skip where PostgreSQL is not installed."""
    programs = installed()
    with tempfile.TemporaryDirectory(prefix="vieraugen-pg-", ignore_cleanup_errors=True) as folder:
        who = unprivileged(Path(folder))
        data = Path(folder) / "data"
        subprocess.run(created(programs, data), check=True, stdout=subprocess.DEVNULL, **who)
        port = free_port()
        process = subprocess.Popen(started(programs, data, port), stderr=subprocess.DEVNULL, **who)
        try:
            yield answering(Postgres(port), process)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def installed() -> Path:
    """Return the folder with initdb: the newest of Debian's, else the one on the PATH."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        skip_or_fail("PostgreSQL", "apt install postgresql")
    return Path(found).parent


def unprivileged(folder: Path) -> dict[str, Any]:
    """Give the folder to who will run the cluster; return how to start a process as them."""
    where = {"cwd": folder}
    if os.getuid() != 0:
        return where
    shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)
    return {**where, "user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def created(programs: Path, data: Path) -> list[str | Path]:
    return [programs / "initdb", "-D", data, "-U", "tester", "--auth=trust", "-E", "UTF8"]


def started(programs: Path, data: Path, port: int) -> list[str | Path]:
    settings = {**QUICK, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [programs / "postgres", "-D", data, "-p", str(port), *options]


def answering(server: Postgres, process: subprocess.Popen[bytes]) -> Postgres:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError("PostgreSQL did not come up")
