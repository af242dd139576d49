"""A suggestion in somebody's language: numbers, times and names put into its words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date, format_datetime

from core.content.texts import Words, text_for
from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.rule import Rule
from core.rules.values import Every, Facts, Value, known

_NUMBERS: Final = {
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
    "en": "zero one two three four five six seven eight nine ten eleven twelve".split(),
}
_SPANS: Final = {
    "de": {1: ("Tag", "Tage"), 7: ("Woche", "Wochen")},
    "en": {1: ("day", "days"), 7: ("week", "weeks")},
}


def say(rule: Rule, suggestion: Suggestion, side: Side, locale: str) -> str:
    """Return what one of the two reads."""
    return filled(rule.words(suggestion.variant, side), known(suggestion.facts), locale)


def say_why(rule: Rule, suggestion: Suggestion, locale: str) -> str:
    """Return the data that the rule used, and what it rests on."""
    data = filled(rule.why, known(suggestion.facts), locale)
    return f"{data} {text_for(rule.evidence, locale)} ({rule.source})"


def filled(words: Words, data: Facts, locale: str) -> str:
    """Return words with their data in this locale."""
    said = {name: _said(value, locale) for name, value in data.items()}
    text = text_for(words, locale).format_map(said)
    return text[:1].upper() + text[1:]


def _said(value: Value, locale: str) -> str:
    language = "de" if locale.lower().startswith("de") else "en"
    match value:
        case Every(interval):
            return _rhythm(interval, language)
        case timedelta():
            return _span(value, language)
        case datetime():
            return format_datetime(
                value,
                "EEEE, d. MMMM, HH:mm" if language == "de" else "EEEE d MMMM, HH:mm",
                locale=language,
            )
        case date():
            return format_date(value, "long", locale=language)
        case int():
            return _number(value, language)
        case _:
            return value


def _number(value: int, language: str) -> str:
    names = _NUMBERS[language]
    if value == 1 and language == "de":
        return "eins"
    return names[value] if 0 <= value < len(names) else str(value)


def _counted(value: timedelta) -> tuple[int, int]:
    """Return how many, and of how many days: whole weeks from ten days on."""
    unit = 7 if value.days >= 10 or value.days == 7 else 1
    return max(1, round(value / timedelta(days=unit))), unit


def _span(value: timedelta, language: str) -> str:
    count, unit = _counted(value)
    one, many = _SPANS[language][unit]
    if count > 1:
        return f"{_number(count, language)} {many}"
    article = {"Tag": "ein", "Woche": "eine"}.get(one, "one")
    return f"{article} {one}"


def _rhythm(interval: timedelta, language: str) -> str:
    count, unit = _counted(interval)
    one, many = _SPANS[language][unit]
    if count > 1:
        return f"{'alle' if language == 'de' else 'every'} {_number(count, language)} {many}"
    each = {"Tag": "jeden", "Woche": "jede"}.get(one, "every")
    return f"{each} {one}"
