"""core takes values and gives values: no I/O, no clock, no chance."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import imported, python_files, shown

LIBRARIES = {"rapidfuzz", "nh3", "babel", "pydantic", "cel", "core"}
DOING_IO = {
    *("asyncio", "ftplib", "http", "imaplib", "multiprocessing", "os", "poplib", "random"),
    *("secrets", "select", "selectors", "shelve", "shutil", "signal", "smtplib", "socket"),
    *("socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "urllib", "xmlrpc"),
}
PURE_PARTS = {"urllib.parse"}
CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.monotonic", "time.sleep", "uuid.uuid4", "uuid.uuid1", "uuid4"),
}
CORE = tuple(path for path in python_files() if shown(path).startswith("core/"))


@pytest.mark.parametrize("path", CORE, ids=shown)
def test_core_module_is_pure(path: Path) -> None:
    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "impurity"),
    [
        ("import flask", "imports flask"),
        ("from sqlalchemy.orm import Session", "imports sqlalchemy.orm"),
        ("import http.client", "imports http.client"),
        ("def f():\n    import socket", "imports socket"),
        ("now = datetime.now(UTC)", "calls datetime.now"),
        ("day = datetime.date.today()", "calls date.today"),
        ("key = uuid4()", "calls uuid4"),
        ("file = open('x')", "calls open"),
        ("text = path.read_text()", ""),
    ],
)
def test_what_is_not_pure_is_found(line: str, impurity: str) -> None:
    assert impurities(line) == ([impurity] if impurity else [])


def impurities(text: str) -> list[str]:
    tree = ast.parse(text)
    modules = [f"imports {name}" for name in imported(tree) if not is_allowed(name)]
    return modules + [f"calls {name}" for name in called(tree) if name in {*CLOCKS, "open"}]


def is_allowed(module: str) -> bool:
    top = module.partition(".")[0]
    if top in DOING_IO:
        return module in PURE_PARTS
    return top in LIBRARIES or top in sys.stdlib_module_names


def called(tree: ast.AST) -> list[str]:
    """Names of what is called: the last two parts of a dotted one."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [".".join(ast.unparse(name).split(".")[-2:]) for name in calls]
