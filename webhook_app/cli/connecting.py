"""Connect several accounts of a suite, step by step, and say how each step went."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.model.people import normal_address
from webhook_app.cli.opening import show

NEXT = "Nothing is written before somebody says yes: `vieraugen sync`, `vieraugen series list`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step came to."""

    person: str
    what: str
    ok: bool
    text: str

    @property
    def line(self) -> str:
        """The same for people."""
        return f"{'ok  ' if self.ok else 'FAIL'} {self.person} {self.what}: {self.text}"


def connect_all(args: Namespace, connect: Callable[[str], Iterable[Step]], *, optional: str) -> int:
    """Connect each of `args.person`; one that fails does not stop the others.

    Return the exit code: 3 where somebody failed at more than the `optional` step.
    """
    steps: list[Step] = []
    for person in dict.fromkeys(map(normal_address, args.person)):
        for step in connect(person):
            steps.append(step)
            if not args.json:
                print(step.line, flush=True)
    failed = {step.person for step in steps if not step.ok and step.what != optional}
    rows = [{"person": s.person, "what": s.what, "ok": s.ok, "text": s.text} for s in steps]
    if args.json or not failed:
        show(args, {"steps": rows}, NEXT)
    return 3 if failed else 0
