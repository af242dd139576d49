"""Templates are offered by what is known of a pair, and a no is heard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.engagement import Engagement
from core.service.offers import decline_template, template_offers
from core.service.own_templates import import_template, read_template, remove_template
from core.service.settings import change_company, change_person
from core.service.shapes import all_templates, use_template
from core.templates import Level, load_templates
from core.templates.exchange import to_json
from core.templates.markdown import to_markdown
from tests.core.builders import ANNA, BEN, CLEO, NOW
from tests.core.service.conftest import WEEK, Company


@pytest.fixture
def running(company: Company) -> Company:
    """A series with a few talks behind it."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    company.pass_meeting()
    company.pass_meeting()
    return company


def offered(company: Company, reader: str = BEN) -> list[str]:
    with company.store.transaction() as tx:
        found = template_offers(tx, company.series().series_id, reader, company.now)
    return [o.template_id for o in found]


def talk(company: Company) -> date:
    return company.start().date()


@pytest.mark.parametrize(
    ("field", "days", "template"),
    [
        ("starts_on", -7, "onb_7"),
        ("starts_on", -30, "onb_30"),
        ("starts_on", -60, "onb_60"),
        ("starts_on", -90, "onb_90"),
        ("review_on", 14, "review_prep"),
        ("ends_on", 10, "offboarding"),
    ],
)
def test_a_day_in_the_personnel_system_offers_its_template(
    running: Company, field: str, days: int, template: str
) -> None:
    day = talk(running) + timedelta(days=days)
    with running.store.transaction() as tx:
        tx.put_noun(Engagement(address=ANNA, manager=BEN, **{field: day}))  # type: ignore[arg-type]

    assert template in offered(running)


def test_the_middle_of_the_cycle_offers_goals(running: Company) -> None:
    half = timedelta(days=45)
    with running.store.transaction() as tx:
        change_company(
            tx, cycle_from=talk(running) - half, cycle_to=talk(running) + half, now=running.now
        )

    assert offered(running)[0] == "goals"


def test_r_27_a_leave_that_ends_offers_the_talk_of_return(running: Company) -> None:
    with running.store.transaction() as tx:
        back = talk(running) - timedelta(days=1)
        change_person(
            tx, ANNA, paused_from=back - timedelta(days=90), paused_until=back, now=running.now
        )

    assert "return" in offered(running)


def test_a_no_is_heard_and_a_yes_uses_it(running: Company) -> None:
    series_id = running.series().series_id
    with running.store.transaction() as tx:
        tx.put_noun(
            Engagement(address=ANNA, manager=BEN, review_on=talk(running) + timedelta(days=14))
        )
        decline_template(tx, series_id, "review_prep", by=BEN, now=running.now)
    assert "review_prep" not in offered(running)
    with running.store.transaction() as tx:
        with pytest.raises(NotFound):
            decline_template(tx, series_id, "walk", by=CLEO, now=running.now)
        use_template(tx, series_id, "review_prep", level=Level.OCCURRENCE, by=ANNA, now=running.now)
    running.sync()
    assert "review_prep" not in offered(running)


def test_an_empty_agenda_shortly_before_is_offered_a_quarter_of_an_hour(running: Company) -> None:
    assert "quick" not in offered(running)
    running.now = running.start() - timedelta(hours=3)
    running.sync()

    assert "quick" in offered(running)


def test_a_third_person_sees_no_offers(running: Company) -> None:
    with pytest.raises(NotFound):
        offered(running, CLEO)


# --- a company's own ---

OWN = load_templates()["weekly"].model_copy(
    update={"id": "ours", "kind": "ours", "triggers": load_templates()["walk"].triggers}
)


@pytest.mark.parametrize("form", ["json", "md"])
def test_a_template_of_ones_own_goes_in_is_used_and_comes_out_equal(
    running: Company, form: str
) -> None:
    text = to_json(OWN) if form == "json" else to_markdown(OWN)
    with running.store.transaction() as tx:
        import_template(tx, read_template(text, form), now=running.now)
        assert all_templates(tx)["ours"] == OWN
        use_template(
            tx, running.series().series_id, "ours", level=Level.PAIR, by=BEN, now=running.now
        )
    running.sync()
    with running.store.transaction() as tx:
        assert remove_template(tx, "ours", now=running.now) is False
        with pytest.raises(NotFound):
            remove_template(tx, "weekly", now=running.now)
    running.pass_meeting()
    assert running.agenda().sections


def test_sd_29_a_template_that_requires_a_solution_is_refused(running: Company) -> None:
    section = OWN.sections[0].model_dump(mode="json") | {"requires": ["solution"]}
    bad = OWN.model_dump(mode="json") | {"sections": [section]}
    with running.store.transaction() as tx:
        with pytest.raises(InvalidInput, match="A solution is required here"):
            import_template(tx, type(OWN).model_validate(bad), now=running.now)
        assert "ours" not in all_templates(tx)
    with pytest.raises(InvalidInput, match="json, toml, md"):
        read_template("", ".exe")
