"""Spelling of our English: comments and docstrings of the code, and the documents.

Texts in strings are left out: they are German as well, or wrong on purpose.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

from dev import tracked
from dev.steps import ROOT

BILINGUAL = ("docs/agenda-text.md", "docs/rules.md", "docs/*.de.md", "core/content/*.md")
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def main(_: Sequence[str]) -> int:
    """Let codespell read a copy of the tree in which only the English is left."""
    with tempfile.TemporaryDirectory() as folder:
        for path in tracked.files():
            if path.suffix in (".py", ".md") and not tracked.fits(path, tracked.RECORDED):
                copy = Path(folder) / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(english(path), encoding="utf-8")
        settings = str(ROOT / "pyproject.toml")
        command = [sys.executable, "-m", "codespell_lib", "--toml", settings, "."]
        return subprocess.run(command, cwd=folder, check=False).returncode


def english(path: Path) -> str:
    if tracked.fits(path, BILINGUAL):
        return ""
    text = (ROOT / path).read_text(encoding="utf-8")
    return text if path.suffix == ".md" else spoken(text)


def spoken(source: str) -> str:
    """Return comments and docstrings, each on the line where it stands."""
    lines = [""] * (source.count("\n") + 2)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0] - 1] = token.string
    for first, text in docstrings(ast.parse(source)):
        for offset, line in enumerate(text.splitlines()):
            lines[first - 1 + offset] = line
    return "\n".join(lines)


def docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every string that stands alone: of modules, classes, functions and fields."""
    for node in ast.walk(tree):
        for child in node.body if isinstance(node, Documented) else ():
            match child:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield child.lineno, text
