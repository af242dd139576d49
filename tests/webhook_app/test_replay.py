"""`vieraugen replay`: what came in is listed and done once more, from every source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.cards import Deed, Verb
from core.model.mailed import MailedTalk
from core.model.series import SeriesId, SheetId
from core.service.mail_replies import Outcome
from tests.webhook_app.cards_app import ANNA, NOW, SERIES, cards_app
from tests.webhook_app.test_inbox import BEN_ID, CALENDAR, connect
from webhook_app.cli.inbound import since_of
from webhook_app.cli.main import main
from webhook_app.config import Settings
from webhook_app.hooks.presses import take_press
from webhook_app.hooks.replies import take_mail
from webhook_app.hooks.rows import calendar_push
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import open_app

MAIL = (
    b"From: anna@example.com\r\nMessage-ID: <r1@example.com>\r\nIn-Reply-To: <m1@example.com>\r\n"
    b"Authentication-Results: mx.example.com; dkim=pass header.d=example.com\r\n\r\n- Training"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a press, a reply and a push of a calendar that is gone came in."""
    monkeypatch.setenv("VIERAUGEN_IMAP_AUTHSERV", "mx.example.com")
    cards_app(tmp_path / "data").close()
    app, now = open_app(Settings(data=tmp_path / "data", imap_authserv="mx.example.com")), utc_now()
    with app.store.transaction() as tx:
        tx.put_noun(
            MailedTalk(message_id="<m1@example.com>", person=ANNA.address, series_id=SERIES, at=now)
        )
        tx.receive(
            calendar_push("google", BEN_ID, CALENDAR, now - timedelta(days=2), source_id="9")
        )
    deed = Deed(verb=Verb.ADD_POINT, series=SERIES, mark="m")
    take_press(app, "slack", deed, ANNA, {"text": "Budget"}, now)
    take_mail(app, MAIL, now)
    app.close()
    return tmp_path / "data"


def told(
    folder: Path, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[dict[str, str]]]:
    code = main(["replay", "--data", str(folder), "--json", *words])
    return code, json.loads(capsys.readouterr().out)["received"]


def points(folder: Path) -> list[str]:
    app = open_app(Settings(data=folder))
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
    app.close()
    assert sheet is not None
    return sorted(p.text for p in sheet.agenda.points if p.text in ("Budget", "Training"))


def test_the_list_shows_no_words_and_does_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = told(folder, capsys, "--dry-run")

    assert code == 0
    assert [(f["suite"], f["kind"], f["state"]) for f in found] == [
        ("google", "calendar", "waiting"),
        ("slack", "press", "done"),
        ("mail", "reply", "done"),
    ]
    assert "Budget" not in json.dumps(found)


@pytest.mark.parametrize(
    ("words", "suites"),
    [
        (("--since", "1d"), ["slack", "mail"]),
        (("--suite", "mail"), ["mail"]),
        (("--kind", "press"), ["slack"]),
        (("--id", "9"), ["google"]),
        (("--failed",), []),
    ],
)
def test_rows_are_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], suites: list[str]
) -> None:
    _, found = told(folder, capsys, "--dry-run", *words)

    assert [f["suite"] for f in found] == suites


def test_what_is_replayed_is_done_once_and_failures_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert points(folder) == ["Budget", "Training"]

    code, found = told(folder, capsys, "--since", "30d")

    assert code == 3
    assert [f["state"] for f in found] == ["failed", "done", "done"]
    assert found[0]["trouble"] == "this calendar is no longer read"
    assert points(folder) == ["Budget", "Training"]
    assert [f["suite"] for f in told(folder, capsys, "--failed", "--dry-run")[1]] == ["google"]


def test_a_reply_that_found_no_agenda_becomes_points_later(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = SeriesId("later")
    app = open_app(Settings(data=folder, imap_authserv="mx.example.com"))
    with app.store.transaction() as tx:
        tx.put_noun(
            MailedTalk(message_id="<m2@example.com>", person=ANNA.address, series_id=later, at=NOW)
        )
    mail = MAIL.replace(b"<m1", b"<m2").replace(b"<r1", b"<r2")
    assert take_mail(app, mail, utc_now()) is Outcome.NO_AGENDA
    with app.store.transaction() as tx:
        series, (sheet,) = tx.series(SERIES), tx.sheets(SERIES)
        assert series is not None
        tx.put_series(replace(series, series_id=later, uid="uid-2"))
        tx.put_sheet(replace(sheet, sheet_id=SheetId("s2"), series_id=later))
    app.close()

    code, _ = told(folder, capsys, "--suite", "mail", "--since", "1h")

    app = open_app(Settings(data=folder))
    with app.store.transaction() as tx:
        fresh = tx.open_sheet(later)
    app.close()
    assert code == 0
    assert fresh is not None
    assert "Training" in [p.text for p in fresh.agenda.points]


def test_without_a_choice_calendars_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = open_app(Settings(data=folder))
    connect(app)
    app.close()

    assert main(["replay", "--data", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"calendars": 1}
    assert len(told(folder, capsys, "--kind", "calendar", "--dry-run")[1]) == 2
    assert main(["replay", "--data", str(folder), "--suite", "mail", "--from-start"]) == 1


def test_moments_are_said_shortly_or_in_full() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert since_of("90m", now) == now - timedelta(minutes=90)
    assert since_of("2h", now) == now - timedelta(hours=2)
    assert since_of("2026-03-01T09:00+00:00", now) == now - timedelta(days=1)
    with pytest.raises(InvalidInput, match="90m"):
        since_of("yesterday", now)
