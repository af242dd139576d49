"""A template gives an agenda its headings, stays short on a phone, and loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.body import BodyForm, render
from core.content.template_model import Template
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemId,
    PointId,
    Section,
    SectionKind,
    TalkingPoint,
    entry_id,
)
from core.model.people import Person
from core.templates import load_templates
from core.templates.shaping import MOST_LINES, reshaped, shaped
from tests.core.builders import ANNA, BEN, PAIR

PEOPLE = (Person(address=BEN, name="Ben"), Person(address=ANNA, name="Anna"))
TEMPLATES = sorted(load_templates().values(), key=lambda t: t.id)


def named(template: Template) -> str:
    return template.id


def block(template: Template, locale: str, other: str | None = None) -> list[str]:
    agenda = shaped(template, PAIR)
    return render(
        agenda.shared(),
        form=BodyForm.TEXT,
        locale=locale,
        people=PEOPLE,
        other_locale=other,
        link="https://example.com/p/1",
    ).split("\n")


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
@pytest.mark.parametrize(("locale", "other"), [("de", None), ("en", None), ("de", "en")])
def test_an_empty_block_fits_on_a_phone(template: Template, locale: str, other: str | None) -> None:
    assert len(block(template, locale, other)) <= MOST_LINES


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_sd_03_the_reports_place_stands_before_the_managers(template: Template) -> None:
    kinds = [s.kind for s in shaped(template, PAIR).sections if s.kind is not SectionKind.TOPIC]

    assert kinds == [
        SectionKind.REPORT,
        SectionKind.MANAGER,
        SectionKind.CARRIED,
        SectionKind.AGREED,
    ]


@pytest.mark.parametrize("locale", ["de", "en"])
def test_sd_04_the_default_has_a_purpose_and_a_section_for_support(locale: str) -> None:
    lines = block(load_templates()["weekly"], locale)

    purpose = {"de": "Zeit zu zweit: erst", "en": "Time for two: first"}[locale]
    support = {"de": "Hindernisse und Hilfe", "en": "Obstacles and help"}[locale]
    assert lines[1].startswith(purpose)
    assert lines[2:5] == ["Anna", support, "Ben"]


def test_a_template_of_ones_own_with_many_sections_leaves_its_purpose_out() -> None:
    weekly = load_templates()["weekly"]
    topic = weekly.sections[1]
    more = tuple(topic.model_copy(update={"id": f"t{n}"}) for n in range(5))
    long = weekly.model_copy(update={"sections": (*weekly.sections, *more)})

    agenda = shaped(long, PAIR)
    assert dict(weekly.purpose.model_dump())["de"] not in str(agenda.sections[0].titles)


def test_sd_64_a_delicate_template_shows_no_word_of_itself() -> None:
    assert block(load_templates()["support"], "de")[1:3] == ["Anna", "Ben"]


def test_the_form_of_address_is_the_pairs() -> None:
    walk = load_templates()["walk"]

    assert "tragen Sie" in dict(shaped(walk, PAIR, formal=True).sections[1].titles)["de"]
    assert "tragt ihr" in dict(shaped(walk, PAIR).sections[1].titles)["de"]


ENTRIES = st.one_of(
    st.builds(TalkingPoint, point_id=st.text(max_size=8).map(PointId), text=st.text(max_size=9)),
    st.builds(ActionItem, item_id=st.text(max_size=8).map(ItemId), text=st.text(max_size=9)),
)


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    agenda = shaped(draw(st.sampled_from(TEMPLATES)), PAIR)
    extra = Section(title=draw(st.text(max_size=5)))
    found = draw(st.lists(ENTRIES, max_size=12, unique_by=entry_id))
    places: list[list[Entry]] = [[] for _ in range(len(agenda.sections) + 1)]
    for entry in found:
        places[draw(st.integers(0, len(places) - 1))].append(entry)
    sections = zip((*agenda.sections, extra), places, strict=True)
    return Agenda(sections=tuple(replace(s, entries=tuple(e)) for s, e in sections))


@given(agendas(), st.sampled_from(TEMPLATES))
def test_another_shape_loses_and_doubles_nothing(agenda: Agenda, template: Template) -> None:
    changed = reshaped(agenda, shaped(template, PAIR))

    def entries(of: Agenda) -> list[Entry]:
        return sorted((e for s in of.sections for e in s.entries), key=entry_id)

    assert entries(changed) == entries(agenda)
    headed = {
        entry_id(e): (s.kind, s.title, s.titles)
        for s in agenda.sections
        for e in s.entries
        if s.kind is SectionKind.TOPIC
    }
    for section in changed.sections:
        for entry in section.entries:
            if entry_id(entry) in headed:
                assert (section.kind, section.title, section.titles) == headed[entry_id(entry)]


@given(agendas(), st.sampled_from(TEMPLATES))
def test_the_same_shape_twice_is_once(agenda: Agenda, template: Template) -> None:
    once = reshaped(agenda, shaped(template, PAIR))

    assert reshaped(once, shaped(template, PAIR)) == once
