"""docs/capabilities.md: each requirement, what of it is there, and the tests named after it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dev.steps import ROOT

SAID = ROOT / "tests" / "capabilities.toml"
PAGE = ROOT / "docs" / "capabilities.md"
HISTORIES = ROOT / "tests" / "core" / "rules" / "histories"
HEADS = {
    "SD": "What the article asks for",
    "C": "What people complain about",
    "R": "Rules",
    "F": "Features",
    "US": "User stories",
}
STATES = ("works", "partly", "not yet")
IN_NAME = re.compile(r"(?:^test|_and)_(sd|c|r|f|us)_(\d+)(?=_|$)")
INTRODUCTION = """\
What the list of requirements asks for, and what of it is there. `./vieraugen dev capabilities`
makes this page of the tests and of `tests/capabilities.toml`: a row **works** when a test is named
after it, by its name (`test_sd_12_...`) or by `@pytest.mark.capability("SD-12")`; it is **partly**
there when it says what is lacking, and **not yet** where no test names it. A test fails when this
page is out of date. The tests of a rule are its labelled histories in
`tests/core/rules/histories`. Google and Microsoft are proven on stand-ins only."""
SHOWN = 2
"""Tests named in a row; the others are found by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One requirement."""

    id: str
    what: str
    where: str
    lacks: str
    tests: tuple[str, ...]

    @property
    def state(self) -> str:
        """Nothing works that no test is named after."""
        if not self.tests:
            return "not yet"
        return "partly" if self.lacks else "works"


def main(_: Sequence[str] = ()) -> int:
    """Write the page anew."""
    PAGE.write_text(page(rows()), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {', '.join(_sums(rows(), STATES))}")
    return 0


def rows() -> tuple[Row, ...]:
    """Return every requirement with what is said of it and the tests that name it."""
    said = tomllib.loads(SAID.read_text("utf-8"))
    tests = named_tests()
    return tuple(
        Row(
            id=name,
            what=row.get("what", ""),
            where=row.get("where", ""),
            lacks=row.get("lacks", ""),
            tests=tests.get(name, ()),
        )
        for name, row in said.items()
    )


@cache
def named_tests(folder: Path = ROOT / "tests") -> Mapping[str, tuple[str, ...]]:
    """Return the tests by the ids that they are named after, those with it in their name first."""
    found: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for path in sorted(folder.rglob("test_*.py")):
        for node in _functions(ast.parse(path.read_text("utf-8")).body):
            if node.name.startswith("test_"):
                for name in ids_in(node.name):
                    found[name].add((False, node.name))
                for name in _marked(node):
                    found[name].add((True, node.name))
    for path in HISTORIES.glob("R-*.toml"):
        found[path.stem].add((True, f"test_history[{path.stem}]"))
    return {name: tuple(test for _, test in sorted(tests)) for name, tests in found.items()}


def _functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body)


def ids_in(test: str) -> tuple[str, ...]:
    """Return the ids in a test's name: test_sd_19_and_sd_38_... names SD-19 and SD-38."""
    return tuple(
        f"{kind.upper()}-{number}" if kind == "us" else f"{kind.upper()}-{int(number):02}"
        for kind, number in IN_NAME.findall(test)
    )


def _marked(node: ast.FunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and ast.unparse(decorator.func) == "pytest.mark.capability"
        ):
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def page(found: Sequence[Row]) -> str:
    """Return the page."""
    parts = [
        "# Capabilities",
        "",
        *INTRODUCTION.split("\n"),
        "",
        "| | works | partly | not yet |",
        "|---|---|---|---|",
    ]
    by_head = {head: [row for row in found if row.id.startswith(f"{head}-")] for head in HEADS}
    parts += [f"| {HEADS[head]} | {' | '.join(_sums(these))} |" for head, these in by_head.items()]
    for head, these in by_head.items():
        parts += ["", f"## {HEADS[head]}", "", "| ID | State | What | Where | Test |"]
        parts += ["|---|---|---|---|---|", *(_line(row) for row in these)]
    return "\n".join(parts) + "\n"


def _sums(found: Sequence[Row], words: Sequence[str] = ()) -> list[str]:
    counts = [str(sum(row.state == state for row in found)) for state in STATES]
    return [f"{n} {word}" for n, word in zip(counts, words, strict=True)] if words else counts


def _line(row: Row) -> str:
    what = row.what if not row.lacks else "; ".join(filter(None, (row.what, f"*{row.lacks}*")))
    tests = " ".join(f"`{test}`" for test in row.tests[:SHOWN])
    return f"| {row.id} | {row.state} | {what} | {row.where} | {tests} |"
