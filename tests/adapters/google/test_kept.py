"""A kept Google connection opens again, or says what is missing."""

from __future__ import annotations

import json

import pytest

from adapters.registry import build
from core.errors import InvalidInput

CONSENT = json.dumps({"client_id": "c", "client_secret": "s", "refresh_token": "r"})


def test_a_consent_opens_the_suite_without_asking_google() -> None:
    suite = build("google", {"account": "anna@example.com"}, CONSENT)

    assert suite.name == "google"
    assert suite.tasks is not None


@pytest.mark.parametrize(
    ("settings", "secret", "missing"),
    [
        ({}, CONSENT, "account"),
        ({"account": "a@example.com"}, "no", "JSON"),
        ({"account": "a@example.com"}, "[]", "object"),
        ({"account": "a@example.com"}, '{"client_id": "c"}', "client_secret"),
    ],
)
def test_what_is_missing_is_said(settings: dict[str, str], secret: str, missing: str) -> None:
    with pytest.raises(InvalidInput, match=missing):
        build("google", settings, secret)
