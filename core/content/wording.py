"""How a question is put: closed, pressing, blaming, prying or telling."""

from __future__ import annotations

import re
from typing import Final

_FINITE: Final = {
    "de": re.compile(
        r"bist|ist|sind|seid|war|warst|waren|hast|hat|haben|hattest|hatte|hatten|"
        r"habt|habe|wirst|wird|werden|würdest|würde|würden|kannst|kann|können|"
        r"könnt|könntest|könnte|könnten|darf|darfst|dürfen|dürfte|möchtest|möchte|"
        r"möchten|magst|mag|mögen|willst|will|wollen|sollst|soll|sollen|sollte|"
        r"sollten|solltest|musst|muss|müssen|gibt|gab|gäbe|passt|passte|läuft|lief|"
        r"geht|ging|klappt|klappte|kommt|stimmt|reicht|hilft|half|fühlst|findest|"
        r"glaubst|denkst|weißt|brauchst|braucht|siehst|machst|macht"
    ),
    "en": re.compile(
        r"is|are|was|were|am|do|does|did|have|has|had|can|could|will|would|"
        r"shall|should|may|might|must|isn't|aren't|wasn't|weren't|don't|doesn't|"
        r"didn't|haven't|hasn't|can't|couldn't|won't|wouldn't|shouldn't"
    ),
}
_VERB_FIRST_GERMAN: Final = re.compile(r"^\w+(?:st du|en Sie)\b")
_CHOICE: Final = {"de": re.compile(r"\boder\b"), "en": re.compile(r"\bor\b")}
_SENTENCE_START: Final = re.compile(r"(?<=[.!?:;…])\s+")

_WHY: Final = {
    "de": r"\b(?:warum|wieso|weshalb)\s+(?:hast|bist|haben|sind|habt|kannst|machst|kommst)\b",
    "en": r"\bwhy\s+(?:did|didn['’]t|have|haven['’]t|are|aren['’]t|do|don['’]t|were|can['’]t)"
    r"\s+you\b",
}
_PRESSURE: Final = {
    "de": r"\b(?:(?:größt|schlimmst|schwächst|peinlichst|dümmst|schlechtest|stärkst|tollst)e[rsnm]?"
    r"|jemals|aller\w+st\w*)\b",
    "en": r"\b(?:biggest|worst|greatest|weakest|most\s+embarrassing|dumbest|proudest"
    r"|of\s+all\s+time|ever)\b",
}
_HEALTH: Final = {
    "de": r"\b(?:krank\w*|diagnose\w*|symptom\w*|gesundheit\w*|gesundheitlich\w*|beschwerden"
    r"|ärzt\w*|arzt\w*|therap\w*|depress\w*|burn-?out\w*|schwanger\w*|medikament\w*|psych\w*|behinder\w*"
    r"|schläfst|schlafen)\b",
    "en": r"\b(?:ill|illness\w*|sick\w*|diagnos\w*|symptom\w*|health\w*|doctor\w*"
    r"|therap\w*|depress\w*|burn-?out\w*|pregnan\w*|medicat\w*|mental|disab\w*|sleep\w*)\b",
}
_TELLING: Final = {
    "de": r"\b(?:du|ihr|sie)\s+(?:musst|müsst|müssen|solltest|solltet|sollten)\b"
    r"|^(?:mach|erledige|kümmere|schick|stell|sorge?)\b|\bbitte\s+(?:mach|erledig|kümmer|schick)\w*",
    "en": r"\byou\s+(?:should|must|need\s+to|have\s+to|ought\s+to)\b"
    r"|^make\s+sure\b|\bplease\s+(?:make|do|send|fix|finish|get)\b",
}
_BLAMING: Final = {
    "de": r"\b(?:immer\s+(?:machst|kommst|vergisst)\s+du|nie\s+(?:machst|hast|kommst)\s+du"
    r"|du\s+(?:\w+\s+)?(?:immer|nie|schon\s+wieder)|wegen\s+dir|(?:deine|ihre)\s+schuld"
    r"|du\s+bist\s+schuld|dein\s+(?:fehler|versagen))\b",
    "en": r"\b(?:you\s+(?:always|never)|your\s+(?:fault|mistake|failure)|because\s+of\s+you"
    r"|you(?:['’]ve|\s+have)\s+(?:again|once\s+more)|you\s+(?:again\s+)?forgot)\b",
}


def _language(locale: str) -> str:
    return "de" if locale.lower().startswith("de") else "en"


def _found(patterns: dict[str, str], text: str, locale: str) -> str:
    match = re.search(patterns[_language(locale)], text, re.IGNORECASE)
    return match.group(0) if match else ""


def questions_in(text: str) -> tuple[str, ...]:
    """Return the sentences that end in a question mark."""
    return tuple(s for s in _SENTENCE_START.split(text.strip()) if s.endswith("?"))


def closed_question(text: str, locale: str) -> str:
    """Return the first question that a bare yes or no would answer, else nothing."""
    language = _language(locale)
    return next((q for q in questions_in(text) if _is_closed(q, language)), "")


def _is_closed(question: str, language: str) -> bool:
    if _CHOICE[language].search(question):
        return False
    first = re.split(r"[\s,]", question.lstrip("„“\"'»«"), maxsplit=1)[0]
    if _FINITE[language].fullmatch(first.rstrip("?").lower().replace("’", "'")):
        return True
    return language == "de" and bool(_VERB_FIRST_GERMAN.match(question))


def asks_for_reasons(text: str, locale: str) -> str:
    """Return a "why did you", which sounds like an interrogation, else nothing."""
    return _found(_WHY, text, locale)


def presses(text: str, locale: str) -> str:
    """Return a superlative that puts somebody under pressure, else nothing."""
    return _found(_PRESSURE, text, locale)


def asks_about_health(text: str, locale: str) -> str:
    """Return the word with which a question pries into somebody's health, else nothing."""
    return _found(_HEALTH, text, locale) if "?" in text else ""


def tells(text: str, locale: str) -> str:
    """Return the words that tell somebody what to do, where a question would open more."""
    return _found(_TELLING, text, locale)


def blames(text: str, locale: str) -> str:
    """Return the words that lay blame on somebody, else nothing."""
    return _found(_BLAMING, text, locale)
