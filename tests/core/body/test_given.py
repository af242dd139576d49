"""What outside programs hand in: of the wrong kind, the error says what is wanted and where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.body import Body, BodyForm, Copy, Exposure, merge, merge_copies, render
from core.errors import InvalidInput
from core.model.agenda import Agenda, Visibility
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.test_lines_and_their_meaning import agenda, annas, shown, texts

OF = agenda(annas("Urlaub", {"text": "Gehalt", "visibility": "private"}))


def given(**other: Any) -> Any:
    """Merge what is right but for what is given."""
    body = Body(content=shown(OF))
    call = {"base_agenda": OF, "base_body": body, "theirs": body, "ours": OF, **settings_of()}
    return merge(**{**call, **other})


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"theirs": "Hallo"}, r"^theirs: expected a Body, such as .*\), not str$"),
        ({"theirs": None}, r"theirs: expected a Body"),
        ({"base_body": "Hallo"}, r"^base_body: expected a Body, such as .*\) or None, not str$"),
        ({"base_agenda": {}}, r"^base_agenda: expected an Agenda, such as .*\) or None, not dict$"),
        ({"ours": OF.to_dict()}, r"ours: expected an Agenda, such as Agenda.from_dict\(...\)"),
        ({"ours": OF.shared()}, r"ours: expected an Agenda, .*, not SharedAgenda"),
        (
            {"copy_of": "anna@example.com"},
            r"^copy_of: expected a Person, such as .*\) or None, not str$",
        ),
        ({"people": ("anna@example.com",)}, r"^people: expected a Person, such as .*\), not str$"),
        ({"now": "2026-06-08"}, r"^now: expected a datetime with a time zone, not str$"),
        ({"now": datetime(2026, 6, 8)}, r"^now: needs a time zone, such as datetime.now\(UTC\)$"),
        ({"exposure": "some"}, r"'some' is not a valid Exposure"),
    ],
)
def test_a_merge_says_what_it_was_given_and_what_it_wants(
    wrong: dict[str, Any], error: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        given(**wrong)


def test_copies_need_a_name_each_and_there_is_one_at_least() -> None:
    copy = Copy(name="Anna", theirs=Body())

    for copies, error in (
        ([], r"^merge_copies needs a copy$"),
        ([copy, copy], r"^copies: each needs a name of its own$"),
        ([Body()], r"^copies: expected a Copy, such as Copy\(name=..., theirs=...\), not Body$"),
    ):
        with pytest.raises((TypeError, ValueError), match=error):
            merge_copies(copies, ours=OF, **settings_of())  # type: ignore[arg-type]


def test_only_what_both_may_see_is_rendered() -> None:
    with pytest.raises(
        TypeError, match=r"^render: expected what both .* agenda\.shared\(\), not Agenda$"
    ):
        render(OF, form=BodyForm.TEXT, locale="de")  # type: ignore[arg-type]


def test_a_form_and_an_exposure_may_be_given_by_their_words() -> None:
    body = Body(form="html", content="<p>Hallo</p>")  # type: ignore[arg-type]
    link = given(exposure="link", link="https://v.example.com").body.content

    assert body.form is BodyForm.HTML
    assert "Urlaub" not in link
    assert link == given(exposure=Exposure.LINK, link="https://v.example.com").body.content


@pytest.mark.parametrize("wrong", [{"form": "rtf"}, {"content": None}, {"content": b"Hallo"}])
def test_a_body_is_text_in_one_of_two_forms(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match=r"not a valid BodyForm|content is text"):
        Body(**wrong)


def point(**keys: Any) -> dict[str, Any]:
    """Return an agenda of one point as data."""
    return {"sections": [{"points": [{"text": "Urlaub", **keys}]}]}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"sectons": []}, "agenda: 'sectons' is no key there; 'sections' is"),
        ({"sections": [{"point": []}]}, "sections[0]: 'point' is no key there; 'points' is"),
        (point(onwer="a@example.com"), "sections[0].points[0]: 'onwer' is no key there; 'owner'"),
        (point(due="2026-06-12"), "sections[0].points[0].due: only action items"),
        (point(carried="2"), "sections[0].points[0].carried: expected a number such as 2"),
        (point(carried=-1), "sections[0].points[0].carried: expected a number such as 2"),
        (point(carried=True), "sections[0].points[0].carried: expected a number such as 2"),
        (point(sensitive="no"), "sections[0].points[0].sensitive: expected true or false"),
        ({"sections": [{"title": {"de": 5}}]}, "sections[0].title.de: expected a text, not int"),
        (
            {"sections": [{"action_items": [{"text": "a", "due": datetime(2026, 6, 12)}]}]},
            "sections[0].action_items[0].due: expected a text, not datetime",
        ),
    ],
)
def test_plain_data_of_another_shape_is_named_by_its_place(data: Any, error: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Agenda.from_dict(data)

    assert str(caught.value).startswith(error)


def test_plain_data_may_be_short_and_hold_keys_of_others() -> None:
    item = {"text": "Budget", "action": True, "due": date(2026, 6, 12)}
    of = Agenda.from_dict({"version": 3, "sections": [{"colour": "red", "entries": ["Lob", item]}]})

    assert texts(of) == ["Lob", "Budget"]
    assert Agenda.from_dict(of.to_dict()) == of


@pytest.mark.parametrize(
    ("given", "found"),
    [("shared", Visibility.SENSITIVE), ("private", Visibility.PRIVATE)],
)
def test_of_two_words_for_who_may_see_a_point_the_stricter_one_counts(
    given: str, found: Visibility
) -> None:
    (one,) = Agenda.from_dict(point(sensitive=True, visibility=given)).points

    assert one.visibility is found


def test_half_a_sign_in_the_words_needs_no_id_of_its_own() -> None:
    assert texts(Agenda.from_dict({"sections": [{"points": ["a\ud800b"]}]})) == ["a\ud800b"]
