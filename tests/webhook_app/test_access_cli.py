"""`vieraugen token …`, `webhooks …` and `sign-in` on a real data folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.service.edit import add_point
from tests.core.builders import ANNA
from tests.webhook_app.memory_app import company_app
from tests.webhook_app.outgoing.receiver import running_receiver
from webhook_app.cli.main import main
from webhook_app.jobs.clock import utc_now

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    company, app = company_app(tmp_path / "data")
    company.say_yes()
    app.close()

    def command(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main([*words, "--data", str(tmp_path / "data"), "--json"]) == code
        shown = capsys.readouterr()
        return json.loads(shown.out) if shown.out else shown.err

    return command


def test_a_token_is_made_listed_and_revoked(run: Run) -> None:
    made = run("token", "create", "--person", ANNA, "--name", "n8n", "--scope", "webhooks,search")

    (shown,) = run("token", "list", "--person", ANNA)["tokens"]
    assert made["token"] not in json.dumps(shown)
    assert (shown["id"], shown["scopes"], shown["works"]) == (
        made["id"],
        ["search", "webhooks"],
        True,
    )
    assert run("token", "revoke", made["id"])["works"] is False
    assert "no token" in run("token", "revoke", "x", code=1)


def test_without_a_scope_the_scopes_are_listed_in_words(run: Run) -> None:
    said = run("token", "create", "--person", ANNA, "--name", "x", code=1)

    assert "agenda:read" in said
    assert "read your pairs" in said


def test_a_sign_in_link_is_printed(run: Run) -> None:
    assert "/auth/mail/" in run("sign-in", ANNA)["link"]
    assert "no e-mail address" in run("sign-in", "anna", code=1)


def test_a_webhook_by_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIERAUGEN_WEBHOOK_HOSTS", "127.0.0.1")
    with running_receiver() as receiver:
        made = run("webhooks", "add", receiver.url, "--owner", ANNA, "--event", "point.added")
        name = made["id"]
        assert made["secret"].startswith("whsec_")
        assert run("webhooks", "test", name)["arrived"]
        receiver.answer(404)
        assert "nothing listens" in run("webhooks", "test", name, code=1)["hint"]
        assert run("webhooks", "rotate", name)["secret"] != made["secret"]
        assert run("webhooks", "switch", name, "--off")["state"] == "paused"
        assert run("webhooks", "switch", name)["state"] == "active"
        receiver.answer(204)
        company, app = company_app(tmp_path / "data")
        series = company.series().series_id
        point = add_point(app.services, series, "x", by=ANNA, now=utc_now())
        app.close()
        company.sync()
        assert [b["data"]["entry"] for b in receiver.bodies[2:]] == []
        (webhook,) = run("webhooks", "list")["webhooks"]
        assert (webhook["id"], webhook["waiting"]) == (name, 1)
        (delivery,) = run("webhooks", "deliveries", name)["deliveries"]
        assert point.point_id not in json.dumps(delivery)
        assert run("webhooks", "resend", name, delivery["id"])["webhook_id"]
        assert run("webhooks", "remove", name) == {"removed": name}
        assert "no webhook" in run("webhooks", "deliveries", name, code=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("http://10.0.0.1/x", "--owner", ANNA), "webhook_hosts"),
        (("https://example.com/x", "--owner", ANNA, "--event", "all"), "agenda.created"),
        (("https://example.com/x", "--owner", ANNA, "--content", "--all-pairs"), "counts only"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run("webhooks", "add", *words, code=1)
