"""A company's own rules: TOML with a condition in the Common Expression Language.

They see numbers about a pair, never words, and stand under the same guards as ours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from string import Formatter
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from core.content.template_model import Relation
from core.content.texts import Content, Label, Line, Words, all_texts
from core.content.tone import forbidden_words
from core.errors import InvalidInput
from core.model.suggestions import Channel, RuleId
from core.rules.measures import SAMPLE, measures
from core.rules.rule import BOTH, MANAGER, REPORT, Finding, Rule, Step
from core.rules.seen import Seen
from core.rules.values import Value

LONGEST: Final = 500
"""Characters of a condition."""
MOST: Final = 50
"""Rules of a company."""
AUDIENCES: Final = {"both": BOTH, "manager": MANAGER, "report": REPORT}
# What CEL itself makes of macros and of `in` begins with @.
FUNCTIONS: Final = frozenset(
    "_&&_ _||_ !_ _==_ _!=_ _<_ _<=_ _>_ _>=_ _+_ _-_ _*_ _/_ _%_ -_ _?_:_ _[_] size "
    "contains startsWith endsWith double int".split()
)
MACROS: Final = re.compile(r"\.\s*(?:filter|exists|exists_one|all|map)\s*\(")
PART: Final = re.compile(r"\.\s*([A-Za-z_]\w*)\b(?!\s*\()")
STRING: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
TALK_FIELDS: Final = frozenset({"days_ago", "minutes", "held", "moved"})
HEADER: Final = re.compile(r"^\s*\[\[\s*rule\s*\]\]")


class CompanyRule(Content):
    """One rule as a company writes it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    name: Label
    when: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    to: Literal["both", "manager", "report"]
    channel: Channel = Channel.BRIEF
    step: Step = Step.READ_ONLY
    min_held: Annotated[int, Field(ge=0, le=50)] = 0
    cooldown_days: Annotated[int, Field(ge=28, le=730)] = 28
    relations: Annotated[tuple[Relation, ...], Field(min_length=1)] = (Relation.REPORT,)
    text: Words
    why: Label
    source: Line


class CompanyRulesFile(Content):
    """A file of them."""

    version: Literal[1]
    rule: Annotated[tuple[CompanyRule, ...], Field(max_length=MOST)] = ()


def read_rules(text: str) -> tuple[Rule, ...]:
    """Return the rules of a file. Raise InvalidInput with the line of everything that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise InvalidInput(f"this is not TOML: {err}") from err
    try:
        found = CompanyRulesFile.model_validate(data).rule
    except ValidationError as err:
        lines = [_wrong(text, e["loc"], e["msg"]) for e in err.errors(include_url=False)]
        raise InvalidInput("\n".join(lines)) from err
    wrong = [problem for n, rule in enumerate(found) for problem in _problems(text, n, rule)]
    ids = [rule.id for rule in found]
    wrong += [
        _wrong(text, ("rule", n, "id"), f"{name!r} stands twice")
        for n, name in enumerate(ids)
        if name in ids[:n]
    ]
    if wrong:
        raise InvalidInput("\n".join(wrong))
    return tuple(_rule(rule) for rule in found)


def _problems(text: str, number: int, rule: CompanyRule) -> Iterator[str]:
    for message in _condition_problems(rule.when):
        yield _wrong(text, ("rule", number, "when"), message)
    for field, words in (("text", rule.text), ("why", rule.why), ("name", rule.name)):
        for locale, said in all_texts(words):
            key = {"de": "de_du", "de-Sie": "de_sie"}.get(locale, locale)
            key = locale if isinstance(words, Label) else key
            for message in _text_problems(said, locale):
                yield _wrong(text, ("rule", number, field, key), message)


def _compiled(when: str) -> Any:
    """Read a condition. Raise ValueError where it is none."""
    # It brings a terminal's whole toolkit along: only a company with own rules pays for that.
    import cel

    return cel.compile(when)


def _condition_problems(when: str) -> Iterator[str]:
    try:
        program = _compiled(when)
    except ValueError as err:
        yield f"the condition cannot be read: {_short(err)}"
        return
    if len(MACROS.findall(when)) > 2:
        yield "a condition goes through a list at most twice"
        return
    bound = set(re.findall(r"\(\s*([a-z_]\w*)\s*,", when))
    unknown = [name for name in program.variables() if name not in SAMPLE and name not in bound]
    yield from (f"{name} is not known: {_names()}" for name in unknown)
    strange = [n for n in program.functions() if n not in FUNCTIONS and not n.startswith("@")]
    yield from (f"{name}() cannot be used here" for name in strange)
    fields = set(PART.findall(STRING.sub("", when))) - TALK_FIELDS
    yield from (f".{name} is not known: a talk has {', '.join(TALK_FIELDS)}" for name in fields)
    if unknown or strange or fields:
        return
    try:
        result = program.execute(dict(SAMPLE))
    except (ValueError, TypeError, RuntimeError, LookupError, ArithmeticError) as err:
        yield f"the condition cannot be worked out: {_short(err)}"
        return
    if not isinstance(result, bool):
        yield f"the condition gives {result!r}, not true or false"


def _names() -> str:
    return "conditions may use " + ", ".join(sorted(SAMPLE))


def _text_problems(said: str, locale: str) -> Iterator[str]:
    for word in forbidden_words(said, locale):
        yield f"{word!r} judges or presses: offer instead"
    try:
        names = [name for _, name, _, _ in Formatter().parse(said) if name is not None]
    except ValueError as err:
        yield f"a brace is not closed: {err}"
        return
    for name in names:
        if not isinstance(SAMPLE.get(name), int) or isinstance(SAMPLE.get(name), bool):
            yield f"{{{name}}} is no number that a text may show"


def _rule(rule: CompanyRule) -> Rule:
    program = _compiled(rule.when)

    def condition(seen: Seen) -> Finding | None:
        known = measures(seen)
        try:
            holds = program.execute(dict(known)) is True
        except (ValueError, TypeError, RuntimeError, LookupError, ArithmeticError):
            # Such as a division by a number that is nothing for this pair: no finding.
            return None
        return Finding(data=_shown(rule, known)) if holds else None

    return Rule(
        rule_id=RuleId(f"C-{rule.id}"),
        condition=condition,
        audience=AUDIENCES[rule.to],
        channel=rule.channel,
        step=rule.step,
        min_data=rule.min_held,
        cooldown=timedelta(days=rule.cooldown_days),
        relations=frozenset(rule.relations),
        name=rule.name,
        texts={"offer": rule.text},
        why=rule.why,
        evidence=Label(de="Eine Regel der eigenen Firma.", en="A rule of your own company."),
        source=rule.source,
    )


def _shown(rule: CompanyRule, known: Mapping[str, object]) -> dict[str, Value]:
    """Return the numbers that the rule reads or shows."""
    used = set(_compiled(rule.when).variables())
    for words in (rule.text, rule.why):
        for _, said in all_texts(words):
            used |= {name for _, name, _, _ in Formatter().parse(said) if name}
    return {
        name: value
        for name, value in known.items()
        if name in used and isinstance(value, int) and not isinstance(value, bool)
    }


def _wrong(text: str, where: tuple[int | str, ...], message: str) -> str:
    rest = ".".join(str(part) for part in where if part != "rule" and not isinstance(part, int))
    return f"line {line_of(text, where)}: {rest or 'rule'}: {message}"


def line_of(text: str, where: tuple[int | str, ...]) -> int:
    """Return the line of a field in a file of rules: of its key, else of its rule's heading."""
    lines = text.splitlines()
    number = next((part for part in where if isinstance(part, int)), None)
    names = [part for part in where if isinstance(part, str) and part != "rule"]
    starts = [n for n, line in enumerate(lines, start=1) if HEADER.match(line)]
    if number is None or number >= len(starts):
        first, end = 1, starts[0] if starts else len(lines) + 1
    else:
        first = starts[number]
        end = starts[number + 1] if number + 1 < len(starts) else len(lines) + 1
    for count in range(len(names), 0, -1):
        key = re.compile(r"^\s*" + r"\s*\.\s*".join(map(re.escape, names[:count])) + r"\s*[.=]")
        for n in range(first, end):
            if key.match(lines[n - 1]):
                return n
    return first


def _short(err: Exception) -> str:
    lines = [line.strip() for line in str(err).splitlines() if line.strip()]
    return next((line for line in lines if "ERROR" in line), lines[0] if lines else "")[:300]
