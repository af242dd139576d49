"""Which template a meeting gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.template_model import Relation
from core.errors import InvalidInput
from core.templates import Level, choose_template, load_templates

TEMPLATES = load_templates()
IDS = st.one_of(st.none(), st.sampled_from([*TEMPLATES, "gone"]))


def test_without_any_choice_a_pair_gets_the_regular_talk() -> None:
    choice = choose_template(TEMPLATES)

    assert (choice.template.id, choice.level) == ("weekly", Level.DEFAULT)


def test_sd_53_the_first_talk_of_a_new_pair_uses_the_first_template() -> None:
    choice = choose_template(TEMPLATES, series="feedback", first_talk=True)

    assert (choice.template.id, choice.level) == ("first", Level.FIRST_TALK)


def test_a_choice_for_the_one_occurrence_wins_over_everything() -> None:
    choice = choose_template(
        TEMPLATES,
        occurrence="walk",
        series="goals",
        pair="quick",
        company="career",
        first_talk=True,
    )

    assert (choice.template.id, choice.level) == ("walk", Level.OCCURRENCE)


def test_a_template_that_is_gone_is_passed_over_and_named() -> None:
    choice = choose_template(TEMPLATES, series="gone", company="quick")

    assert (choice.template.id, choice.level) == ("quick", Level.COMPANY)
    assert choice.missing == ("gone",)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation.REPORT, "weekly"),
        (Relation.PEER, "weekly"),
        (Relation.MENTORING, "mentoring"),
        (Relation.SKIP_LEVEL, "skip"),
    ],
)
@pytest.mark.capability("F-28")
def test_each_kind_of_pair_has_its_own_default(relation: Relation, expected: str) -> None:
    assert choose_template(TEMPLATES, relation=relation).template.id == expected


def test_a_default_made_for_the_pair_wins_over_one_for_everybody() -> None:
    own = TEMPLATES["mentoring"].model_copy(update={"id": "zz_mentoring"})
    templates = {"weekly": TEMPLATES["weekly"], "zz_mentoring": own}

    choice = choose_template(templates, relation=Relation.MENTORING)

    assert choice.template.id == "zz_mentoring"


def test_without_a_default_template_the_error_says_what_to_do() -> None:
    with pytest.raises(InvalidInput, match="trigger `default`"):
        choose_template({"walk": TEMPLATES["walk"]})


@given(occurrence=IDS, series=IDS, pair=IDS, company=IDS)
def test_the_nearest_existing_choice_wins(
    occurrence: str | None, series: str | None, pair: str | None, company: str | None
) -> None:
    wanted = [i for i in (occurrence, series, pair, company, "weekly") if i and i != "gone"]

    choice = choose_template(
        TEMPLATES, occurrence=occurrence, series=series, pair=pair, company=company
    )

    assert choice.template.id == wanted[0]
