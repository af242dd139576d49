"""Templates go out and come back without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.prompts import Context, Form, Prompt, PromptSide, Stage, Status, Tag, Tone, Topic
from core.content.template_model import (
    COUNTED,
    DATED,
    Anchor,
    FirstSide,
    ItemType,
    PointField,
    Relation,
    Section,
    Template,
    Trigger,
)
from core.content.texts import Label, Texts
from core.errors import InvalidInput
from core.model.agenda import SectionKind, Visibility
from core.templates import load_templates
from core.templates.exchange import from_json, from_toml, to_json, to_text
from core.templates.markdown import from_markdown, to_markdown

LINES = st.text(min_size=1, max_size=60).map(lambda t: " ".join(t.split())).filter(
    lambda t: t and not any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000 for c in t)
)  # fmt: skip
SLUGS = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
LABELS = st.builds(Label, de=LINES, en=LINES)
TEXTS = st.builds(Texts, de_du=LINES, de_sie=LINES, en=LINES)
WORDS = st.one_of(LABELS, TEXTS)


def tuples(of: object, min_size: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    items = of if isinstance(of, st.SearchStrategy) else st.sampled_from(list(of))  # type: ignore[call-overload]
    return st.lists(items, min_size=min_size, max_size=3, unique_by=str).map(tuple)


DATED_TRIGGERS = st.builds(
    lambda on, a, b: Trigger(on=on, from_day=min(a, b), to_day=max(a, b)),
    st.sampled_from(sorted(DATED)),
    st.integers(-400, 400),
    st.integers(-400, 400),
)
COUNTED_TRIGGERS = st.builds(
    Trigger,
    on=st.sampled_from(sorted(COUNTED)),
    every=st.integers(1, 520),
    remote_only=st.booleans(),
)
PLAIN_TRIGGERS = st.builds(
    Trigger, on=st.sampled_from(sorted(set(Anchor) - DATED - COUNTED)), remote_only=st.booleans()
)
PROMPTS = st.builds(
    Prompt,
    id=SLUGS,
    intent=SLUGS,
    covers=tuples(["SD-39", "SD-48"]),
    topics=tuples(Topic, min_size=1),
    tags=tuples(Tag),
    side=st.sampled_from(PromptSide),
    depth=st.integers(1, 3),
    form=st.sampled_from(Form),
    tone=st.sampled_from(Tone),
    stages=tuples(Stage),
    sensitivity=st.integers(0, 2),
    min_gap_days=st.integers(0, 730),
    contexts=tuples(Context),
    text=TEXTS,
    listen=LABELS,
    alternatives=tuples(SLUGS),
    status=st.sampled_from(Status),
)
SECTIONS = st.builds(
    Section,
    id=SLUGS,
    kind=st.sampled_from(SectionKind),
    title=WORDS,
    minutes=st.integers(0, 240),
    first_side=st.sampled_from(FirstSide),
    item_types=tuples(ItemType),
    optional=st.booleans(),
    requires=tuples(PointField),
    asks_manager=tuples(SLUGS),
    raises_report=tuples(SLUGS),
)
TEMPLATES = st.builds(
    Template,
    id=SLUGS,
    version=st.integers(1, 999),
    kind=SLUGS,
    title=WORDS,
    purpose=WORDS,
    duration_min=st.integers(5, 240),
    triggers=st.lists(
        st.one_of(DATED_TRIGGERS, COUNTED_TRIGGERS, PLAIN_TRIGGERS), min_size=1, max_size=3
    ).map(tuple),
    relations=tuples(Relation),
    visibility_default=st.sampled_from(Visibility),
    languages=tuples(["de", "en"], min_size=1),
    max_points=st.none() | st.integers(1, 30),
    location=st.none() | WORDS,
    sections=st.lists(SECTIONS, min_size=1, max_size=3, unique_by=lambda s: s.id).map(tuple),
    prompts=st.lists(PROMPTS, max_size=2, unique_by=lambda p: p.id).map(tuple),
    source=st.none() | LINES,
)


@given(TEMPLATES)
def test_sd_49_json_round_trip_is_lossless(template: Template) -> None:
    assert from_json(to_json(template)) == template


@given(TEMPLATES)
def test_sd_49_markdown_round_trip_is_lossless(template: Template) -> None:
    assert from_markdown(to_markdown(template)) == template


@pytest.mark.parametrize("template", load_templates().values(), ids=lambda t: t.id)
def test_sd_49_our_own_templates_travel_in_every_format(template: Template) -> None:
    assert from_json(to_json(template)) == template
    assert from_markdown(to_markdown(template)) == template


def test_markdown_survives_a_person_who_adds_blank_lines_and_trailing_spaces() -> None:
    weekly = load_templates()["weekly"]
    edited = to_markdown(weekly).replace("\n", "  \n\n")

    assert from_markdown(edited) == weekly


def test_plain_text_reads_in_one_language_and_form_of_address() -> None:
    text = to_text(load_templates()["first"], "de-Sie")

    assert text.startswith("Erstes Gespräch (45 min)\n")
    assert "  ? Woran merke ich, dass es Ihnen zu viel wird?\n" in text
    assert "Wie die Arbeit gut gelingt (15 min, Mitarbeitende)" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Template: x\n\nJust a sentence.\n", "line 3 is neither a heading nor a field"),
        ("# Template: x\n- version: 1\n- version: 2\n", "line 3: version stands here twice"),
        ("# Template: x\n- version: soon\n", "version: "),
        ("", "id: Field required"),
    ],
)
def test_broken_markdown_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        from_markdown(text)


def test_broken_json_and_toml_are_refused_with_the_place() -> None:
    weekly = to_json(load_templates()["weekly"])

    with pytest.raises(InvalidInput, match=r"sections\.0\.minutes: "):
        from_json(weekly.replace('"minutes": 10', '"minutes": "ten"', 1))
    with pytest.raises(InvalidInput, match="score: Extra inputs are not permitted"):
        from_json(weekly.replace("{", '{"score": 1,', 1))
    with pytest.raises(InvalidInput, match="not TOML"):
        from_toml("id = ")


def test_a_company_template_may_be_written_in_toml_with_its_own_prompt() -> None:
    template = from_toml(COMPANY)

    assert template.prompts[0].text.de_sie == "Was lernen Sie gerade von der Werkbank?"
    assert from_markdown(to_markdown(template)) == template


COMPANY = """
id = "workshop"
version = 3
kind = "weekly"
title.de = "Werkstattgespräch"
title.en = "Workshop talk"
purpose.de = "Eine halbe Stunde abseits der Maschinen."
purpose.en = "Half an hour away from the machines."
duration_min = 30

[[triggers]]
on = "chosen"

[[sections]]
id = "bench"
title.de = "An der Werkbank"
title.en = "At the bench"
minutes = 30
first_side = "report"
asks_manager = ["bench_learning"]

[[prompts]]
id = "bench_learning"
intent = "bench_learning"
topics = ["development"]
side = "asks_manager"
depth = 2
text.de_du = "Was lernst du gerade von der Werkbank?"
text.de_sie = "Was lernen Sie gerade von der Werkbank?"
text.en = "What is the bench teaching you these days?"
listen.de = "Auf Handgriffe achten, die andere auch gern könnten."
listen.en = "Listen for skills that others would like to have too."
"""
