"""The agenda text engine: a usual merge against html.parser with all-pairs ratios; large bodies.

Run: python benchmarks/body.py [ROUNDS]

The other side is what one writes in an afternoon: html.parser for the lines, difflib's ratio of
each line of the base with each of theirs for the pairing. It merges nothing and writes nothing.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.body import Body, BodyForm, MergeResult, merge, place, read, render
from core.model.agenda import Agenda
from core.model.people import Person

ANNA = Person(address="anna@example.com", name="Anna Ahrens", locale="de")
BEN = Person(address="ben@example.com", name="Ben Behrens", locale="de")
SUBJECTS = ("Budget", "Urlaub", "Schulung", "Angebot", "Projekt", "Quartal", "Zertifikat")
VERBS = ("klären", "besprechen", "prüfen", "planen", "verschieben", "entscheiden")
MEGABYTE = 1_000_000


def agenda(items: int, nth: int = 0) -> Agenda:
    """Return an agenda with the usual sections and so many entries, each with words of its own."""

    def text(n: int) -> str:
        more = f" ({nth}. Runde)" if nth else ""
        return f"{SUBJECTS[n % 7]} {n // 7 + 1} für Graz {VERBS[n % 6]}{more}"

    points = [{"id": f"p{n}", "text": text(n)} for n in range(items)]
    third = items // 3
    actions = [{**p, "owner": BEN.address, "due": "2026-06-12"} for p in points[2 * third :]]
    return Agenda.from_dict(
        {
            "sections": [
                {"kind": "report", "owner": ANNA.address, "points": points[:third]},
                {"kind": "manager", "owner": BEN.address, "points": points[third : 2 * third]},
                {"kind": "agreed", "action_items": actions},
            ]
        }
    )


def edited(content: str) -> str:
    """Do what a person does in a minute: tick, reword, type a line."""
    content = content.replace("[ ]", "[x]", 1).replace("besprechen", "besprechen mit Ines", 1)
    return content.replace("<br></li></ul>", "Neue Rolle ab Juli</li></ul>")


def merged(base: Body, theirs: Body, ours: Agenda) -> MergeResult:
    """Merge one copy."""
    told: dict[str, Any] = {"people": (BEN, ANNA), "zone": "Europe/Berlin", "locale": "de"}
    now = datetime(2026, 6, 8, 9, tzinfo=UTC)
    return merge(
        base_agenda=ours,
        base_body=base,
        theirs=theirs,
        ours=ours,
        copy_of=ANNA,
        now=now,
        budget=10 * MEGABYTE,
        **told,
    )


class Lines(HTMLParser):
    """Collects what stands between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


def lines_of(content: str) -> list[str]:
    """Return the lines of a body as html.parser gives them."""
    lines = Lines()
    lines.feed(content)
    return [line for line in lines.found if line]


def naive(base: str, theirs: str) -> list[tuple[float, str]]:
    """Pair each line of the base with the line of theirs that is most like it."""
    seen = lines_of(theirs)
    return [
        max((SequenceMatcher(None, line, known).ratio(), line) for line in seen)
        for known in lines_of(base)
    ]


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median of some runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def usual(rounds: int) -> None:
    """Measure the 20-item merge, of new words and of known ones; the naive way beside it."""
    cases = []
    for nth in range(rounds):
        ours = agenda(20, nth)
        base = placed("", ours)
        cases.append((base, Body(form=BodyForm.HTML, content=edited(base.content)), ours))
    result = merged(*cases[0])
    assert len(result.changes) == 3, result.changes
    unseen = iter(cases)
    mine = median_ms(lambda: merged(*next(unseen)), rounds)
    again = median_ms(lambda: merged(*cases[0]), rounds)
    few = max(3, rounds // 10)
    unseen = iter(cases)
    other = median_ms(lambda: naive(*(body.content for body in next(unseen)[:2])), few)
    print(f"20 items, tick + edit + new line: {mine:.2f} ms (median of {rounds}, all different)")
    print(f"the same merge again:             {again:.2f} ms")
    print(f"html.parser + all-pairs ratio:    {other:.2f} ms, {other / mine:.1f} times ours")


def placed(around: str, ours: Agenda) -> Body:
    """Return a body with the block in it."""
    block = render(
        ours.shared(),
        form=BodyForm.HTML,
        locale="de",
        people=(BEN, ANNA),
        budget=10 * MEGABYTE,
    )
    return place(Body(form=BodyForm.HTML, content=around), block)


def large(rounds: int) -> None:
    """Measure 2,000 items, and megabytes around a block."""
    many = agenda(2000)
    base = placed("", many)
    theirs = Body(form=BodyForm.HTML, content=edited(base.content))
    spent = median_ms(lambda: merged(base, theirs, many), rounds)
    print(f"2,000 items, merge:               {spent:.0f} ms")
    ours = agenda(20)
    around = {
        "paragraphs": "<p>Bitte die Unterlagen lesen, sie liegen im Ordner.</p>\r\n",
        "nested divs": '<div class="x_a"><span style="color:red">Text &amp; mehr</span>',
        "open angle brackets": "<",
    }
    inside = {
        "lines that somebody typed": "<li>Punkt {n}: die Unterlagen für das Quartal lesen</li>",
        "the same line": "<li>Die Unterlagen für das Quartal lesen</li>",
        "doubled fences": "<p>▼ 1:1-Agenda (hier schreiben)</p><p>▲ Ende 1:1-Agenda</p>",
        "one letter a line": "a<br>",
    }
    for name, piece in around.items():
        body = placed(piece * (MEGABYTE // len(piece)), ours)
        measure(f"1 MB of {name}", body, edited(body.content), ours, rounds)
    base = placed("", ours)
    for name, piece in inside.items():
        typed = "".join(piece.format(n=n) for n in range(MEGABYTE // len(piece)))
        content = base.content.replace("<br></li></ul>", f"<br></li>{typed}</ul>")
        measure(f"1 MB of {name} in the block", base, content, ours, rounds)


def measure(name: str, base: Body, content: str, ours: Agenda, rounds: int) -> None:
    """Measure reading and merging one large body."""
    theirs = Body(form=BodyForm.HTML, content=content)
    reading = median_ms(lambda: read(theirs), rounds)
    merging = median_ms(lambda: merged(base, theirs, ours), rounds)
    print(f"{name}: read {reading:.0f} ms, merge {merging:.0f} ms")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    usual(count)
    large(max(1, count // 60))
