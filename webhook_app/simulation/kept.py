"""What is promised to people, checked on a play: what a works council reads first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.rules.facts import Switches
from core.rules.guards import is_on
from core.rules.registry import built_in
from core.rules.rule import COOLDOWN
from webhook_app.simulation.habits import is_away
from webhook_app.simulation.play import Play, Played
from webhook_app.simulation.sums import sums_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One promise, and what this play says of it."""

    name: str
    """Its words in webhook_app.simulation.words: `kept_...`."""
    limit: int
    found: int
    at_least: bool = False
    """The found number is to be the limit at least, not at most."""

    @property
    def holds(self) -> bool:
        """Whether the play kept it."""
        return self.found >= self.limit if self.at_least else self.found <= self.limit


def kept_in(play: Play) -> tuple[Kept, ...]:
    """Return every promise with its number in this play."""
    reading = sum(rule.reads_text and is_on(rule, Switches()) for rule in built_in())
    return (
        Kept(name="others", limit=0, found=sum(map(_to_others, play.pairs))),
        Kept(name="away", limit=0, found=sum(_to_absent(play, pair) for pair in play.pairs)),
        Kept(name="talk", limit=1, found=max(map(_most_a_talk, play.pairs), default=0)),
        Kept(name="week", limit=2, found=sums_of(play).most_to_a_manager_in_a_week),
        Kept(
            name="again",
            limit=COOLDOWN.days,
            found=min((n for p in play.pairs for n in _pauses(p)), default=COOLDOWN.days),
            at_least=True,
        ),
        Kept(name="words", limit=0, found=reading),
    )


def _to_others(pair: Played) -> int:
    two = {pair.couple.manager.address, pair.couple.report.address}
    return sum(not set(said.to) <= two for said in pair.said)


def _to_absent(play: Play, pair: Played) -> int:
    """Count what reached the report during a leave."""
    return sum(
        pair.couple.report.address in said.to
        and is_away(pair.couple, (said.at - play.began).days // 7)
        for said in pair.said
    )


def _most_a_talk(pair: Played) -> int:
    talks = [said.meeting for said in pair.said if said.meeting is not None]
    return max((talks.count(talk) for talk in set(talks)), default=0)


def _pauses(pair: Played) -> Iterator[int]:
    """Yield the days between two words of one rule to one pair."""
    for rule_id in {said.rule_id for said in pair.said}:
        days = sorted(said.at for said in pair.said if said.rule_id == rule_id)
        yield from ((later - earlier).days for earlier, later in pairwise(days))
