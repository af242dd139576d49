"""What a page says when it cannot: in the reader's language, by kind, and nothing of the inside."""

from __future__ import annotations

import pytest

import core.errors
from core.errors import OneOnOneError, SuiteError
from tests.core.builders import ANNA
from tests.webhook_app.pages.hands import link, talk
from tests.webhook_app.world import World
from webhook_app.pages.refusals import CODES, KINDS, problem_page
from webhook_app.pages.words import words_for
from webhook_app.problems import STATUS

PAGE = {"Accept": "text/html", "Accept-Language": "de-DE,de;q=0.9"}
REASON = "the reason's own words"


@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda k: k.__name__))
def test_each_kind_has_a_german_sentence_and_no_english_one(
    world: World, kind: type[OneOnOneError]
) -> None:
    with world.flask.test_request_context(headers=PAGE):
        german, status = problem_page(STATUS[kind], kind(REASON))
    with world.flask.test_request_context(headers={"Accept-Language": "en"}):
        english, _ = problem_page(STATUS[kind], kind(REASON))

    assert status == STATUS[kind]
    assert '<html lang="de">' in german
    assert "reason" not in german
    assert '<html lang="en">' in english
    sentences = (f"problem_{KINDS[kind]}", f"{KINDS[kind]}_text")
    assert any(words_for("de").get(name, "?") in german for name in sentences)


def test_every_error_of_ours_has_a_kind_or_belongs_to_one() -> None:
    ours = [e for e in vars(core.errors).values() if isinstance(e, type)]
    errors = [e for e in ours if issubclass(e, OneOnOneError) and e is not OneOnOneError]

    assert {e.__name__ for e in errors if not issubclass(e, tuple(KINDS))} == set()
    assert issubclass(core.errors.PermissionDenied, SuiteError)


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_http_refuses_has_a_sentence(world: World, code: int) -> None:
    with world.flask.test_request_context(headers=PAGE):
        page, status = problem_page(code, text=REASON)

    assert status == code
    assert "reason" not in page


def test_real_refusals_are_german_for_german_readers(world: World) -> None:
    client, words = world.flask.test_client(), words_for("de")
    series = world.company.series().series_id

    missing = client.get("/no/such/place", headers=PAGE)
    broken = client.get("/me/nonsense/", headers=PAGE)
    wrong = client.post(
        f"{link(world, ANNA)}do/{series}", data={"what": "add", "text": "x" * 3000}, headers=PAGE
    )
    verb = client.delete(talk(world, ANNA), headers=PAGE)

    assert (missing.status_code, words["not_found_text"] in missing.text) == (404, True)
    assert (broken.status_code, words["broken_link_text"] in broken.text) == (422, True)
    assert (wrong.status_code, words["problem_invalid"] in wrong.text) == (422, True)
    assert (verb.status_code, words["problem_other"] in verb.text) == (405, True)
