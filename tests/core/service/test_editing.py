"""What people do on a page stands in the event after the next sync, once; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import PointState, TalkingPoint, Visibility
from core.model.series import Connection
from core.ports import Suite
from core.service.edit import (
    add_point,
    move_entry,
    remove_entry,
    set_done,
    set_parked,
    set_visibility,
)
from core.service.promises import add_item, change_item
from core.service.reconcile import reconcile
from core.service.wording import add_line, remove_line, reword, settle
from tests.core.builders import ANNA, BEN, CLEO
from tests.core.service.conftest import UID, Company


class Page:
    """One person's hands on the agenda of a company."""

    def __init__(self, company: Company, by: str) -> None:
        self.company, self.by = company, by
        company.say_yes()
        self.where = (company.services, company.series().series_id)

    def add(self, text: str, by: str = "", **more: object) -> str:
        point: TalkingPoint = self.call(add_point, text, by=by or self.by, **more)
        return point.point_id

    def call(self, verb: Callable[..., object], *words: object, **more: object) -> object:
        return verb(*self.where, *words, **{"by": self.by, "now": self.company.now, **more})

    def event(self) -> str:
        self.company.sync()
        return self.company.clients.body(ANNA, UID, self.company.start())

    def texts(self) -> list[str]:
        return [p.text for p in self.company.agenda().points]


@pytest.fixture
def page(company: Company) -> Page:
    return Page(company, ANNA)


def test_the_same_key_again_adds_nothing(page: Page) -> None:
    first = page.add("Urlaub", key="k1")
    page.call(remove_entry, page.add("weg", key="k2"))

    assert page.add("Urlaub", key="k1") == first
    assert page.add("Urlaub", key="k3") != first
    assert page.texts() == ["Urlaub", "Urlaub"]


def test_a_key_that_was_used_in_a_meeting_now_over_adds_nothing(page: Page) -> None:
    point = page.add("Urlaub", key="k1")
    page.call(set_done, point, True)
    page.event()
    page.company.pass_meeting()

    page.add("Urlaub", key="k1")

    assert page.texts() == []


def test_an_order_made_on_the_page_stands_in_the_event_and_stays(page: Page) -> None:
    first, _, third = page.add("eins"), page.add("zwei"), page.add("drei")
    page.event()

    page.call(move_entry, third, "")
    page.call(move_entry, first, third)
    text = page.event()

    assert text.index("drei") < text.index("eins") < text.index("zwei")
    page.event()
    assert page.texts() == ["drei", "eins", "zwei"]


def test_an_edit_reaches_the_event_and_the_old_words_are_gone(page: Page) -> None:
    point = page.add("Urlaub")
    page.event()

    page.call(reword, point, "Urlaub im August", base="Urlaub")

    assert page.event().count("Urlaub") == 1
    assert page.texts() == ["Urlaub im August"]


def test_two_edits_at_once_keep_both_until_somebody_settles(page: Page) -> None:
    point = page.add("Urlaub")
    page.call(reword, point, "Urlaub im Juli", base="Urlaub")

    for _ in range(2):
        page.call(reword, point, "Urlaub im August", base="Urlaub", by=BEN)
    clash = page.company.agenda().points[0]
    page.call(settle, point, "Urlaub im Juli oder August")

    assert (clash.text, clash.other_wording) == ("Urlaub im Juli", "Urlaub im August")
    assert page.company.agenda().points[0].other_wording == ""
    assert "Urlaub im Juli oder August" in page.event()


def test_a_third_wording_is_kept_as_a_line_below(page: Page) -> None:
    point = page.add("a")
    for text in ("b", "c", "d"):
        page.call(reword, point, text, base="a")

    kept = page.company.agenda().points[0]

    assert (kept.text, kept.other_wording, kept.notes) == ("b", "c", ("d",))


@pytest.mark.capability("SD-25")
def test_sd_25_lines_below_a_point_come_and_go(page: Page) -> None:
    point = page.add("Urlaub")
    for _ in range(2):
        page.call(add_line, point, "Beschluss: zwei Wochen")
    with_line = page.event()
    page.call(remove_line, point, "Beschluss: zwei Wochen")

    assert with_line.count("Beschluss: zwei Wochen") == 1
    assert "Beschluss" not in page.event()


@pytest.mark.capability("SD-15")
def test_sd_15_a_draft_stays_with_its_author_until_shared(page: Page) -> None:
    draft = page.add("Gehalt", visibility=Visibility.PRIVATE)
    happened = _happenings(page)
    before = page.event()
    with pytest.raises(NotFound):
        page.call(reword, draft, "x", by=BEN)
    page.call(set_visibility, draft, Visibility.SHARED)

    assert "Gehalt" not in before
    assert "point.added" not in happened
    assert "Gehalt" in page.event()
    assert "point.added" in _happenings(page)


@pytest.mark.capability("SD-17", "US-9")
def test_sd_17_confidential_words_leave_the_event_and_only_the_owner_brings_them_back(
    page: Page,
) -> None:
    point = page.add("Gehalt")
    page.event()
    page.call(set_visibility, point, Visibility.SENSITIVE, by=BEN)
    hidden = page.event()
    with pytest.raises(InvalidInput):
        page.call(set_visibility, point, Visibility.SHARED, by=BEN)

    assert "Gehalt" not in hidden
    page.call(set_visibility, point, Visibility.SHARED)
    assert "Gehalt" in page.event()


@pytest.mark.capability("SD-68")
def test_sd_68_a_parked_point_is_not_carried_and_comes_back(page: Page) -> None:
    point = page.add("Sommerfest")
    page.call(set_parked, point, True)
    assert page.company.agenda().points[0].state is PointState.PARKED

    page.call(set_parked, point, False)

    page.event()
    page.company.pass_meeting()
    assert page.texts() == ["Sommerfest"]


def test_a_promise_has_owner_and_day_and_each_can_change(page: Page) -> None:
    for _ in range(2):
        item = page.call(
            add_item, "Budget klären", owner=BEN, due=date(2026, 3, 6), key="k", by=ANNA
        )
    page.call(change_item, item.item_id, owner=ANNA, due=date(2026, 3, 9))
    text = page.event()

    assert text.count("Budget klären") == 1
    (kept,) = page.company.agenda().action_items
    assert (kept.owner, kept.due) == (ANNA, date(2026, 3, 9))
    with pytest.raises(InvalidInput):
        page.call(change_item, item.item_id, owner=CLEO, due=None)


def test_a_third_person_can_do_nothing(page: Page) -> None:
    point = page.add("Urlaub")

    for verb, words in (
        (add_point, ("x",)),
        (set_done, (point, True)),
        (move_entry, (point, "")),
        (remove_entry, (point,)),
        (reword, (point, "x")),
        (add_line, (point, "x")),
    ):
        with pytest.raises(NotFound):
            page.call(verb, *words, by=CLEO)
    assert page.texts() == ["Urlaub"]


def test_what_changes_nothing_writes_nothing(page: Page) -> None:
    point = page.add("Urlaub")
    page.event()
    before = len(_happenings(page))

    page.call(set_done, point, False)
    page.call(reword, point, "Urlaub")
    page.call(remove_entry, "nobody")

    assert len(_happenings(page)) == before


@pytest.mark.parametrize("moment", range(1, 6))
def test_a_point_added_while_the_calendar_is_read_is_not_overwritten(
    with_copies: Company, moment: int
) -> None:
    page, company = Page(with_copies, ANNA), with_copies
    company.add_line(ANNA, "- aus dem Kalender")
    company.sync()
    company.add_line(ANNA, "- noch eins")
    calm, asked = company.services, []

    def meanwhile(verb: str) -> None:
        asked.append(verb)
        if len(asked) == moment:
            add_point(calm, page.where[1], "von der Seite", by=BEN, now=company.now)

    def suite_of(connection: Connection) -> Suite:
        suite = company.suite_of(connection)
        return replace(suite, calendar=Busy(suite.calendar, meanwhile))  # type: ignore[arg-type]

    company.services = replace(calm, suite_of=suite_of)
    reconcile(company.services, page.where[1], company.now)
    reconcile(company.services, page.where[1], company.now)

    assert len(asked) >= moment
    assert sorted(page.texts()) == ["aus dem Kalender", "noch eins", "von der Seite"]


class Busy:
    """A calendar during each of whose answers somebody may use the page."""

    def __init__(self, calendar: object, meanwhile: Callable[[str], None]) -> None:
        self.calendar, self.meanwhile = calendar, meanwhile

    def __getattr__(self, name: str) -> object:
        found = getattr(self.calendar, name)
        if not callable(found):
            return found

        def answer(*words: object, **more: object) -> object:
            answered = found(*words, **more)
            self.meanwhile(name)
            return answered

        return answer


def _happenings(page: Page) -> list[str]:
    with page.company.store.transaction() as tx:
        return [h.name for _, h in tx.happenings()]
