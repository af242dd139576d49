"""Which of our sections a base's section is: by heading and entries, by one of them, by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from core.model.agenda import Section, SectionKind, entry_id


class Alike:
    """Finds a base's sections among ours, each once."""

    def __init__(self, ours: Sequence[tuple[Section, Sequence[str]]]) -> None:
        """`ours`: each section with the ids of its entries."""
        self.ours = [section for section, _ in ours]
        self.home = {name: n for n, (_, ids) in enumerate(ours) for name in ids}
        self.headed: dict[Hashable, list[int]] = defaultdict(list)
        self.of_kind: dict[Hashable, list[int]] = defaultdict(list)
        for n, section in enumerate(self.ours):
            self.headed[_head(section)].append(n)
            self.of_kind[_kind(section)].append(n)
        self.taken: set[int] = set()

    def places(self, sections: Sequence[Section]) -> dict[int, int]:
        """Return where each of these sections is; one that is not found is left out."""
        found: dict[int, int] = {}
        for alike in (self._same_still, self._titled_like, self._holding_most, self._of_same_kind):
            for n, section in enumerate(sections):
                at = None if n in found else alike(section)
                if at is not None:
                    found[n] = at
                    self.taken.add(at)
        return found

    def _same_still(self, section: Section) -> int | None:
        """Return the section that has its heading and some of its entries."""
        head = _head(section)
        return min((n for n in self._holding(section) if _head(self.ours[n]) == head), default=None)

    def _titled_like(self, section: Section) -> int | None:
        return self._first(self.headed.get(_head(section), ()))

    def _holding_most(self, section: Section) -> int | None:
        """Return the section that holds the most of its entries."""
        held = self._holding(section)
        return min(held, key=lambda n: (-held[n], n), default=None)

    def _of_same_kind(self, section: Section) -> int | None:
        if section.kind is SectionKind.TOPIC:
            return None
        return self._first(self.of_kind.get(_kind(section), ()))

    def _first(self, places: Sequence[int]) -> int | None:
        return next((n for n in places if n not in self.taken), None)

    def _holding(self, section: Section) -> Counter[int]:
        """Count its entries in the sections of its kind where they are now."""
        homes = (self.home.get(entry_id(entry)) for entry in section.entries)
        held = Counter(n for n in homes if n is not None and n not in self.taken)
        kind = _kind(section)
        return Counter({n: count for n, count in held.items() if _kind(self.ours[n]) == kind})


def _kind(section: Section) -> Hashable:
    return section.kind, section.owner


def _head(section: Section) -> Hashable:
    return section.kind, section.owner, section.title, section.titles
