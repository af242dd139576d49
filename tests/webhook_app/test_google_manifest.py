"""The deployment of the add-on: what Google wants, and no more than that."""

from __future__ import annotations

import json

import pytest

from webhook_app.cli.main import main

FORBIDDEN = ("drive", "gmail", "mail.google", "admin", "contacts")


def test_the_manifest_names_one_address_and_four_scopes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIERAUGEN_PUBLIC_URL", "https://one.example.com/")

    assert main(["google", "addon-manifest"]) == 0

    said = capsys.readouterr()
    made = json.loads(said.out)
    url = "https://one.example.com/hooks/google/addon"
    calendar = made["addOns"]["calendar"]
    assert calendar["eventOpenTrigger"] == calendar["homepageTrigger"] == {"runFunction": url}
    assert calendar["currentEventAccess"] == "READ"
    assert made["addOns"]["httpOptions"]["authorizationHeader"] == "SYSTEM_ID_TOKEN"
    assert len(made["oauthScopes"]) == 4
    assert not [s for s in made["oauthScopes"] for word in FORBIDDEN if word in s]
    assert url in said.err


def test_an_address_that_google_cannot_call_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIERAUGEN_PUBLIC_URL", "http://10.0.0.7:8040")

    assert main(["google", "addon-manifest"]) == 1

    assert "https addresses only" in capsys.readouterr().err
