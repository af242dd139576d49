"""The block as it stands in a body, for each reader, form and budget: each in a file of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from core.body import Exposure, render
from core.body.headings import called, heading, known_headings
from core.body.render import checked
from core.body.shown import Kind, shown_lines, style_for
from core.model.agenda import Agenda, PointId, Section, SectionKind, TalkingPoint, Visibility
from core.model.calendar import BodyForm
from core.model.people import Person

FOLDER: Final = Path(__file__).parent / "rendered"
ANNA: Final = Person(address="anna@example.com", name="Anna Ahrens")
BEN: Final = Person(address="ben@example.com", name="Ben Behrens")
PEOPLE: Final = (BEN, ANNA)
LINK: Final = "https://vieraugen.example/1"
_PLAIN: Final = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "manager",
                "owner": BEN.address,
                "points": [
                    {
                        "text": "Lob ▲ ▼",
                        "notes": ["eine Notiz", "▼ 1:1-Agenda (hier schreiben)", " "],
                        "other_wording": "Dank",
                        "carried": 2,
                    },
                    {"text": "geheim", "sensitive": True, "notes": ["nie"]},
                ],
            },
            {
                "title": "Ziele",
                "points": [
                    {"text": "Kurs https://example.com/a?b=1&c=2.", "state": "parked"},
                    {"text": "x<y & z", "state": "discussed"},
                ],
            },
            {"kind": "report", "owner": ANNA.address, "points": ["Urlaub"]},
            {"kind": "carried", "points": []},
            {"title": "leer", "points": []},
            {"title": "hohl", "points": [{"text": "weg", "visibility": "private"}]},
            {
                "kind": "agreed",
                "action_items": [
                    {
                        "text": "Budget",
                        "owner": BEN.address,
                        "due": "2026-06-02",
                        "notes": ["n"],
                    },
                    {"text": "weg", "state": "dropped"},
                    {"text": "Raum", "owner": "cara.cruz@example.com", "state": "done"},
                    "allein",
                ],
            },
        ]
    }
)
_WERTE: Final = Section(titles=(("de", "Werte"), ("en", "Values")))
AGENDA: Final = replace(_PLAIN, sections=(*_PLAIN.sections, _WERTE))
CASES: Final[dict[str, dict[str, Any]]] = {
    "german": {"locale": "de", "link": LINK},
    "both": {"locale": "en", "other_locale": "de"},
    "titles": {"locale": "de-Sie", "exposure": Exposure.TITLES},
    "link": {"locale": "de", "exposure": Exposure.LINK, "link": LINK},
    "link_nowhere": {"locale": "de", "other_locale": "en", "exposure": Exposure.LINK},
    "html": {"locale": "en", "form": BodyForm.HTML, "link": LINK},
    "without_notes": {"locale": "de", "budget": 400, "link": LINK},
    "without_some": {"locale": "de", "budget": 330, "link": LINK},
    "without_most": {"locale": "fr", "budget": 250},
    "without_any": {"locale": "de", "budget": 1, "form": BodyForm.HTML, "link": LINK},
}


def block(name: str) -> str:
    """Return the block of a case."""
    told = {"form": BodyForm.TEXT, "people": PEOPLE, **CASES[name]}
    return render(AGENDA.shared(), **told)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_block_stands_as_in_its_file(name: str) -> None:
    assert block(name) + "\n" == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_a_block_that_fits_exactly_is_left_whole() -> None:
    told = {"form": BodyForm.TEXT, "people": PEOPLE, "locale": "de"}
    whole = render(AGENDA.shared(), **told)

    assert render(AGENDA.shared(), **told, budget=len(whole)) == whole
    assert render(AGENDA.shared(), **told, budget=len(whole) - 1) != whole

    bare = render(AGENDA.shared(), **told, exposure=Exposure.TITLES)

    assert render(AGENDA.shared(), **told, budget=len(bare)) == bare
    assert len(render(AGENDA.shared(), **told, budget=len(bare) - 1)) < len(bare) - 1


def test_an_owner_is_named_as_everywhere_and_an_address_stays_whole() -> None:
    bauer = Person(address="b.b@example.com", name="Ben Bauer")
    item = {"text": 'https://example.com/X, "sagt" Anna', "owner": bauer.address}
    of = Agenda.from_dict({"sections": [{"kind": "agreed", "action_items": [item]}]})
    html = render(of.shared(), form=BodyForm.HTML, locale="de", people=(bauer, ANNA))

    assert '<a href="https://example.com/X">https://example.com/X</a>, "sagt" Anna' in html
    assert "[ ] Ben: <a" in html


def test_a_section_whose_heading_shows_nothing_has_no_line_for_it() -> None:
    of = Agenda.from_dict({"sections": [{"title": " ", "points": ["Urlaub"]}]})
    block = render(of.shared(), form=BodyForm.TEXT, locale="de")

    assert block.splitlines()[1] == " [ ] Urlaub"


def test_nothing_below_a_confidential_point_is_shown_whoever_asks() -> None:
    secret = TalkingPoint(
        point_id=PointId("p1"),
        text="Ärger",
        notes=("mit Ben",),
        other_wording="Streit",
        visibility=Visibility.SENSITIVE,
    )
    style = style_for("de", None, PEOPLE, None, Exposure.FULL)
    lines = shown_lines((Section(title="Ziele", entries=(secret,)),), style)

    assert [line.text for line in lines if line.kind not in (Kind.OPEN, Kind.CLOSE)] == [
        "Ziele",
        "[ ] (vertraulich – nur im Gespräch)",
        "Neue Punkte einfach darunter schreiben:",
        "",
    ]


def test_only_our_own_tags_get_through_should_an_escape_be_forgotten() -> None:
    link = '<a href="https://a.de" hreflang="de" id="x">b</a>'
    html = f'<ul><li onclick="x">a<script>x</script>{link}<em>c</em></li></ul>'

    assert checked(html) == '<ul><li>a<a href="https://a.de">b</a>c</li></ul>'


@pytest.mark.parametrize(
    ("address", "people", "name"),
    [
        (ANNA.address, PEOPLE, "Anna"),
        ("x.y@example.com", PEOPLE, "X"),
        ("x+y@example.com", (), "X"),
        ("xaver@example.com", (), "Xaver"),
        ("o@x@example.com", (), "O"),
        ("ada@example.com", (Person(address="ada@example.com"),), "Ada"),
        (BEN.address, (BEN, Person(address="bb@example.com", name="ben Bauer")), "Ben Behrens"),
        ("bb@example.com", (BEN, Person(address="bb@example.com", name="ben Bauer")), "ben Bauer"),
        ("ben@b.com", (BEN, Person(address="ben@b.com")), "Ben"),
        ("l@example.com", (Person(address="l@example.com", name="lea Lang"),), "lea"),
    ],
)
def test_people_are_called_by_their_given_names_where_that_is_clear(
    address: str, people: tuple[Person, ...], name: str
) -> None:
    assert called(address, people) == name


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (
            Section(kind=SectionKind.CARRIED),
            ["Offen vom letzten Mal", "Open from last time"],
        ),
        (Section(kind=SectionKind.AGREED, title="Bis dann"), ["Bis dann", "Vereinbart", "Agreed"]),
        (
            Section(kind=SectionKind.REPORT, owner=ANNA.address, title="Von mir"),
            ["Von mir", "Anna", "Anna Ahrens"],
        ),
        (Section(kind=SectionKind.MANAGER), ["Führungskraft", "Manager"]),
        (Section(kind=SectionKind.REPORT), ["Mitarbeitende", "Report"]),
        (Section(), ["Für uns beide", "For both of us"]),
        (_WERTE, ["Werte", "Values", "Werte / Values", "Values / Werte"]),
        (Section(titles=(("fr", "Valeurs"),)), ["Valeurs"]),
        (Section(title="Ziele", owner=ANNA.address), ["Ziele"]),
    ],
)
def test_a_section_is_known_by_all_its_headings(section: Section, words: list[str]) -> None:
    found = known_headings(section, PEOPLE)

    assert [word for word in found if " / " not in word or word in words] == words


def test_a_heading_is_said_to_a_reader_in_their_own_form_of_a_language() -> None:
    section = Section(titles=(("de", "Dein Thema"), ("de-Sie", "Ihr Thema"), ("en", "Topic")))

    assert [heading(section, locale) for locale in ("de", "de-Sie", "de-AT", "fr")] == [
        *("Dein Thema", "Ihr Thema", "Dein Thema", "Topic")
    ]
