"""The data of a finding: values that are said in somebody's language, and kept as facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from core.model.suggestions import Fact, FactKind


@dataclass(frozen=True, slots=True)
class Every:
    """A rhythm, said as "every two weeks"."""

    interval: timedelta


Value = str | int | datetime | date | timedelta | Every
Facts = Mapping[str, Value]
NOTHING: Facts = MappingProxyType({})


def kept(facts: Facts) -> tuple[Fact, ...]:
    """Return facts as they are stored."""
    return tuple(_kept(name, value) for name, value in sorted(facts.items()))


def _kept(name: str, value: Value) -> Fact:
    match value:
        case Every(interval):
            kind, text = FactKind.EVERY, str(interval.total_seconds())
        case timedelta():
            kind, text = FactKind.SPAN, str(value.total_seconds())
        case datetime():
            kind, text = FactKind.TIME, value.isoformat()
        case date():
            kind, text = FactKind.DAY, value.isoformat()
        case int():
            kind, text = FactKind.NUMBER, str(value)
        case _:
            kind, text = FactKind.TEXT, value
    return Fact(name=name, kind=kind, value=text)


def known(facts: Iterable[Fact]) -> Facts:
    """Return stored facts as values."""
    return MappingProxyType({fact.name: _known(fact) for fact in facts})


def _known(fact: Fact) -> Value:
    match fact.kind:
        case FactKind.EVERY:
            return Every(timedelta(seconds=float(fact.value)))
        case FactKind.SPAN:
            return timedelta(seconds=float(fact.value))
        case FactKind.TIME:
            return datetime.fromisoformat(fact.value)
        case FactKind.DAY:
            return date.fromisoformat(fact.value)
        case FactKind.NUMBER:
            return int(fact.value)
        case FactKind.TEXT:
            return fact.value
