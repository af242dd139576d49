"""The body around our block is its host's and its people's: we give back every character."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.body import Body, BodyForm, has_block, magic_word, place, read, remove, render
from core.model.agenda import Agenda
from tests.core.body.manglers.agendas import agendas
from tests.core.body.manglers.clients import cut_at, emptied
from tests.core.body.manglers.edits import CALM
from tests.core.body.manglers.lines import Page, Role, page_of
from tests.core.body.manglers.strategies import (
    Edited,
    all_words,
    by_id,
    edited_copies,
    flavours_for,
    merge_all,
    only,
    pages,
    written,
)
from tests.core.body.samples.cases import ANNA, PEOPLE, load_base
from tests.core.body.words import count_words, plain, seen_in_html

TEAMS: Final = {
    name: load_base(f"exchange-teams-{name}").body.content
    for name in ("en-old", "en-new", "de-old", "de-new", "fr-new")
}
JOIN: Final = {
    name: content[content.index('<div style="width:100%">') : content.rindex("</body>")]
    for name, content in TEAMS.items()
}
FORMS: Final = st.sampled_from(list(BodyForm))
PEOPLES_TEXT: Final = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
PEOPLES_HTML: Final = st.lists(
    st.sampled_from(
        [
            "<p>Bitte pünktlich</p>\r\n",
            "Raum 3<br>",
            "<div class=x_a>R&amp;D &lt;neu&gt;</div>",
            "<ul><li>Stift</li><li>Blatt</ul>",
            "<!-- <div> -->",
            "<table><tr><td>1<td>2</table>",
            "<p>offen <b>fett",
            "<https://example.com/a?b=1>",
            "\n\n",
            "&nbsp;",
            "</div>",
            "<img src='cid:1'>",
        ]
    ),
    max_size=6,
).map("".join)
FRAGMENTS: Final = (
    *("▼ 1:1-Agenda (hier schreiben)", "▲ Ende 1:1-Agenda", "<ul>", "<li>", "</li>", "\n"),
    *("Anna", "Vereinbart", " [ ] ", "Urlaub", "<!--", "-->", "<![if", "<script>", "<p"),
    *("_" * 80, "&#0;", "&#x110000;", "&", "<br", ">", "TODO Ben:", "!!", "bis Freitag"),
)
ANYTHING: Final = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="<>/!-[]&;# \n\r\t\x00▼▲1:Agendahirscbe☐✔x()@~\ud800", max_size=300),
    st.lists(
        st.sampled_from(FRAGMENTS),
        max_size=40,
    ).map("".join),
)


@given(agendas(), PEOPLES_TEXT)
def test_removing_a_placed_block_gives_the_original_text(agenda: Agenda, text: str) -> None:
    _placed_and_removed(agenda, Body(content=text))


@given(agendas(), PEOPLES_HTML)
def test_removing_a_placed_block_gives_the_original_html(agenda: Agenda, html: str) -> None:
    _placed_and_removed(agenda, Body(form=BodyForm.HTML, content=html))


def _placed_and_removed(agenda: Agenda, original: Body) -> None:
    if has_block(original) or magic_word(original):
        return
    placed = place(original, render(agenda.shared(), form=original.form, locale="de"))

    assert has_block(placed)
    assert remove(placed, original=original) == original


@given(agendas(), st.sampled_from(sorted(JOIN)), PEOPLES_HTML, PEOPLES_HTML)
@pytest.mark.capability("C-09")
def test_a_join_block_is_never_touched(agenda: Agenda, name: str, above: str, below: str) -> None:
    shell = f"<html>\r\n<body>\r\n{above}{JOIN[name]}{below}</body>\r\n</html>\r\n"
    original = Body(form=BodyForm.HTML, content=shell)
    placed = place(original, render(agenda.shared(), form=BodyForm.HTML, locale="de"))
    result = _edited(agenda, placed, replace(placed, content=_with_point(placed.content))).merged()

    assert placed.content.count(JOIN[name]) == 1
    assert result.may_write
    assert result.body.content.count(JOIN[name]) == 1
    assert remove(placed, original=original) == original


@given(agendas(), st.sampled_from(sorted(JOIN)))
def test_a_lost_join_block_stops_the_write(agenda: Agenda, name: str) -> None:
    block = render(agenda.shared(), form=BodyForm.HTML, locale="de")
    original = Body(form=BodyForm.HTML, content=f"<html><body>{JOIN[name]}</body></html>")
    base = place(original, block)
    result = _edited(agenda, base, replace(base, content=base.content.replace(JOIN[name], "")))

    assert result.merged().may_write is False


@given(edited_copies(CALM, manglers=()), PEOPLES_HTML, PEOPLES_HTML)
def test_text_around_the_block_is_byte_for_byte(edited: Edited, above: str, below: str) -> None:
    if edited.theirs.form is BodyForm.TEXT:
        above, below = (re.sub(r"<[^<>]*>", "", part) for part in (above, below))
    above, below = f"{above}<p>oben</p>\n", f"\n<p>unten</p>{below}"
    theirs = replace(edited.theirs, content=f"{above}{edited.theirs.content}{below}")
    result = edited.merged(theirs=theirs)

    assert result.body.content.startswith(above)
    assert result.body.content.endswith(below)


@given(edited_copies(CALM, manglers=()), st.integers(0, 600))
def test_a_cut_body_loses_no_item_and_no_word_that_is_left(edited: Edited, length: int) -> None:
    cut = cut_at(length)(edited.theirs)
    result = edited.merged(theirs=cut)
    left = count_words(seen_in_html(cut.content)) if cut.form is BodyForm.HTML else None
    there = left if left is not None else count_words(cut.content)
    whole = edited.page.typed & there

    assert set(by_id(edited.agenda)) - set(by_id(result.agenda)) == set()
    found = only(all_words(result), set(whole))
    assert {word: found[word] for word in whole} == dict(whole)


@given(edited_copies(CALM))
@pytest.mark.capability("C-10")
def test_an_emptied_body_is_damage_and_gets_its_block_again(edited: Edited) -> None:
    result = edited.merged(theirs=emptied(edited.theirs))

    assert result.agenda == edited.agenda
    assert result.damage != ()
    assert result.write is True
    assert has_block(result.body)


@given(st.data(), agendas(), FORMS)
def test_a_block_pasted_twice_doubles_nothing(
    data: st.DataObject, agenda: Agenda, form: BodyForm
) -> None:
    base = written(agenda, form)
    page = data.draw(pages(CALM, start=_pasted(base, agenda), most=3))
    flavour = data.draw(st.sampled_from(flavours_for(form)))
    edited = Edited(agenda=agenda, base=base, page=page, theirs=flavour(page), person=ANNA)
    result = edited.merged()

    assert set(by_id(agenda)) - set(by_id(result.agenda)) == set()
    assert only(all_words(result), set(page.typed)) == page.typed
    assert len(by_id(result.agenda)) <= len(by_id(agenda)) + _lines_typed(page) + len(page.changed)


@given(st.data(), agendas(), FORMS)
def test_a_part_of_the_block_pasted_inside_it_breaks_nothing(
    data: st.DataObject, agenda: Agenda, form: BodyForm
) -> None:
    base = written(agenda, form)
    lines = page_of(base, agenda).lines
    start, end, at = (data.draw(st.integers(1, len(lines) - 1)) for _ in range(3))
    twice = Page(lines=(*lines[:at], *lines[start:end], *lines[at:]))
    page = data.draw(pages(CALM, start=twice, most=3))
    flavour = data.draw(st.sampled_from(flavours_for(form)))
    edited = Edited(agenda=agenda, base=base, page=page, theirs=flavour(page), person=ANNA)
    result = edited.merged()

    assert set(by_id(agenda)) - set(by_id(result.agenda)) == set()
    assert only(all_words(result), set(page.typed)) == page.typed


def _pasted(base: Body, agenda: Agenda) -> Page:
    page = page_of(base, agenda)
    return page.with_lines([*page.lines, *page.lines])


def _lines_typed(page: Page) -> int:
    return sum(line.role in (Role.TYPED, Role.NOTE) for line in page.lines)


@given(ANYTHING, FORMS, st.one_of(st.none(), ANYTHING))
@example("\ud800<\x00", BodyForm.HTML, None)
@example("<" * 500, BodyForm.HTML, "&#55296;")
def test_no_body_makes_the_engine_raise(content: str, form: BodyForm, rich: str | None) -> None:
    body = Body(form=form, content=content, rich=rich)
    edited = _edited(EMPTY, Body(), body)
    result = edited.merged()
    placed = place(body, render(EMPTY.shared(), form=form, locale="en"))

    read(body)
    remove(body, original=None)
    assert isinstance(result.write, bool)
    assert has_block(placed)


@given(ANYTHING, ANYTHING)
def test_any_base_and_any_body_merge_and_merge_again_to_the_same(base: str, theirs: str) -> None:
    first = _edited(EMPTY, Body(content=base), Body(content=theirs)).merged()
    if not first.may_write:
        return
    body = first.body if first.write else Body(content=theirs)
    again = _edited(first.agenda, body, body).merged()

    assert again.agenda == first.agenda
    assert again.write is False


@given(ANYTHING, FORMS)
def test_a_body_without_our_block_is_read_as_peoples_own(content: str, form: BodyForm) -> None:
    body = Body(form=form, content=content)
    if not has_block(body):
        copy = replace(_edited(EMPTY, body, body).copy("a"), base_agenda=None, base_body=None)
        result = merge_all([copy], EMPTY)

        assert result.agenda == EMPTY
        assert result.write is False


@given(agendas(), FORMS, st.integers(300, 6000))
def test_a_block_stays_within_its_budget(agenda: Agenda, form: BodyForm, budget: int) -> None:
    link = "https://example.com/p/abc"
    block = render(agenda.shared(), form=form, locale="de", people=PEOPLE, link=link, budget=budget)
    whole = render(agenda.shared(), form=form, locale="de", people=PEOPLE, link=link)

    assert len(block) <= max(budget, len(_smallest(form, link)))
    assert block == whole or link in block


EMPTY: Final = Agenda()


def _smallest(form: BodyForm, link: str) -> str:
    return render(EMPTY.shared(), form=form, locale="de", people=PEOPLE, link=link)


@pytest.mark.parametrize("word", ["#1on1", "#vieraugen"])
@pytest.mark.parametrize("form", list(BodyForm))
def test_the_magic_word_goes_and_the_text_around_it_stays(word: str, form: BodyForm) -> None:
    original = Body(form=form, content=f"Raum 3 {word} und Tee")
    placed = place(original, render(EMPTY.shared(), form=form, locale="de"))
    shown = plain(seen_in_html(placed.content))

    assert magic_word(original)
    assert word not in shown
    assert "Raum 3" in shown
    assert "und Tee" in shown


def _edited(agenda: Agenda, base: Body, theirs: Body) -> Edited:
    page = page_of(Body(), EMPTY)
    return Edited(agenda=agenda, base=base, page=page, theirs=theirs, person=ANNA)


def _with_point(content: str) -> str:
    """Type a line above the closing fence."""
    at = content.rindex("Ende 1:1-Agenda")
    start = content.rindex("<", 0, at)
    return f"{content[:start]}<div>- zwneu</div>{content[start:]}"
