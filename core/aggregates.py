"""Shares of groups from which nobody can tell a person, alone or by subtracting one from another.

A group has at least K people, each person is in one group only, there is no total, and a share is
rounded and never says "all" or "nobody". So no difference of two figures is about few people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

K: Final = 8
STEP: Final = 5
"""Shares are rounded to so many in a hundred."""


def shares(people: Iterable[tuple[str, str, bool]]) -> Mapping[str, int]:
    """Return the share of each group in which something is so, by name.

    `people` are person, group and whether it is so; somebody who is said twice or to be in two
    groups is left out, and so is a group of fewer than K.
    """
    said: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for person, group, is_so in people:
        said[person].add((group, is_so))
    groups: dict[str, list[bool]] = defaultdict(list)
    for found in said.values():
        if len(found) == 1:
            group, is_so = next(iter(found))
            groups[group].append(is_so)
    return {
        name: rounded(sum(members), len(members))
        for name, members in sorted(groups.items())
        if name and len(members) >= K
    }


def rounded(some: int, every: int) -> int:
    """Return a share in a hundred, between one step and a hundred less one step."""
    nearest = STEP * round(100 * some / every / STEP)
    return min(100 - STEP, max(STEP, nearest))
