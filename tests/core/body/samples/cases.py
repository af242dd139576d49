"""Sample cases of the agenda text: what stood in a body, and what a person wants read from it."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.body import Body, BodyForm, Copy, Exposure, MergeResult, merge, merge_copies
from core.body.values import Setting
from core.model.agenda import ActionItem, Agenda, Entry, Section, SectionKind, TalkingPoint
from core.model.people import Person
from tests.core.body.words import plain

FOLDER: Final = Path(__file__).parent
NOW: Final = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
"""A Monday: "bis Freitag" is 2026-06-12."""
ZONE: Final = "Europe/Berlin"
ANNA: Final = Person(address="anna@example.com", name="Anna Ahrens", locale="de", zone=ZONE)
BEN: Final = Person(address="ben@example.com", name="Ben Behrens", locale="de", zone=ZONE)
PEOPLE: Final = (BEN, ANNA)
SETTING: Final = Setting(
    people=PEOPLE,
    now=NOW,
    zone=ZONE,
    locale="de",
    other_locale=None,
    link=None,
    exposure=Exposure.FULL,
    budget=6000,
)
PERSON: Final[dict[str, Person | None]] = {"anna": ANNA, "ben": BEN, "shared": None}
SHORT: Final = {ANNA.address: "anna", BEN.address: "ben", None: "-"}
OUTSIDE_FROM, OUTSIDE_TO = "⟦", "⟧"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What we last wrote: the agenda and the body that showed it."""

    agenda: Agenda
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a person wants; None where the case says nothing about it."""

    rows: Counter[str] | None
    """None: where two readings are fair, only the words count (`once`)."""
    once: tuple[str, ...]
    damaged: bool | None
    write: bool | None
    may_write: bool | None
    kinds: tuple[str, ...]
    shown: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One body as somebody or something left it."""

    name: str
    why: str
    source: str
    copies: tuple[Copy, ...]
    ours: Agenda
    locale: str
    other_locale: str | None
    outside: tuple[str, ...]
    expect: Expected

    def merged(self) -> MergeResult:
        """Merge what the case holds."""
        words: dict[str, Any] = {
            "ours": self.ours,
            "people": PEOPLE,
            "now": NOW,
            "zone": ZONE,
            "locale": self.locale,
            "other_locale": self.other_locale,
        }
        if len(self.copies) > 1:
            return merge_copies(self.copies, **words)
        (copy,) = self.copies
        return merge(
            base_agenda=copy.base_agenda,
            base_body=copy.base_body,
            theirs=copy.theirs,
            copy_of=copy.copy_of,
            **words,
        )


def case_files() -> list[Path]:
    """Return every case's file, in order."""
    return sorted(p for p in FOLDER.rglob("*.toml") if p.parent.name != "bases")


@cache
def load_base(name: str) -> Base:
    """Read one of the bases that many cases share."""
    raw = tomllib.loads((FOLDER / "bases" / f"{name}.toml").read_text("utf-8"))
    agenda = Agenda.from_dict(raw["agenda"])
    return Base(agenda=agenda, body=Body(form=BodyForm(raw["form"]), content=raw["body"]))


@cache
def load_case(path: Path) -> Case:
    """Read one case."""
    raw = tomllib.loads(path.read_text("utf-8"))
    base = load_base(raw["base"]) if "base" in raw else None
    ours = Agenda.from_dict(raw["ours"]) if "ours" in raw else base.agenda if base else Agenda()
    outside: list[str] = []
    pieces = raw.get("copies") or [{"name": "theirs", **raw}]
    copies = tuple(_copy(piece, raw, base, outside) for piece in pieces)
    return Case(
        name=str(path.relative_to(FOLDER).with_suffix("")),
        why=raw["why"],
        source=raw["source"],
        copies=copies,
        ours=ours,
        locale=raw.get("locale", "de"),
        other_locale=raw.get("other_locale"),
        outside=tuple(outside),
        expect=_expected(raw.get("expect", {}), ours),
    )


def _copy(piece: dict[str, Any], raw: dict[str, Any], base: Base | None, seen: list[str]) -> Copy:
    base = load_base(piece["base"]) if "base" in piece else base
    theirs, outside = _without_marks(piece["theirs"])
    if piece.get("crlf"):
        theirs = theirs.replace("\n", "\r\n")
        outside = [part.replace("\n", "\r\n") for part in outside]
    seen += outside
    form = BodyForm(piece.get("form") or raw.get("form") or (base.body.form if base else "text"))
    return Copy(
        name=piece["name"],
        base_agenda=base.agenda if base else None,
        base_body=base.body if base else None,
        theirs=Body(form=form, content=theirs, rich=piece.get("rich")),
        copy_of=PERSON[piece.get("copy_of", "shared")],
    )


def _without_marks(text: str) -> tuple[str, list[str]]:
    """Take the marks around what stands outside the block off; return both."""
    outside = [part.split(OUTSIDE_TO)[0] for part in text.split(OUTSIDE_FROM)[1:]]
    return text.replace(OUTSIDE_FROM, "").replace(OUTSIDE_TO, ""), outside


def _expected(raw: dict[str, Any], ours: Agenda) -> Expected:
    rows = Counter(raw["rows"]) if "rows" in raw else rows_of(ours)
    rows.subtract(raw.get("minus", ()))
    rows.update(raw.get("plus", ()))
    if min(rows.values(), default=0) < 0:
        raise ValueError(f"minus takes away what is not there: {-rows}")
    return Expected(
        rows=None if raw.get("loose") else +rows,
        once=tuple(raw.get("once", ())),
        damaged=raw.get("damaged"),
        write=raw.get("write"),
        may_write=raw.get("may_write"),
        kinds=tuple(raw.get("kinds", ())),
        shown=tuple(raw.get("shown", ())),
        hidden=tuple(raw.get("hidden", ())),
    )


def rows_apart(wanted: Counter[str], found: Counter[str]) -> tuple[list[str], list[str]]:
    """Return what is wanted and not there, and what is there and not wanted."""
    missing, left = list((wanted - found).elements()), list((found - wanted).elements())
    for row in [row for row in missing if row.startswith("* |") or row.endswith("due=?")]:
        match = next((other for other in left if _alike(row, other)), None)
        if match is not None:
            missing.remove(row)
            left.remove(match)
    return missing, left


def _alike(wanted: str, found: str) -> bool:
    """`*` stands for any section, `due=?` for any day."""
    head, _, tail = wanted.partition(" | ")
    found_head, _, found_tail = found.partition(" | ")
    if tail.endswith("due=?"):
        found_tail = found_tail[: -len("2026-06-12")] + "?"
    return head in ("*", found_head) and tail == found_tail


def rows_of(agenda: Agenda) -> Counter[str]:
    """Return an agenda as rows: section | owner | state | words | what else there is."""
    return Counter(_row(section, entry) for section in agenda.sections for entry in section.entries)


def phrases_of(agenda: Agenda) -> list[str]:
    """Return every phrase that the agenda holds, once each time it stands there."""
    phrases = [section.title for section in agenda.sections]
    for section in agenda.sections:
        for entry in section.entries:
            phrases += [entry.text, entry.other_wording, *entry.notes]
    return [plain(phrase) for phrase in phrases]


def _row(section: Section, entry: Entry) -> str:
    topic = section.kind is SectionKind.TOPIC
    heading = plain(section.title) if topic else section.kind.value
    more = [f"note={plain(note)}" for note in entry.notes]
    if isinstance(entry, ActionItem) and entry.due:
        more.append(f"due={entry.due.isoformat()}")
    if isinstance(entry, TalkingPoint) and entry.visibility.value != "shared":
        more.append(entry.visibility.value)
    if entry.other_wording:
        more.append(f"or={plain(entry.other_wording)}")
    kind = "do " if isinstance(entry, ActionItem) else ""
    start = [heading, SHORT.get(entry.owner, str(entry.owner)), kind + entry.state.value]
    return " | ".join([*start, plain(entry.text), *more])
