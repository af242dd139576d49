"""Each refusal says what happened and what to do, in no words of Microsoft's own."""

from __future__ import annotations

import pytest

from adapters.outlook.refusals import ADVICE, advice_on, no_token, refusal
from core.errors import AccountDisconnected, PermissionDenied, Unavailable

THEIRS = "The user ben@example.com of 'Contoso' did something. Trace ID: 1"


@pytest.mark.parametrize(
    ("error", "number", "kind", "words"),
    [
        ("invalid_client", 7000215, PermissionDenied, "its value counts, not its ID"),
        ("invalid_client", 7000222, PermissionDenied, "the client secret has ended"),
        ("invalid_client", 700027, PermissionDenied, "upload it"),
        ("unauthorized_client", 700016, PermissionDenied, "check --client"),
        ("invalid_request", 90002, PermissionDenied, "check --tenant"),
        ("invalid_grant", 65001, AccountDisconnected, "Grant admin consent"),
        ("invalid_grant", 50173, AccountDisconnected, "connect outlook --sign-in"),
        ("interaction_required", 53003, AccountDisconnected, "Conditional Access"),
        ("invalid_grant", 1, AccountDisconnected, "look the number up"),
        ("invalid_client", 1, PermissionDenied, "check its id"),
        ("server_error", 90033, Unavailable, "by itself"),
        ("invalid_grant", 50196, Unavailable, "by itself"),
        ("something", 1, Unavailable, "look the code up"),
    ],
)
def test_refusal_of_a_token_says_what_to_do(error, number, kind, words):
    said = no_token(error, f"AADSTS{number}: {THEIRS}")

    assert type(said) is kind
    assert f"AADSTS{number}" in str(said)
    assert words in str(said)
    assert "example.com" not in str(said)
    assert str(said).endswith(".")


def test_refusal_without_a_number_has_its_name():
    assert "invalid_scope" in str(no_token("invalid_scope", ""))
    assert "no reason" in str(no_token("", ""))


def test_each_advice_is_a_part_of_a_sentence():
    assert all(text[0].islower() and not text.endswith(".") for text in ADVICE.values())


def test_refused_sign_in_says_what_to_do():
    assert advice_on("AADSTS65004: User declined").startswith("AADSTS65004: the person said no")
    assert advice_on("nothing") == "no number: look the number up"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1.0/users/a/calendar", "management scope"),
        ("/v1.0/users/a/todo/lists", "To Do needs Tasks.ReadWrite.All"),
        ("/v1.0/planner/plans/x/tasks", "a place in the group"),
        ("/v1.0/users/a/sendMail", "Mail.Send"),
    ],
)
def test_missing_right_is_the_one_that_was_needed(path, words):
    assert words in str(refusal(403, "ErrorAccessDenied", {}, path))


@pytest.mark.parametrize("status", [401, 403, 429, 500, 418])
def test_each_refusal_of_graph_ends_with_what_comes_next(status):
    said = str(refusal(status, "Code", {}))

    assert any(word in said for word in ("`vieraugen", "?", "by itself", "report it"))
