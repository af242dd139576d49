"""What lines can mean in this merge: names, headings, our own words; each text is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from core.body.beside import words_beside
from core.body.due_words import today
from core.body.headings import ALL, EITHER_SIGN, known_headings
from core.body.lines import Line
from core.body.markers import Marks, marks_of
from core.body.placeholder import beside_placeholder
from core.body.promise import Promise, names_of, promise_of
from core.body.remembered import remembered
from core.body.shown import entry_words, in_block, style_for
from core.body.values import Setting
from core.body.words import bare, bared, key
from core.model.agenda import Agenda, Entry, Section, TalkingPoint, Visibility

BOX: Final = "[ ] "
HIDDEN_MARK: Final = "!! "
_COUNT: Final = re.compile(r"(?<=\S)\s*\(\d{1,3}\s?[×x]\)$")
_COUNT_ALONE: Final = re.compile(r"\(\d{1,3}\s?[×x]\)")
_EITHER: Final = re.compile(rf"(?:{EITHER_SIGN}|\?|<->|↔)\s*(?:oder|or)\s*:\s*", re.IGNORECASE)
_BARE_EITHER: Final = re.compile(r"\S{0,4}\s*(?:oder|or)\s*:\s*", re.IGNORECASE)
_PROMPTS: Final = tuple(w.prompt.rstrip(":").casefold() for w in ALL)
_ASKED: Final = tuple(tuple(re.findall(r"\w+", prompt)) for prompt in _PROMPTS)
_AROUND: Final = '*_>|#"•·-‐–— '
"""What clients and quotes put in front of our own lines."""
_BOXES: Final = "[［☐☑☒✔✓✅"
_LONGEST: Final = 200
"""In a longer line more than one of ours ran together."""
_HIDDEN: Final = tuple(words.hidden for words in ALL)


class Lexicon:
    """Reads texts for one merge, each distinct one once."""

    def __init__(self, setting: Setting, agendas: Iterable[Agenda | None]) -> None:
        self.setting = setting
        self.style = style_for(
            setting.locale,
            setting.other_locale,
            setting.people,
            None,
            setting.exposure,
        )
        owners = [e.owner for a in agendas if a for s in a.sections for e in s.entries]
        self.names = names_of(setting.people, tuple(dict.fromkeys(owners)))
        self.today = today(setting.now, setting.zone)
        self._marks: dict[str, Marks] = {}
        self._plain: dict[str, Marks] = {}
        self._entries: dict[int, tuple[Entry, str, list[str]]] = {}
        """Line and keys of entries, by identity: they are asked for again and again."""
        self._keys: dict[str, str] = {}
        self._rows: dict[str, str] = {}
        self._letters: dict[str, str] = {}
        self._promises: dict[tuple[str, bool], Promise] = {}
        self.hidden_keys = frozenset(self.key(words) for words in _HIDDEN)

    def marks(self, line: Line) -> Marks:
        """Read a line's signs; what is struck through counts as ticked."""
        found = self._marks.get(line.text) or self.marks_of_line(line.text)
        if line.struck and found.words:
            return found._replace(ticked=True)
        return found

    def marks_of_line(self, text: str) -> Marks:
        """Read the signs of a whole line's text; a placeholder in it is one in any language."""
        found = self._marks.get(text)
        if found is None:
            found = self._marks[text] = self._read(text)
        return found

    def _read(self, text: str) -> Marks:
        found = self.marks_in(text)
        rest = beside_placeholder(found.words)
        if rest is not None:
            return found._replace(words=f"{_HIDDEN[0]} {rest}".rstrip(), hidden=False)
        return found

    def marks_in(self, text: str) -> Marks:
        """Read the signs of a text."""
        found = self._plain.get(text)
        if found is None:
            found = self._plain[text] = marks_of(text)
        return found

    def key(self, text: str) -> str:
        """Return what identifies a line's words."""
        found = self._keys.get(text)
        if found is None:
            found = self._keys[text] = key(self.named(text))
        return found

    def named(self, text: str) -> str:
        """Return a line with the name that we use, where another one of that person's leads."""
        lead, colon, rest = text.partition(":")
        name = self.names.aliases.get(lead.strip().casefold()) if colon else None
        return text if name is None else f"{name}:{rest}"

    def row_key(self, line: Line) -> str:
        """Return what identifies a line whatever signs stand around its words."""
        found = self._rows.get(line.text)
        if found is None:
            words = self.marks(line).words or line.text
            found = self.key(_HIDDEN[0] if words.startswith(_HIDDEN[0]) else words)
            self._rows[line.text] = found
        return found

    def letters(self, text: str) -> str:
        """Return what identifies a heading."""
        found = self._letters.get(text)
        if found is None:
            found = self._letters[text] = heading_letters(text)
        return found

    def line_key(self, words: str, marks: Marks) -> str:
        """Return what identifies a line: marked as confidential it is another than without."""
        return HIDDEN_MARK + self.key(words) if marks.hidden else self.key(words)

    def promise(self, words: str, *, agreed: bool) -> Promise:
        """Understand a line's words as an action item, where they are one."""
        found = self._promises.get((words, agreed))
        if found is None:
            found = promise_of(words, self.names, self.today, agreed=agreed)
            self._promises[words, agreed] = found
        return found

    def line_words(self, entry: Entry) -> str:
        """Return an entry's line without its box."""
        return self._of_entry(entry)[1]

    def entry_keys(self, entry: Entry) -> list[str]:
        """Return all the ways in which an entry's line may read."""
        return list(self._of_entry(entry)[2])

    def _of_entry(self, entry: Entry) -> tuple[Entry, str, list[str]]:
        found = self._entries.get(id(entry))
        if found is None:
            words = entry_words(entry, self.style)
            found = self._entries[id(entry)] = (entry, words, self._keys_of_entry(entry, words))
        return found

    def _keys_of_entry(self, entry: Entry, words: str) -> list[str]:
        if not in_block(entry):
            return []
        if isinstance(entry, TalkingPoint) and entry.visibility is Visibility.SENSITIVE:
            return [self.key(_HIDDEN[0])]
        texts = (words,) if words == entry.text else (words, entry.text)
        return list(dict.fromkeys(map(self.words_key, texts)))

    def keys_of(self, words: str, marks: Marks) -> list[str]:
        """Return what a line may be known by: all its words, and those without its count."""
        if words.startswith(_HIDDEN[0]):
            return [self.key(_HIDDEN[0])]
        whole, plain = self.line_key(words, marks), without_count(words)
        return [whole] if plain == words else [whole, self.line_key(plain, marks)]

    def words_key(self, text: str) -> str:
        """Return what identifies words that stand behind a box."""
        return self.key(self.marks_in(BOX + text).words)

    def beside_hidden(self, words: str) -> str | None:
        """Return what stands behind a placeholder in a line's words; None: it holds none."""
        if not words.startswith(_HIDDEN[0]):
            return None
        return words.removeprefix(_HIDDEN[0])

    def is_hidden(self, words: str) -> bool:
        """Tell whether these are a placeholder's words."""
        return self.key(words) in self.hidden_keys


def without_count(text: str) -> str:
    """Return words without the count of meetings that they have travelled through."""
    return _COUNT.sub("", text) if text.endswith(")") else text


def is_count(text: str) -> bool:
    """Tell whether a text is nothing but that count."""
    return _COUNT_ALONE.fullmatch(text) is not None


@remembered
def prompt_rest(text: str) -> str | None:
    """Return what stands beside the prompt in its line; None: the line is no prompt."""
    if text[:1] in _BOXES or not _may_prompt(text):
        return None
    rest = bared(text).lstrip(_AROUND)
    behind = _behind_prompt(rest)
    if behind is None:
        return _beside_prompt(rest)
    again = _behind_prompt(behind)
    again = _beside_prompt(behind) if again is None else again
    return behind if again is None else again


def begins_prompt(text: str) -> bool:
    """Tell whether a line begins with the prompt."""
    return _may_prompt(text) and _behind_prompt(bared(text).lstrip(_AROUND)) is not None


def _may_prompt(text: str) -> bool:
    """Tell whether a prompt may stand in a line: asked of every line, and seldom so."""
    low = text.casefold()
    return "darunter" in low or "below" in low or not text.isprintable()


def _beside_prompt(text: str) -> str | None:
    """Return what somebody typed into the prompt, in one language or in both."""
    low = text.casefold()
    if not _may_prompt(text) or low[0] in _BOXES or len(low) > _LONGEST:
        return None
    found: str | None = None
    for words in _ASKED:
        beside = words_beside(text if found is None else found, words)
        found = found if beside is None else beside
    return found


def _behind_prompt(text: str) -> str | None:
    """Return what stands behind the prompt with which a text begins."""
    low = text.casefold()
    if not low.startswith(_PROMPTS):
        return None
    prompt = next(p for p in _PROMPTS if low.startswith(p))
    return text[len(prompt) :].lstrip(":：*_ ").removeprefix("/ ")


def is_sign(text: str) -> bool:
    """Tell whether a line is only a fence's sign, cut off by a line end, or nothing to be seen."""
    return not bared(text).strip("▲▼ ") or text in ("&nbsp;", "&nbsp")


def either_rest(text: str) -> str | None:
    """Return the second wording that a line holds; None: it is no such line."""
    found = _EITHER.match(text)
    return text[found.end() :] if found else None


def bare_either(text: str) -> str:
    """Return what stands behind "or:" in a line that lost the sign in front of it; else nothing."""
    found = _BARE_EITHER.match(text)
    return text[found.end() :] if found else ""


def heading_keys(sections: Sequence[Section], setting: Setting) -> dict[str, list[int]]:
    """Return which sections a heading's letters may name."""
    found: dict[str, list[int]] = {}
    for n, section in enumerate(sections):
        for words in known_headings(section, setting.people):
            for letters in {heading_letters(words), heading_letters(marks_of(words).words)}:
                places = found.setdefault(letters, [])
                if letters and n not in places:
                    places.append(n)
    return found


@remembered
def heading_letters(words: str) -> str:
    """Return what identifies a heading, whatever signs stand around it."""
    return bare(words) or key(words)
