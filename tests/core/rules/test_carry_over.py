"""What is open travels to the next meeting, once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.carry_over import HEADINGS, add_to, blank_agenda, late_changes, next_agenda
from core.model.agenda import (
    ActionItem,
    Agenda,
    ItemId,
    ItemState,
    PointId,
    PointState,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
)
from tests.core.builders import ANNA, BEN, PAIR

BLANK = blank_agenda(PAIR)


def point(name: str, **values: object) -> TalkingPoint:
    return replace(TalkingPoint(point_id=PointId(name), text=name, owner=ANNA), **values)  # type: ignore[arg-type]


def item(name: str, **values: object) -> ActionItem:
    return replace(ActionItem(item_id=ItemId(name), text=name, owner=BEN), **values)  # type: ignore[arg-type]


def agenda(*entries: TalkingPoint | ActionItem) -> Agenda:
    return Agenda(sections=(Section(kind=SectionKind.REPORT, owner=ANNA, entries=entries),))


def section(of: Agenda, kind: SectionKind) -> Section:
    return next(s for s in of.sections if s.kind is kind)


def test_a_blank_agenda_has_the_reports_section_first() -> None:
    assert tuple(s.kind for s in BLANK.sections) == HEADINGS
    assert BLANK.sections[0].owner == ANNA
    assert BLANK.sections[1].owner == BEN


def test_open_points_and_items_travel_and_the_rest_stays() -> None:
    held = agenda(
        point("open"),
        point("discussed", state=PointState.DISCUSSED),
        point("parked", state=PointState.PARKED),
        item("promise"),
        item("done", state=ItemState.DONE),
        item("dropped", state=ItemState.DROPPED),
    )

    following = next_agenda(held, BLANK)

    assert section(following, SectionKind.CARRIED).points == (point("open", carried=1),)
    assert section(following, SectionKind.AGREED).action_items == (item("promise"),)
    assert len(following.points) + len(following.action_items) == 2


def test_a_confidential_point_travels_as_one() -> None:
    held = agenda(point("pay", visibility=Visibility.SENSITIVE))

    assert next_agenda(held, BLANK).points[0].visibility is Visibility.SENSITIVE


def test_a_missing_section_is_made_where_it_belongs() -> None:
    bare = Agenda(sections=(Section(kind=SectionKind.TOPIC, title="x"),))

    kinds = [s.kind for s in add_to(bare, SectionKind.REPORT, (point("a"),)).sections]
    late = [s.kind for s in add_to(bare, SectionKind.AGREED, (item("b"),)).sections]

    assert kinds == [SectionKind.REPORT, SectionKind.TOPIC]
    assert late == [SectionKind.TOPIC, SectionKind.AGREED]


def test_a_late_tick_reaches_the_carried_point() -> None:
    held = agenda(point("a"), item("b"))
    current = next_agenda(held, BLANK)
    ticked = agenda(point("a", state=PointState.DISCUSSED), item("b", state=ItemState.DONE))

    after = late_changes(held, ticked, current)

    assert after.points[0] == point("a", state=PointState.DISCUSSED, carried=1)
    assert after.action_items[0].state is ItemState.DONE


def test_a_late_line_is_carried_once() -> None:
    held = agenda(point("a"))
    current = next_agenda(held, BLANK)
    late = agenda(point("a"), point("b"), item("c"))

    once = late_changes(held, late, current)

    assert [p.text for p in once.points] == ["a", "b"]
    assert [i.text for i in once.action_items] == ["c"]
    assert late_changes(held, late, once) == once


def test_a_late_edit_keeps_what_was_changed_on_the_current_agenda() -> None:
    held = agenda(point("a"))
    current = next_agenda(held, BLANK)
    changed_here = late_changes(held, agenda(point("a", notes=("new",))), current)

    after = late_changes(held, agenda(point("a", text="A!")), changed_here)

    assert (after.points[0].text, after.points[0].notes) == ("A!", ("new",))


def test_a_line_deleted_in_a_past_text_stays() -> None:
    held = agenda(point("a"))
    current = next_agenda(held, BLANK)

    assert late_changes(held, agenda(), current) == current


states = st.sampled_from(PointState)
item_states = st.sampled_from(ItemState)
entries = st.lists(st.tuples(st.booleans(), states, item_states), max_size=12).map(
    lambda rows: tuple(
        point(f"p{n}", state=state) if is_point else item(f"i{n}", state=item_state)
        for n, (is_point, state, item_state) in enumerate(rows)
    )
)


@given(entries, st.integers(1, 5))
def test_an_open_entry_is_there_once_however_often_it_travels(
    given_entries: tuple[TalkingPoint | ActionItem, ...], meetings: int
) -> None:
    current = agenda(*given_entries)
    open_points = [p.text for p in current.points if p.state is PointState.OPEN]
    open_items = [i.text for i in current.action_items if i.state is ItemState.OPEN]

    for _ in range(meetings):
        current = next_agenda(current, BLANK)

    assert [p.text for p in current.points] == open_points
    assert [i.text for i in current.action_items] == open_items
    assert all(p.carried == meetings for p in current.points)
