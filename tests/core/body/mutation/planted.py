"""Faults to plant: mutmut's operators on each function, applied in a process of its own."""

from __future__ import annotations
import __future__

import ast
import functools
import hashlib
import importlib
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from core.body.remembered import Memory

_PLAIN = frozenset(("remembered", "property", "cached_property", "lru_cache", "cache"))
"""Decorators below which functions are like any other; mutmut by itself leaves them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One small change to one function."""

    path: str
    """File, from the root."""
    owner: str
    """Class whose method it is, or nothing."""
    function: str
    lines: tuple[int, ...]
    """Lines of the statement that is changed: tests that never get there see nothing."""
    source: str
    """The changed function."""
    diff: str

    @property
    def key(self) -> str:
        """What it is known by as long as the function stays the same."""
        told = f"{self.path}:{self.owner}:{self.function}:{self.diff}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def name(self) -> str:
        """Where it is, for people."""
        return f"{self.path}:{self.lines[0]} {self.owner and self.owner + '.'}{self.function}"


class _Visitor(MutationVisitor):
    """mutmut's own, but for what only remembers its answers."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return not all(_decorator(d) in _PLAIN for d in node.decorators)
        return super()._skip_node_and_children(node)


def _decorator(node: cst.Decorator) -> str:
    called = node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator
    return called.value if isinstance(called, cst.Name) else ""


def faults(root: Path, path: Path, drawn: Callable[[], bool]) -> list[Fault]:
    """Return the faults that can be planted in a file, as far as they are drawn by lot."""
    code, name = path.read_text("utf-8"), str(path.relative_to(root))
    wrapper = MetadataWrapper(cst.parse_module(code))
    visitor = _Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
    module = wrapper.visit(visitor)
    places = wrapper.resolve(MutationVisitor.METADATA_DEPENDENCIES[0])
    owners = {
        id(child): node.name.value
        for node in module.body
        if isinstance(node, cst.ClassDef)
        for child in node.body.body
    }
    statements = _statements(code)
    found: dict[tuple[str, str], Fault] = {}
    for mutation in visitor.mutations:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, cst.FunctionDef) or not drawn():
            continue
        bare = function.with_changes(decorators=(), leading_lines=())
        changed = bare.deep_replace(mutation.original_node, mutation.mutated_node)
        assert isinstance(changed, cst.FunctionDef)
        before, after = (cst.Module(body=[one]).code for one in (bare, changed))
        if before == after:
            continue
        whole = places[function]
        place = places.get(mutation.original_node, whole)
        lines = _lines(statements, place.start.line, whole.start.line, whole.end.line)
        diff = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
        found[function.name.value + owners.get(id(function), ""), after] = Fault(
            path=name,
            owner=owners.get(id(function), ""),
            function=function.name.value,
            lines=lines,
            source=after,
            diff="\n".join(line for line in diff if not line.startswith("@@")),
        )
    return list(found.values())


def _statements(code: str) -> list[tuple[int, int]]:
    """Return where each statement begins and ends; of compound ones the head alone."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
            found.append((node.lineno, max(node.lineno, end)))
    return found


def _lines(statements: list[tuple[int, int]], at: int, low: int, high: int) -> tuple[int, ...]:
    around = [(a, b) for a, b in statements if low < a <= at <= b <= high]
    start, end = min(around, key=lambda span: span[1] - span[0], default=(low, high))
    return tuple(range(start, end + 1))


def plant(fault: Fault) -> None:
    """Change the function here and now; forget what was remembered of the right one."""
    module = importlib.import_module(fault.path.removesuffix(".py").replace("/", "."))
    owner: Any = getattr(module, fault.owner) if fault.owner else module
    function = _bare(vars(owner)[fault.function])
    future = __future__.annotations.compiler_flag
    made: dict[str, Any] = {}
    exec(compile(fault.source, fault.path, "exec", flags=future), vars(module), made)
    changed = made[fault.function]
    function.__code__ = changed.__code__
    function.__defaults__, function.__kwdefaults__ = changed.__defaults__, changed.__kwdefaults__
    forget()


def forget() -> None:
    """Let the engine forget all that it remembers."""
    for memory in _memories():
        if isinstance(memory, Memory):
            memory.clear()
        else:
            memory.cache_clear()


def _bare(known: Any) -> types.FunctionType:
    if isinstance(known, property):
        known = known.fget
    if isinstance(known, functools.cached_property):
        known = known.func
    known = getattr(known, "__func__", known)
    if isinstance(memory := getattr(known, "__self__", None), Memory):
        known = memory.rule
    while hasattr(known, "__wrapped__"):
        known = known.__wrapped__
    assert isinstance(known, types.FunctionType)
    return known


@functools.cache
def _memories() -> tuple[Any, ...]:
    """Return every memory of the engine's."""
    values = [
        getattr(value, "__self__", value)
        for name, module in list(sys.modules.items())
        if name.startswith("core.body")
        for value in list(vars(module).values())
    ]
    return tuple(v for v in values if isinstance(v, Memory) or hasattr(v, "cache_clear"))
