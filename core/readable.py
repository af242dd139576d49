"""Exported data as a page that anybody can read and print, without script or style from outside."""

from __future__ import annotations

from html import escape
from typing import Any, Final

HEAD: Final = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto}}"
    "dt{{font-weight:600;margin-top:.4rem}}dd{{margin-left:1.5rem}}li{{margin:.3rem 0}}</style>"
    "</head><body><h1>{title}</h1>"
)
WORDS: Final = {
    "de": {
        "made_at": "Erstellt am",
        "person": "Person",
        "settings": "Einstellungen",
        "pairs": "Paare",
        "series": "Reihen",
        "meetings": "Treffen",
        "sections": "Abschnitte",
        "entries": "Einträge",
        "shared_notes": "Gemeinsame Notizen",
        "own_private_notes": "Eigene private Notizen",
        "inbox": "Wartende Punkte",
        "goals": "Ziele",
        "votes": "Rückmeldungen zu Fragen",
        "suggestions": "Vorschläge",
        "recipients": "Empfänger",
        "retention": "Aufbewahrung",
        "others": "Was anderen gehört",
        "connections": "Verbindungen",
        "browsers": "Browser, in denen die eigene Seite aufgeht",
        "first_message": "Erste Nachricht",
        "personnel_system": "Aus dem Personalsystem",
        "manager_changes": "Wechsel der Führungskraft",
        "text": "Text",
        "owner": "Von",
        "state": "Stand",
        "title": "Titel",
        "start": "Beginn",
        "notes": "Notizen",
        "due": "Bis",
    }
}


def as_html(data: dict[str, Any], title: str, locale: str = "en") -> str:
    """Return data as HTML; what is empty is left out."""
    language = "de" if locale.startswith("de") else "en"
    head = HEAD.format(lang=language, title=escape(title))
    return f"{head}{_value(data, WORDS.get(language, {}))}</body></html>\n"


def _value(value: Any, words: dict[str, str]) -> str:
    if isinstance(value, dict):
        rows = (
            f"<dt>{escape(words.get(str(key), str(key).replace('_', ' ')))}</dt>"
            f"<dd>{_value(each, words)}</dd>"
            for key, each in value.items()
            if each not in (None, "", [], {})
        )
        return f"<dl>{''.join(rows)}</dl>"
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{_value(each, words)}</li>' for each in value)}</ul>"
    return escape(str(value))
