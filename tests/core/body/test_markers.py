"""Signs around a line's words: what counts as bullet, box, tick, park and confidential."""

from __future__ import annotations

import pytest

from core.body.markers import Marks, marks_of, unmarked, without_bullet

FLAGS = ("box", "ticked", "parked", "hidden", "bullet", "quoted")
SIGNS = (
    ("Urlaub", "Urlaub", "", "Urlaub"),
    ("- Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("-Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("-1 Grad", "-1 Grad", "", "-1 Grad"),
    ("* Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("• Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("o  Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("o Urlaub", "o Urlaub", "", "o Urlaub"),
    ("o [ ] Urlaub", "Urlaub", "box bullet", "[ ] Urlaub"),
    ("? Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("?", "?", "", "?"),
    ("– – – – Urlaub", "– Urlaub", "bullet", "– Urlaub"),
    ("> > Urlaub", "Urlaub", "quoted", "Urlaub"),
    (">Urlaub", "Urlaub", "quoted", "Urlaub"),
    ("1. Urlaub", "Urlaub", "1 '1. '", "Urlaub"),
    ("(2) Urlaub", "Urlaub", "2 '(2) '", "Urlaub"),
    ("3) [ ] Urlaub", "Urlaub", "box '3) '", "[ ] Urlaub"),
    ("1. 2. Urlaub", "2. Urlaub", "1 '1. '", "2. Urlaub"),
    ("1234. Urlaub", "1234. Urlaub", "", "1234. Urlaub"),
    ("1.Urlaub", "1.Urlaub", "", "1.Urlaub"),
    ("[ ] **!!** Urlaub", "Urlaub", "box hidden", "[ ] **!!** Urlaub"),
    ("- [ ] Urlaub **!!**", "Urlaub", "box hidden bullet", "[ ] Urlaub **!!**"),
    ("[ ] Urlaub *(vertraulich)*", "Urlaub", "box hidden", "[ ] Urlaub *(vertraulich)*"),
    ("**!! Urlaub**", "Urlaub", "hidden", "**!! Urlaub**"),
    ("**Urlaub** !!", "**Urlaub**", "hidden", "**Urlaub** !!"),
    ("Urlaub * 2 !! * 3", "Urlaub * 2 !! * 3", "", "Urlaub * 2 !! * 3"),
    ("[ ] Urlaub", "Urlaub", "box", "[ ] Urlaub"),
    ("[] Urlaub", "Urlaub", "box", "[] Urlaub"),
    ("( ) Urlaub", "Urlaub", "box", "( ) Urlaub"),
    ("[x] Urlaub", "Urlaub", "box ticked", "[x] Urlaub"),
    ("[X]Urlaub", "Urlaub", "box ticked", "[X]Urlaub"),
    ("[ ✓ ] Urlaub", "Urlaub", "box ticked", "[ ✓ ] Urlaub"),
    ("(x) Urlaub", "Urlaub", "box ticked", "(x) Urlaub"),
    ("( X ) Urlaub", "Urlaub", "box ticked", "( X ) Urlaub"),
    ("☐ Urlaub", "Urlaub", "box", "☐ Urlaub"),
    ("☑ Urlaub", "Urlaub", "box ticked", "☑ Urlaub"),
    ("✔ Urlaub", "Urlaub", "box ticked", "✔ Urlaub"),
    ("✔️ Urlaub", "Urlaub", "box ticked", "✔️ Urlaub"),
    ("✅ Urlaub", "Urlaub", "box ticked", "✅ Urlaub"),
    ("🗹 Urlaub", "Urlaub", "box ticked", "🗹 Urlaub"),
    ("x [ ] Urlaub", "Urlaub", "box ticked", "x [ ] Urlaub"),
    ("X ☐ Urlaub", "Urlaub", "box ticked", "X ☐ Urlaub"),
    ("xylophon", "xylophon", "", "xylophon"),
    ("[~] Urlaub", "Urlaub", "box parked", "[~] Urlaub"),
    ("~ Urlaub", "Urlaub", "parked", "~ Urlaub"),
    ("~~Urlaub~~", "Urlaub", "ticked", "~~Urlaub~~"),
    ("~~Urlaub~~ rest", "~~Urlaub~~ rest", "", "~~Urlaub~~ rest"),
    ("[ ] **Urlaub**", "Urlaub", "box", "[ ] **Urlaub**"),
    ("**Urlaub** im Mai", "**Urlaub** im Mai", "", "**Urlaub** im Mai"),
    ("*Urlaub* im Mai", "*Urlaub* im Mai", "", "*Urlaub* im Mai"),
    ("*Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("~Urlaub~ Kurs", "~Urlaub~ Kurs", "", "~Urlaub~ Kurs"),
    ("[-] Urlaub", "Urlaub", "box", "[-] Urlaub"),
    ("[/] Urlaub", "Urlaub", "box", "[/] Urlaub"),
    ("!! [ ] Urlaub", "Urlaub", "box hidden", "!! [ ] Urlaub"),
    ("‼ [ ] Urlaub", "Urlaub", "box hidden", "‼ [ ] Urlaub"),
    ("❗❗ [ ] Urlaub", "Urlaub", "box hidden", "❗❗ [ ] Urlaub"),
    ("[!!] Urlaub", "Urlaub", "hidden", "[!!] Urlaub"),
    ("Urlaub, confidential", "Urlaub", "hidden", "Urlaub, confidential"),
    ("vertraulich – nur im Amt", "vertraulich – nur im Amt", "", "vertraulich – nur im Amt"),
    ("1.", "", "1 '1.'", ""),
    ("[ ] ~~Urlaub~~", "Urlaub", "box ticked", "[ ] ~~Urlaub~~"),
    ("!! Urlaub", "Urlaub", "hidden", "!! Urlaub"),
    ("!!! Urlaub", "Urlaub", "hidden", "!!! Urlaub"),
    ("! Urlaub", "! Urlaub", "", "! Urlaub"),
    ("Urlaub !!", "Urlaub", "hidden", "Urlaub !!"),
    ("Urlaub!!", "Urlaub!!", "", "Urlaub!!"),
    ("!!", "", "hidden", "!!"),
    ("(vertraulich) Urlaub", "Urlaub", "hidden", "(vertraulich) Urlaub"),
    ("[confidential]: Urlaub", "Urlaub", "hidden", "[confidential]: Urlaub"),
    ("(Sensibel) Urlaub", "Urlaub", "hidden", "(Sensibel) Urlaub"),
    ("Urlaub (vertraulich)", "Urlaub", "hidden", "Urlaub (vertraulich)"),
    (
        "Urlaub (vertraulich) morgen",
        "Urlaub (vertraulich) morgen",
        "",
        "Urlaub (vertraulich) morgen",
    ),
    ("(vertraulich)", "", "hidden", "(vertraulich)"),
    ("erledigt: Urlaub", "Urlaub", "ticked", "erledigt: Urlaub"),
    ("(done) Urlaub", "Urlaub", "ticked", "(done) Urlaub"),
    ("[besprochen]: Urlaub", "Urlaub", "ticked", "[besprochen]: Urlaub"),
    ("done Urlaub", "done Urlaub", "", "done Urlaub"),
    ("done:", "done:", "", "done:"),
    ("Urlaub - erledigt", "Urlaub", "ticked", "Urlaub - erledigt"),
    ("Urlaub, done.", "Urlaub", "ticked", "Urlaub, done."),
    ("Urlaub (erledigt)", "Urlaub", "ticked", "Urlaub (erledigt)"),
    ("Urlaub [besprochen]!", "Urlaub", "ticked", "Urlaub [besprochen]!"),
    ("Urlaub [x]", "Urlaub", "ticked", "Urlaub [x]"),
    ("Urlaub [X]", "Urlaub", "ticked", "Urlaub [X]"),
    ("Urlaub (vertraulich !)", "Urlaub", "hidden", "Urlaub (vertraulich !)"),
    ("Urlaub ✓", "Urlaub", "ticked", "Urlaub ✓"),
    ("Urlaub✅", "Urlaub", "ticked", "Urlaub✅"),
    ("Urlaub erledigt", "Urlaub erledigt", "", "Urlaub erledigt"),
    ("erledigt", "erledigt", "", "erledigt"),
    ("- erledigt", "erledigt", "bullet", "erledigt"),
    ("Urlaub (done) !!", "Urlaub", "ticked hidden", "Urlaub (done) !!"),
    ("Urlaub !! (done)", "Urlaub", "ticked hidden", "Urlaub !! (done)"),
    ("Urlaub (done) (vertraulich)", "Urlaub", "ticked hidden", "Urlaub (done) (vertraulich)"),
    ("Urlaub (vertraulich) ✓", "Urlaub", "ticked hidden", "Urlaub (vertraulich) ✓"),
    ("(vertraulich) (vertraulich)", "", "hidden", "(vertraulich) (vertraulich)"),
    ("(done)", "(done)", "", "(done)"),
    (
        "Urlaub (Vertraulich) (confidential)",
        "Urlaub",
        "hidden",
        "Urlaub (Vertraulich) (confidential)",
    ),
    ("[ ] !! ~ Urlaub", "Urlaub", "box parked hidden", "[ ] !! ~ Urlaub"),
    ("[ ] ~ !! done: Urlaub", "Urlaub", "box ticked parked hidden", "[ ] ~ !! done: Urlaub"),
    ("[ ] ~ !! ~ !! Urlaub", "!! Urlaub", "box parked hidden", "[ ] ~ !! ~ !! Urlaub"),
    ("[x] [ ] [~] Urlaub", "Urlaub", "box ticked parked", "[x] [ ] [~] Urlaub"),
    ("[ ] [ ] [ ] [ ] Urlaub", "[ ] Urlaub", "box", "[ ] [ ] [ ] [ ] Urlaub"),
    ("- [ ] Urlaub", "Urlaub", "box bullet", "[ ] Urlaub"),
    ("- 1. [ ] Urlaub", "Urlaub", "box bullet '1. '", "[ ] Urlaub"),
    ("1. - Urlaub", "Urlaub", "bullet 1 '1. '", "Urlaub"),
    ("", "", "", ""),
    ("   ", "", "", ""),
    ("[ ]", "", "box", "[ ]"),
    ("[ ] ", "", "box", "[ ]"),
    ("- ", "", "bullet", ""),
    ("\uf0b7 Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("§ Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("§ 7 Urlaub", "§ 7 Urlaub", "", "§ 7 Urlaub"),
    ("→ Urlaub", "Urlaub", "bullet", "Urlaub"),
    ("-\tUrlaub", "Urlaub", "bullet", "Urlaub"),
    ("(5) [x] Urlaub", "Urlaub", "box ticked '(5) '", "[x] Urlaub"),
    ("7. Oktober", "Oktober", "7 '7. '", "Oktober"),
    ("[x]", "", "box ticked", "[x]"),
    ("•[ ] Urlaub", "Urlaub", "box bullet", "[ ] Urlaub"),
    ("-[ ] Urlaub", "Urlaub", "box bullet", "[ ] Urlaub"),
    ("Urlaub: besprochen", "Urlaub", "ticked", "Urlaub: besprochen"),
    ("Urlaub – discussed", "Urlaub", "ticked", "Urlaub – discussed"),
    ("[  ] Urlaub", "Urlaub", "box", "[  ] Urlaub"),
    ("[✓] Urlaub", "Urlaub", "box ticked", "[✓] Urlaub"),
    ("x Urlaub", "x Urlaub", "", "x Urlaub"),
    ("xX [ ] Urlaub", "xX [ ] Urlaub", "", "xX [ ] Urlaub"),
)
"""What is typed, its words, its signs, and what is left without a bullet."""


def flags(marks: Marks) -> str:
    """Name the signs that were seen."""
    found = [name for name in FLAGS if getattr(marks, name)]
    found += [str(marks.number)] if marks.number else []
    return " ".join([*found, *([repr(marks.numbered)] if marks.numbered else [])])


@pytest.mark.parametrize(("typed", "words", "signs", "unlisted"), SIGNS)
def test_signs_are_told_from_words(typed: str, words: str, signs: str, unlisted: str) -> None:
    marks = marks_of(typed)

    assert (marks.words, flags(marks)) == (words, signs)
    assert without_bullet(typed) == unlisted


def test_the_first_mark_is_taken_out_of_words_and_what_else_was_typed_stays() -> None:
    assert unmarked("Ben: (Vertraulich) Rüge wegen „!!“") == "Ben: Rüge wegen „!!“"


@pytest.mark.parametrize("box", ["[ ] ", "[x] ", "[X] "])
@pytest.mark.parametrize("begin", ["", "done: ", "(done) ", "vertraulich: ", "!! ", "~ ", "~~"])
@pytest.mark.parametrize(
    "end",
    [
        *("", " erledigt", " - Erledigt.", ", done!", " (Besprochen)", " [x]", " ✔\ufe0f", " !!"),
        *(" (vertraulich):", " ( streng vertraulich ! )", " [sensibel]", " ‼\ufe0f", " (Marx)"),
        *(" (3. Runde)", " (vertraulich) – done", " (done) !!", "~~", ":", " …", " ) done"),
    ],
)
def test_the_usual_line_is_read_as_any_other(box: str, begin: str, end: str) -> None:
    """A line of a box and words is read without a look at each sign; with a bullet it is not."""
    usual, listed = marks_of(f"{box}{begin}Urlaub{end}"), marks_of(f"- {box}{begin}Urlaub{end}")

    assert listed == usual._replace(bullet=True)
