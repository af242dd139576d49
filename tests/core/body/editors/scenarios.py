"""What a person does in an editor, and what they then want read: written before any recording."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

Step = tuple[str, ...]

P1: Final = "report | anna | open | Urlaubsvertretung im August"
P1_DONE: Final = "report | anna | discussed | Urlaubsvertretung im August"
KANTINE: Final = "report | anna | open | Kantine"
ONCE: Final = ["Urlaubsvertretung im August", "Gehaltsrunde", "Angebot Schulung", "Budget klären"]
WORD_LIST: Final = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'>·<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Kantine<o:p></o:p></p>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Steps, and the expectation in the words of a sample file."""

    name: str
    why: str
    steps: tuple[Step, ...]
    expect: dict[str, Any] = field(default_factory=dict)
    copy_of: str = "anna"
    only: tuple[str, ...] = ()
    """Editors it makes sense in; empty: all."""


RENDERED: Final = ("rendered_contenteditable", "rendered_roosterjs", "rendered_quill")
SIGNS: Final = ("contenteditable", "flat", "roosterjs", "tiptap", "quill")
RICH: Final = (*SIGNS, *RENDERED)
SCENARIOS: Final = (
    Scenario(
        name="open_save",
        why="Opened and saved",
        steps=(),
        expect={"write": False, "damaged": False},
    ),
    Scenario(
        name="type_in_empty_bullet",
        why="A point typed into the empty bullet",
        steps=(("empty",), ("type", "Kantine")),
        expect={"plus": [KANTINE], "write": True, "damaged": False},
        only=("contenteditable", "tiptap", "quill", *RENDERED),
    ),
    Scenario(
        name="enter_after_point",
        why="Enter behind a point and a new line",
        steps=(("end", "im August"), ("key", "Enter"), ("type", "Kantine")),
        expect={"plus": [KANTINE]},
    ),
    Scenario(
        name="enter_in_the_middle",
        why="Enter in the middle of a point",
        steps=(("end", "Urlaubsvertretung"), ("key", "Enter")),
        expect={"loose": True, "once": ["Urlaubsvertretung", "im August", *ONCE[1:]]},
    ),
    Scenario(
        name="backspace_joins_points",
        why="Backspace at a point's start joins two points",
        steps=(("start", "☐ (vertraulich"), ("key", "Backspace")),
        expect={"loose": True, "once": ONCE},
        only=RICH,
    ),
    Scenario(
        name="backspace_at_heading",
        why="Backspace at a heading hangs it on the item before",
        steps=(("start", "Offen vom"), ("key", "Backspace")),
        expect={"loose": True, "once": ONCE},
    ),
    Scenario(
        name="tick",
        why="The box is replaced by a ticked one",
        steps=(
            ("end", "☐ Urlaubs"),
            *((("key", "ArrowLeft"),) * 8),
            ("key", "Backspace"),
            ("type", "☑"),
        ),
        expect={"minus": [P1], "plus": [P1_DONE], "kinds": ["ticked"]},
        only=SIGNS,
    ),
    Scenario(
        name="tick_with_letter",
        why="An x typed into the box",
        steps=(("mark", "[ ] Urlaubs"), ("type", "[x] Urlaubs")),
        expect={"minus": [P1], "plus": [P1_DONE], "kinds": ["ticked"]},
        only=("textarea", *RENDERED),
    ),
    Scenario(
        name="add_words",
        why="Words typed behind a point",
        steps=(("end", "im August"), ("type", " und September")),
        expect={"minus": [P1], "plus": [f"{P1} und September"], "kinds": ["edited"]},
    ),
    Scenario(
        name="empty_a_point",
        why="A point's words are marked and deleted",
        steps=(("mark", "☐ Urlaubsvertretung im August"), ("key", "Delete")),
        expect={"minus": [P1], "kinds": ["removed"]},
        only=RICH,
    ),
    Scenario(
        name="bold_all",
        why="All made bold",
        steps=(("key", "Control+a"), ("key", "Control+b")),
        expect={"write": False, "damaged": False},
        only=RICH,
    ),
    Scenario(
        name="cut_all_and_paste",
        why="All cut and pasted again",
        steps=(("key", "Control+a"), ("key", "Control+x"), ("key", "Control+v")),
    ),
    Scenario(
        name="copy_all_and_paste_behind",
        why="All copied and pasted behind",
        steps=(
            ("key", "Control+a"),
            ("key", "Control+c"),
            ("end", "▲ Ende 1:1-Agenda"),
            ("key", "Enter"),
            ("key", "Control+v"),
        ),
        expect={"damaged": True, "write": True},
    ),
    Scenario(
        name="greeting_above",
        why="A greeting typed above the block",
        steps=(("start", "▼ 1:1"), ("type", "Hallo Ben"), ("key", "Enter")),
        expect={"shown": ["Hallo Ben"], "damaged": False},
    ),
    Scenario(
        name="line_below",
        why="A line typed below the block",
        steps=(("end", "▲ Ende 1:1-Agenda"), ("key", "Enter"), ("type", "Raum 3 bitte")),
        expect={"shown": ["Raum 3 bitte"], "damaged": False},
    ),
    Scenario(
        name="note_by_tab",
        why="A note indented with Tab below a point",
        steps=(("end", "im August"), ("key", "Enter"), ("key", "Tab"), ("type", "Ines hilft")),
        expect={"minus": [P1], "plus": [f"{P1} | note=Ines hilft"]},
        only=("roosterjs", "tiptap", "rendered_roosterjs"),
    ),
    Scenario(
        name="select_all_and_type",
        why="Everything replaced by a line",
        steps=(("key", "Control+a"), ("type", "Heute nur kurz")),
        expect={"loose": True, "once": ONCE, "shown": ["Heute nur kurz"], "damaged": True},
    ),
    Scenario(
        name="paste_from_word",
        why="A list line pasted from Word",
        steps=(("end", "im August"), ("key", "Enter"), ("paste", WORD_LIST)),
        expect={"plus": [KANTINE]},
        only=RICH,
    ),
    Scenario(
        name="cut_line_and_paste_below",
        why="A point's words are cut and pasted below the prompt",
        steps=(
            ("mark", "☐ Urlaubsvertretung im August"),
            ("key", "Control+x"),
            ("last", "einfach darunter schreiben:"),
            ("key", "Enter"),
            ("key", "Control+v"),
        ),
        expect={"loose": True, "once": ONCE},
        only=RICH,
    ),
    Scenario(
        name="type_and_undo",
        why="A word typed and taken back",
        steps=(("end", "im August"), ("type", "x"), ("key", "Control+z")),
        expect={"write": False, "damaged": False},
    ),
    Scenario(
        name="hyphen_below_the_prompt",
        why="A hyphen and words typed below the prompt",
        steps=(("end", "darunter schreiben:"), ("key", "Enter"), ("type", "- Kantine")),
        expect={"plus": [KANTINE]},
    ),
    Scenario(
        name="todo_for_ben",
        why="A promise typed behind the last point",
        steps=(
            ("end", "(2×)"),
            ("key", "Enter"),
            ("type", "TODO Ben: Zahlen schicken bis Freitag"),
        ),
        expect={"plus": ["agreed | ben | do open | Zahlen schicken | due=2026-06-12"]},
    ),
    Scenario(
        name="two_blanks",
        why="Two blanks between words make a no-break blank",
        steps=(("end", "im August"), ("key", "Enter"), ("type", "Raum  3 fehlt")),
        expect={"plus": ["report | anna | open | Raum 3 fehlt"]},
    ),
    Scenario(
        name="sensitive",
        why="A sensitive point of Ben's",
        steps=(("end", "deiner Sicht?"), ("key", "Enter"), ("type", "!! Versetzung nach Graz")),
        expect={
            "plus": ["manager | ben | open | Versetzung nach Graz | sensitive"],
            "hidden": ["Versetzung"],
        },
        copy_of="ben",
    ),
)
