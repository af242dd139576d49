"""What hosts, browsers and phones do to a whole body: nothing of it is anybody's edit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest

from core.body import Body, BodyForm, ChangeKind, DamageKind, MergeResult, merge
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
)

OF: Final = agenda(
    {"kind": "carried", "points": [{"text": "Gehalt klären", "carried": 2}]},
    annas(
        {"text": "Übergabe & Urlaub", "notes": ["Bis Ende Mai prüfen"]},
        {"text": "Ärger im Team", "sensitive": True},
        {"text": "Rückmeldung", "other_wording": "Größeres Budget", "state": "discussed"},
    ),
    {"kind": "manager", "owner": BEN.address, "points": ["Straße für Graz"]},
    agreed({"text": "Raum prüfen", "owner": BEN.address, "due": "2026-06-12"}),
)
WIDE: Final = {ord(c): ord(c) + 0xFEE0 for c in "()[]:1"}
PROMPT: Final = "Ajoutez de nouveaux points ci-dessous :"
FRENCH: Final = {
    "1:1-Agenda (hier schreiben)": "Ordre du jour 1:1 (écrire ici)",
    "Ende 1:1-Agenda": "Fin de l'ordre du jour 1:1",
    "Neue Punkte einfach darunter schreiben:": PROMPT,
    "Vereinbart": "Convenu",
    "Offen vom letzten Mal": "Ouvert depuis la dernière fois",
    "(vertraulich – nur im Gespräch)": "(confidentiel – uniquement en conversation)",
}


def each(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return what changes each line that is not blank."""
    return lambda text: "\n".join(change(line) if line else line for line in text.split("\n"))


def french(text: str) -> str:
    """Return a body as a browser translates it into French."""
    for ours, theirs in FRENCH.items():
        text = text.replace(ours, theirs)
    return text


def lettered(text: str) -> str:
    """Return a body whose boxes became a list with letters."""
    letters = iter("abcdefgh")
    return re.sub(r"(?m)^ (?=\[)", lambda _: f"{next(letters)}) ", text)


HOSTS: Final[dict[str, Callable[[str], str]]] = {
    "directions around each line": each(lambda line: f"\u202b{line}\u202c"),
    "a direction in front of each line": each(lambda line: f"\u200e{line}"),
    "lines set apart": each(lambda line: f"\u2068{line}\u2069"),
    "a bar as a quote": each(lambda line: f"| {line}"),
    "letters of a list": lettered,
    "wide signs": lambda text: text.translate(WIDE),
    "typographic hyphens": lambda text: text.replace("-", "‐"),
    "numbers in front of fences": lambda text: re.sub("[▼▲]", r"1. \g<0>", text),
    "signs around fences": lambda text: re.sub("(?m)^[▼▲].*$", r"== \g<0> ==", text),
    "UTF-8 read as a western code page": lambda text: text.encode().decode("cp1252"),
    "UTF-8 read as Latin-1": lambda text: text.encode().decode("latin-1"),
    "references twice": lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
    "a code page without our signs": lambda text: text.encode("cp1252", "replace").decode("cp1252"),
    "a second wording without its sign": lambda text: text.replace("⇄ ", ""),
    "translated": french,
    "all in one line": lambda text: " ".join(text.split()),
    "glued in one line": lambda text: re.sub(r"\n\s*", "", text),
}


def merged(
    theirs: str, form: BodyForm = BodyForm.TEXT, base: Body | None = None, of: Agenda = OF
) -> MergeResult:
    """Merge Anna's copy."""
    return merge(
        base_agenda=of,
        base_body=base or Body(content=shown(of)),
        theirs=Body(form=form, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )


@pytest.mark.parametrize("host", HOSTS)
def test_what_a_host_did_is_nobodys_edit(host: str) -> None:
    result = merged(HOSTS[host](shown(OF)))

    assert result.agenda == OF
    assert result.changes == ()


@pytest.mark.parametrize("host", [host for host in HOSTS if "one line" not in host])
def test_a_line_typed_there_is_new_and_stands_once(host: str) -> None:
    lines = HOSTS[host](shown(OF)).split("\n")
    result = merged("\n".join([*lines[:-1], "- Neue Kantine", lines[-1]]))

    assert sorted({*texts(result.agenda)} - {*texts(OF)}) == ["Neue Kantine"]
    assert len(texts(result.agenda)) == len(texts(OF)) + 1
    assert notes(result.agenda) == notes(OF)
    assert shown(result.agenda) in result.body.content


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        (PROMPT, "Neue Kantine"),
        ("请在下方添加新要点：", "Neue Kantine"),
        ("Nieuwe punten hieronder", "- Neue Kantine"),
        ("Nieuwe punten hieronder", "[ ] Neue Kantine"),
    ],
)
def test_a_line_typed_below_a_translated_prompt_is_not_taken_for_it(
    prompt: str, typed: str
) -> None:
    theirs = french(shown(OF)).replace(f"{PROMPT}\n -\n", f"{prompt}\n{typed}\n")
    result = merged(theirs)

    assert texts(result.agenda) == [*texts(OF)[:4], "Neue Kantine", *texts(OF)[4:]]
    assert len(result.changes) == 1


@pytest.mark.parametrize(
    ("below", "new"),
    [
        ("Ouvert depuis la dernière fois", ["Neue Kantine"]),
        ("Straße für Graz", ["Neue Kantine", "Convenu"]),
        ("Übergabe & Urlaub", ["Neue Kantine"]),
    ],
)
def test_a_line_typed_between_ours_is_no_translated_prompt_or_heading(
    below: str, new: list[str]
) -> None:
    """Where it may be either, the heading counts as typed too: nothing is lost."""
    theirs = french(shown(OF)).replace(PROMPT, "Nieuwe punten hieronder")
    result = merged(theirs.replace(below, f"{below}\nNeue Kantine"))

    assert [text for text in texts(result.agenda) if text not in texts(OF)] == new
    assert len(texts(result.agenda)) == len(texts(OF)) + len(new)
    assert len(result.changes) == len(new)


PLACEHOLDER: Final = " [ ] (confidentiel"


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        (PLACEHOLDER, f"     (Entwurf liegt bei Paul)\n{PLACEHOLDER}", []),
        (PLACEHOLDER, f" [ ] Neue Kantine\n{PLACEHOLDER}", ["Neue Kantine"]),
        (" [ ] Übergabe", " [ ] (Entwurf von Paul)\n [ ] Übergabe", ["(Entwurf von Paul)"]),
    ],
)
def test_a_translated_placeholder_is_told_from_what_was_typed_near_it(
    before: str, now: str, new: list[str]
) -> None:
    result = merged(french(shown(OF)).replace(before, now, 1))

    assert [text for text in texts(result.agenda) if text not in texts(OF)] == new
    assert len(texts(result.agenda)) == len(texts(OF)) + len(new)
    assert len(result.changes) == 1


def test_a_translated_block_that_begins_confidential_and_ends_with_a_name_is_as_it_was() -> None:
    of = agenda(
        annas({"text": "Ärger", "sensitive": True}, {"text": "Lob", "notes": ["für alle"]}),
        {"kind": "manager", "owner": BEN.address, "points": []},
    )
    result = merged(french(shown(of)), of=of)

    assert result.agenda == of
    assert result.changes == ()


def test_a_confidential_point_can_be_taken_out_of_a_translated_block() -> None:
    lines = french(shown(OF)).split("\n")
    result = merged("\n".join(line for line in lines if PLACEHOLDER not in line))

    assert [c.kind for c in result.changes] == [ChangeKind.REMOVED]
    assert "Ärger im Team" not in texts(result.agenda)


def test_what_was_typed_below_the_prompt_of_a_block_in_one_line_is_not_taken_for_it() -> None:
    theirs = " ".join(shown(agenda(annas())).replace("\n -\n", "\n* Neue Kantine\n").split())

    assert "Neue Kantine" in " ".join(texts(merged(theirs).agenda))


def test_headings_that_a_browser_translated_are_not_renamed() -> None:
    theirs = french(shown(OF)).replace("[ ] Ben", "[x] Ben")
    result = merged(theirs)

    assert [section.title for section in result.agenda.sections] == [""] * 4
    assert [change.kind.value for change in result.changes] == ["ticked"]


@pytest.mark.parametrize(
    "line", ["Sent from Outlook for iOS", "Von meinem iPhone gesendet", "Holen Sie sich Outlook"]
)
def test_a_phones_greeting_inside_the_block_goes_below_it(line: str) -> None:
    result = merged(shown(OF).replace("\n▲", f"\n{line}\n▲"))

    assert result.agenda == OF
    assert result.body.content == f"{shown(OF)}\n{line}"


def test_the_number_of_a_comment_in_word_is_nobodys_word() -> None:
    base = written(OF, BodyForm.HTML)
    anchor = '<a class=msocomanchor href="#_msocom_1">[AA1]</a>'
    mark = f"<span class=MsoCommentReference><span><![if !supportAnnotations]>{anchor}<![endif]>"
    theirs = base.content.replace("Straße für Graz", f"Straße für Graz{mark}</span></span>")
    result = merged(theirs, BodyForm.HTML, base)

    assert result.agenda == OF


def test_a_note_in_capitals_is_the_note_where_nothing_is_believed() -> None:
    theirs = "\n".join(shown(OF).split("\n")[1:]).replace(
        "Bis Ende Mai prüfen", "BIS ENDE MAI PRÜFEN"
    )
    result = merged(theirs)

    assert notes(result.agenda) == ["BIS ENDE MAI PRÜFEN"]
    assert DamageKind.START_MISSING in {damage.kind for damage in result.damage}


def test_a_second_wording_at_the_top_of_what_a_cut_left_is_not_new() -> None:
    theirs = shown(OF)[shown(OF).index("⇄") :]
    result = merged(theirs)

    assert result.agenda == OF
    assert result.body.content == shown(OF)


def test_what_cannot_be_taken_out_of_a_link_is_not_written_again_and_again() -> None:
    of = agenda(annas("Urlaub"))
    base = written(of, BodyForm.HTML)
    fence = "https://x.example/▼ 1:1-Agenda (hier schreiben)"
    theirs = Body(form=BodyForm.HTML, content=f'<a href="{fence}">Raum</a><br>{base.content}')
    said = {"copy_of": ANNA, **settings_of()}
    first = merge(base_agenda=of, base_body=base, theirs=theirs, ours=of, **said)
    again = merge(
        base_agenda=first.agenda,
        base_body=first.body,
        theirs=first.body,
        ours=first.agenda,
        **said,
    )

    assert f'<a href="{fence}">Raum</a>' in first.body.content
    assert (again.write, again.body) == (False, first.body)


@pytest.mark.parametrize(
    ("link", "write"),
    [("https://teams.microsoft.com/l/meetup-join/1", False), ("https://example.com/1", True)],
)
def test_no_way_to_join_by_teams_is_ever_written_away(link: str, *, write: bool) -> None:
    rad, lob = {"id": "rad", "text": "Rad"}, {"id": "lob", "text": f"Lob {link}"}
    result = after(agenda(annas(rad, lob)), ours=agenda(annas(rad)))

    assert (result.write, link in result.body.content) == (write, not write)
    assert texts(result.agenda) == ["Rad"]
