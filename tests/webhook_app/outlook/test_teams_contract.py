"""Teams passes the contract of messages, through our web app's bot and the stand-in's connector."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.contracts.message_contract import MessageContract, MessageHost
from tests.webhook_app.cards_app import NOW
from tests.webhook_app.outlook.conftest import ANNA
from tests.webhook_app.outlook.office import opened_office, show
from webhook_app import teams as teams_module


@pytest.fixture
def messages(graph, app, monkeypatch: pytest.MonkeyPatch) -> Iterator[MessageHost]:
    monkeypatch.setattr(teams_module, "utc_now", lambda: NOW)
    with opened_office(graph, app) as office:
        show(office, ANNA)

        def received() -> list[str]:
            said = graph.bot.activities.values()
            return [json.dumps(each["attachments"], ensure_ascii=False) for each in said]

        yield MessageHost(port=office.teams.messages(), address=ANNA, received=received)


class TestTeams(MessageContract):
    pass
