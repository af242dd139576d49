"""Draw our Google cards as Google's hosts do: an own page, Chromium, pictures for docs.

`python -m tests.webhook_app.google_cards_drawn docs/pictures` makes them anew.
"""

from __future__ import annotations

import html
import sys
import tempfile
from pathlib import Path
from typing import Any

from adapters.google.card_json import to_card
from core.model.cards import Deed, Verb
from tests.webhook_app.cards_app import ANNA, BEN, NOW, SERIES, cards_app
from webhook_app.cards.agenda_card import agenda_card, home_card
from webhook_app.cards.deeds import press

STYLE = """
body{margin:0;padding:16px;background:#f0f4f9;font:14px/20px Roboto,Arial,sans-serif;color:#1f1f1f}
.card{width:360px;background:#fff;border-radius:12px;border:1px solid #dadce0;overflow:hidden}
header{padding:14px 16px;border-bottom:1px solid #e3e3e3}
header b{font-size:16px;font-weight:500;display:block}header small{color:#5f6368}
section{padding:10px 16px;border-bottom:1px solid #eceff1}
section:last-child{border:0}h3{margin:2px 0 8px;font-size:13px;font-weight:500;color:#5f6368}
.row{display:flex;gap:12px;align-items:flex-start;padding:5px 0}.row div{flex:1}
.row small{display:block;color:#5f6368;font-size:12px}
.box{width:16px;height:16px;border:2px solid #5f6368;border-radius:3px;margin-top:2px;flex:none}
.box.on{background:#0b57d0;border-color:#0b57d0;color:#fff;
font:bold 13px/15px Arial;text-align:center}
.buttons{display:flex;flex-wrap:wrap;gap:8px;padding:4px 0}
.END{justify-content:flex-end;margin-top:-6px}
.b{border-radius:18px;padding:7px 14px;font-weight:500;font-size:13px}
.FILLED{background:#0b57d0;color:#fff;border:1px solid #0b57d0}
.OUTLINED{border:1px solid #747775;color:#0b57d0}
.BORDERLESS{color:#0b57d0;padding:2px 8px}
label{display:block;font-size:12px;color:#5f6368;margin-top:8px}
.field{border:1px solid #747775;border-radius:4px;padding:8px 10px;min-height:20px;
margin-bottom:6px}
.tall{min-height:60px}
"""


def page(card: dict[str, Any]) -> str:
    """Return a card as a page."""
    head = card["header"]
    sections = "".join(_section(section) for section in card["sections"])
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class=card>"
        f"<header><b>{html.escape(head['title'])}</b>"
        f"<small>{html.escape(head.get('subtitle', ''))}</small></header>{sections}</div>"
    )


def _section(section: dict[str, Any]) -> str:
    head = f"<h3>{section['header']}</h3>" if "header" in section else ""
    return f"<section>{head}{''.join(_widget(w) for w in section['widgets'])}</section>"


def _widget(widget: dict[str, Any]) -> str:
    if "decoratedText" in widget:
        return _text(widget["decoratedText"])
    if "buttonList" in widget:
        place = widget.get("horizontalAlignment", "")
        inner = "".join(_button(b) for b in widget["buttonList"]["buttons"])
        return f'<div class="buttons {place}">{inner}</div>'
    kind, shown = next(iter(widget.items()))
    tall = "tall" if shown.get("type") == "MULTIPLE_LINE" else ""
    chosen = next((i["text"] for i in shown.get("items", []) if i.get("selected")), "")
    value = html.escape(shown.get("value", chosen))
    sign = {"selectionInput": " ▾", "dateTimePicker": " …"}.get(kind, "")
    label = html.escape(shown["label"])
    return f'<label>{label}</label><div class="field {tall}">{value}{sign}</div>'


def _text(text: dict[str, Any]) -> str:
    control = text.get("switchControl")
    box = ""
    if control:
        box = (
            '<span class="box on">✓</span>' if control["selected"] else '<span class="box"></span>'
        )
    small = f"<small>{text['bottomLabel']}</small>" if "bottomLabel" in text else ""
    button = _button(text["button"] | {"type": "BORDERLESS"}) if "button" in text else ""
    return f'<div class="row"><div>{text["text"]}{small}</div>{box}{button}</div>'


def _button(button: dict[str, Any]) -> str:
    return f'<span class="b {button.get("type", "OUTLINED")}">{html.escape(button["text"])}</span>'


def cards(folder: Path) -> dict[str, dict[str, Any]]:
    """Return every kind of card that we have, by name."""
    app, url = cards_app(folder), "https://one.example.com/hooks/google/addon"
    made = {}
    try:
        for person, language in ((ANNA, "en"), (BEN, "de")):
            made[f"google-agenda-{language}"] = agenda_card(app, SERIES, person, NOW)
            made[f"google-home-{language}"] = home_card(app, person)
        for verb in (Verb.ADD_POINT, Verb.ADD_ITEM, Verb.ADD_NOTE):
            deed = Deed(verb=verb, series=SERIES, mark="m")
            name = f"google-form-{verb.value.removeprefix('add_')}"
            made[name] = press(app, deed, ANNA, {}, NOW).card
    finally:
        app.close()
    return {name: to_card(card, url) for name, card in made.items()}


def draw(target: Path) -> list[Path]:
    """Write a picture of each."""
    from playwright.sync_api import sync_playwright

    target.mkdir(parents=True, exist_ok=True)
    drawn = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 392, "height": 200})
        for name, card in cards(Path(folder) / "data").items():
            window.set_content(page(card))
            path = target / f"{name}.png"
            window.screenshot(path=str(path), full_page=True)
            drawn.append(path)
        browser.close()
    return drawn


if __name__ == "__main__":
    for picture in draw(Path(sys.argv[1])):
        print(picture)
