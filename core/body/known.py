"""What a copy's lines may be, by the agenda that we know: entries, notes, headings, our words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.body.lexicon import (
    HIDDEN_MARK,
    Lexicon,
    either_rest,
    prompt_rest,
)
from core.body.lines import Line
from core.body.own_lines import own_rest
from core.body.rows import NOWHERE, Texts
from core.model.agenda import Agenda, Entry, TalkingPoint, Visibility, entry_id


def entries_of(agenda: Agenda | None) -> dict[str, Entry]:
    """Return an agenda's entries by id."""
    if agenda is None:
        return {}
    return {entry_id(e): e for s in agenda.sections for e in s.entries}


def all_keys(entry: Entry, lexicon: Lexicon) -> list[str]:
    """Return all the ways in which an entry's line may read, its hidden words included.

    A confidential point's words stand there as they are where a host puts an older text back.
    """
    keys = lexicon.entry_keys(entry)
    if keys and isinstance(entry, TalkingPoint) and entry.visibility is Visibility.SENSITIVE:
        words = lexicon.words_key(entry.text)
        promised = lexicon.key(lexicon.promise(entry.text, agreed=True).text)
        keys += [HIDDEN_MARK + words, *(k for k in dict.fromkeys((words, promised)) if k)]
    return keys


def texts_of(
    entries: Iterable[Entry],
    shown: Iterable[tuple[str, str]],
    headings: Mapping[str, Sequence[int]],
    home: Mapping[str, int],
    lexicon: Lexicon,
) -> Texts:
    """Collect what may stand in a block; `shown` are (key, entry id) of a base's own lines."""
    keys: dict[str, int] = {}
    notes: set[str] = set()
    for entry in entries:
        at = home.get(entry_id(entry), NOWHERE)
        for known in all_keys(entry, lexicon):
            keys.setdefault(known, at)
        for note in filter(None, (*entry.notes, entry.other_wording)):
            notes |= {lexicon.key(note), lexicon.key(lexicon.marks_in(note).words)}
    for known, name in shown:
        keys.setdefault(known, home[name])
    return Texts(headings=headings, entries=keys, notes=notes)


_SHORT = 4
"""Words shorter than this stand in too many lines to say anything."""
_LONG = 10


class Knower:
    """Tells whether a line is one that we know."""

    def __init__(self, texts: Texts, lexicon: Lexicon) -> None:
        self.texts = texts
        self.lexicon = lexicon
        self._known: dict[str, bool] = {}
        """Each text is asked about once: a reader goes over the lines several times."""

    def holds(self, line: Line) -> bool:
        """Tell whether a line is one of ours, or a heading, with more words in it; or has a box."""
        if self.lexicon.marks(line).box:
            return True
        words = self.lexicon.key(line.text)
        letters = self.lexicon.letters(line.text)
        return any(len(k) >= _SHORT and k in words for k in self.texts.entries) or any(
            len(k) >= _SHORT and letters.startswith(k) for k in self.texts.headings
        )

    def goes_on(self, line: Line) -> bool:
        """Tell whether a line has a box, or an entry of ours stands or begins in it.

        Short words stand in signatures too.
        """
        if self.lexicon.marks(line).box:
            return True
        words = self.lexicon.key(either_rest(line.text) or line.text)
        begun = words.rstrip(".… ")
        known = (*self.texts.entries, *self.texts.notes)
        if len(begun) >= _LONG and any(k.startswith(begun) for k in known):
            return True
        return any((len(k) >= _LONG or " " in k) and k in words for k in known)

    def __call__(self, line: Line) -> bool:
        if line.text not in self._known:
            self._known[line.text] = self._knows(line)
        return self._known[line.text]

    def _knows(self, line: Line) -> bool:
        if (
            prompt_rest(line.text) is not None
            or own_rest(line.text, self.lexicon.setting.link) is not None
        ):
            return True
        marks = self.lexicon.marks(line)
        for words in self.lexicon.keys_of(marks.words, marks):
            if words and (words in self.texts.entries or words in self.texts.notes):
                return True
        promise = self.lexicon.promise(marks.words, agreed=False)
        if promise.marked and self.lexicon.key(promise.text) in self.texts.entries:
            return True
        # A note keeps the signs that would say something in front of an entry.
        note = either_rest(marks.words) or line.text
        noted = not marks.box and self.lexicon.key(note) in self.texts.notes
        return noted or self._is_heading(line)

    def heads(self, line: Line) -> bool:
        """Tell whether a line is a heading of ours, which a signature may be too."""
        words = self.lexicon.key(self.lexicon.marks(line).words)
        return not self.texts.knows(words) and self._is_heading(line)

    def _is_heading(self, line: Line) -> bool:
        marks = self.lexicon.marks(line)
        return not marks.box and any(
            self.lexicon.letters(words) in self.texts.headings for words in (line.text, marks.words)
        )
