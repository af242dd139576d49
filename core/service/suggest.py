"""What the rules offer to a pair: planned by the engine, shown, taken, put away or muted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.content.texts import text_for
from core.errors import NotFound
from core.model.actions import Happening
from core.model.people import Pair, PairId, Person
from core.model.suggestions import (
    Channel,
    Mute,
    RuleId,
    Suggestion,
    SuggestionId,
    SuggestionState,
)
from core.rules.facts import History
from core.rules.rule import Rule
from core.rules.speech import say, say_why
from core.rules.suggest import suggest
from core.service.hr_facts import extra_of
from core.service.neighbours import look_around
from core.service.plans import live_pairs
from core.service.rule_book import RuleBook, rule_book
from core.service.services import Services
from core.service.settings import pair_settings, read_locale
from core.service.snapshot import history_of
from core.store import Transaction

FRESH = timedelta(days=14)
"""How long an offer without a meeting is shown."""
WAITING = (SuggestionState.OFFERED, SuggestionState.SHOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A suggestion as one person sees it."""

    suggestion_id: SuggestionId
    rule_id: RuleId
    text: str
    step: str
    """What "yes" opens; see core.rules.rule.Step."""
    subject: str
    """Id of what it is about: a point, goal, template or topic."""
    channel: Channel
    meeting: datetime | None
    state: SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The answer to "why am I seeing this?"."""

    rule_id: RuleId
    name: str
    text: str
    """What was looked at, in words."""
    evidence: str
    source: str
    facts: tuple[tuple[str, str], ...]
    """The data that was used, by name: numbers and days, never anybody's words."""
    audience: tuple[str, ...]
    """Addresses of who sees it."""


def plan_team(services: Services, manager: str, now: datetime) -> tuple[Suggestion, ...]:
    """Offer what the rules suggest to one manager's pairs; return what is new.

    What was offered is part of what the rules see: the same state twice offers nothing twice.
    """
    look_around(services, manager, now)
    with services.store.transaction() as tx:
        book = rule_book(tx)
        found = suggest(
            histories(tx, manager, now),
            now,
            switches=book.switches,
            own_rules=book.own,
        )
        fresh = [s for s in found if tx.noun(Suggestion, s.suggestion_id) is None]
        for pair in live_pairs(tx, now.date()) if fresh else ():
            if tx.pair(pair.pair_id) is None and any(s.pair_id == pair.pair_id for s in fresh):
                tx.put_pair(pair)
        for suggestion in fresh:
            tx.put_noun(suggestion)
            tx.record(Happening(at=now, name="suggestion.offered", subject=suggestion.pair_id))
    return tuple(fresh)


def histories(tx: Transaction, manager: str, now: datetime) -> list[History]:
    """Return what the rules see of every live pair of a manager."""
    return _histories(tx, [p for p in live_pairs(tx, now.date()) if p.manager == manager], now)


def all_histories(tx: Transaction, now: datetime) -> list[list[History]]:
    """Return what the rules see of every live pair, by manager."""
    live = live_pairs(tx, now.date())
    managers = sorted({pair.manager for pair in live})
    return [_histories(tx, [p for p in live if p.manager == m], now) for m in managers]


def _histories(tx: Transaction, pairs: Sequence[Pair], now: datetime) -> list[History]:
    first = tx.happenings(limit=1)
    installed_on = (first[0][1].at if first else now).date()
    names = {person.address: person.name for person in tx.people() if person.name}
    found = []
    for pair in pairs:
        others = frozenset(n for address, n in names.items() if address not in pair.addresses)
        extra = replace(extra_of(tx, pair), colleagues=others)
        found.append(history_of(tx, pair, now, installed_on=installed_on, extra=extra))
    return found


def suggestions_for(
    services: Services, pair_id: PairId, person: str, now: datetime
) -> tuple[Shown, ...]:
    """Return what one of the two may see now, newest first, and note that it was shown."""
    with services.store.transaction() as tx:
        book, locale = rule_book(tx), _locale(services, tx, pair_id, person)
        pair = tx.pair(pair_id)
        mine = [s for s in tx.nouns(Suggestion, pair_id) if _is_for(s, person, now)]
        shown = []
        for suggestion in sorted(mine, key=lambda s: (s.at, s.suggestion_id), reverse=True):
            rule = book.find(suggestion.rule_id)
            if rule is None or pair is None:
                continue
            if suggestion.state is SuggestionState.OFFERED:
                tx.put_noun(replace(suggestion, state=SuggestionState.SHOWN))
            shown.append(_shown(rule, suggestion, pair, person, locale))
    return tuple(shown)


def _is_for(suggestion: Suggestion, person: str, now: datetime) -> bool:
    if person not in suggestion.to or suggestion.state not in WAITING:
        return False
    ends = suggestion.meeting or suggestion.at + FRESH
    return suggestion.at <= now <= ends


def _shown(rule: Rule, suggestion: Suggestion, pair: Pair, person: str, locale: str) -> Shown:
    side = pair.side(person)
    assert side is not None
    return Shown(
        suggestion_id=suggestion.suggestion_id,
        rule_id=suggestion.rule_id,
        text=say(rule, suggestion, side, locale),
        step=rule.step.value,
        subject=suggestion.subject,
        channel=suggestion.channel,
        meeting=suggestion.meeting,
        state=suggestion.state,
    )


def why(services: Services, suggestion_id: SuggestionId, person: str) -> Reason:
    """Say what a suggestion rests on. Raise NotFound for anybody whom it was not made for."""
    with services.store.transaction() as tx:
        suggestion = _mine(tx, suggestion_id, person)
        rule = _rule(rule_book(tx), suggestion)
        locale = _locale(services, tx, suggestion.pair_id, person)
    return Reason(
        rule_id=suggestion.rule_id,
        name=text_for(rule.name, locale),
        text=say_why(rule, suggestion, locale),
        evidence=text_for(rule.evidence, locale),
        source=rule.source,
        facts=tuple((fact.name, fact.value) for fact in suggestion.facts),
        audience=suggestion.to,
    )


def take(services: Services, suggestion_id: SuggestionId, *, by: str, now: datetime) -> Suggestion:
    """Note that somebody takes it up: the page or card opens its step. Raise NotFound."""
    return _answer(services, suggestion_id, SuggestionState.TAKEN, by, now)


def put_away(
    services: Services, suggestion_id: SuggestionId, *, by: str, now: datetime
) -> Suggestion:
    """Note "not this time". Raise NotFound."""
    return _answer(services, suggestion_id, SuggestionState.LEFT, by, now)


def mute(services: Services, suggestion_id: SuggestionId, *, by: str, now: datetime) -> Suggestion:
    """Note "not for us": the rule is silent for this pair from now on. Raise NotFound."""
    return _answer(services, suggestion_id, SuggestionState.MUTED, by, now)


def _answer(
    services: Services,
    suggestion_id: SuggestionId,
    state: SuggestionState,
    by: str,
    now: datetime,
) -> Suggestion:
    with services.store.transaction() as tx:
        suggestion = _mine(tx, suggestion_id, by)
        if suggestion.state is state:
            return suggestion
        answered = replace(suggestion, state=state, answered_by=by, answered_at=now)
        tx.put_noun(answered)
        if state is SuggestionState.MUTED:
            _mute(tx, suggestion.pair_id, suggestion.rule_id, by, now)
        tx.record(Happening(at=now, name=f"suggestion.{state}", subject=suggestion.pair_id, by=by))
    return answered


def mute_rule(
    services: Services, pair_id: PairId, rule_id: RuleId, *, by: str, now: datetime
) -> None:
    """Silence a rule for a pair, or for the pair alone what it never said. Raise NotFound."""
    with services.store.transaction() as tx:
        _known_pair(tx, pair_id, by)
        if rule_book(tx).find(rule_id) is None:
            raise NotFound(f"no rule {rule_id}: `vieraugen rules list` shows them")
        _mute(tx, pair_id, rule_id, by, now)


def unmute_rule(services: Services, pair_id: PairId, rule_id: RuleId, *, by: str) -> None:
    """Let a rule speak to a pair again; twice is once. Raise NotFound."""
    with services.store.transaction() as tx:
        _known_pair(tx, pair_id, by)
        tx.remove_noun(Mute, f"{pair_id}|{rule_id}")


def _mute(tx: Transaction, pair_id: PairId, rule_id: RuleId, by: str, now: datetime) -> None:
    tx.put_noun(Mute(pair_id=pair_id, rule_id=rule_id, by=by, at=now))


def _known_pair(tx: Transaction, pair_id: PairId, by: str) -> Pair:
    pair = tx.pair(pair_id)
    if pair is None or by not in pair.addresses:
        raise NotFound("there is no such pair, or you are not one of the two")
    return pair


def _mine(tx: Transaction, suggestion_id: SuggestionId, person: str) -> Suggestion:
    found = tx.noun(Suggestion, suggestion_id)
    if found is None or person not in found.to:
        raise NotFound(f"no suggestion {suggestion_id} for {person}")
    return found


def _rule(book: RuleBook, suggestion: Suggestion) -> Rule:
    rule = book.find(suggestion.rule_id)
    if rule is None:
        raise NotFound(f"the company's rule {suggestion.rule_id} is gone")
    return rule


def _locale(services: Services, tx: Transaction, pair_id: PairId, person: str) -> str:
    known = tx.person(person) or Person(address=person, locale=services.default_locale)
    return read_locale(known, pair_settings(tx, pair_id))
