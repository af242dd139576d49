"""Slack passes the contract of messages, on its stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest

from adapters.slack import Slack, SlackMessages
from adapters.slack.messages import user_with
from core.sent import SentInMemory
from tests.contracts.message_contract import MessageContract, MessageHost
from tests.core.builders import ANNA
from tests.servers.slack import TOKEN, running_slack


@pytest.fixture
def messages() -> Iterator[MessageHost]:
    with running_slack() as space:
        space.join(ANNA)
        slack = Slack(token=TOKEN, root=space.url)
        port = SlackMessages(slack=slack, user_of=partial(user_with, slack), sent=SentInMemory())

        def received() -> list[str]:
            shown = (message["blocks"] for message in space.messages.values())
            return [json.dumps(blocks, ensure_ascii=False) for blocks in shown]

        yield MessageHost(port=port, address=ANNA, received=received)


class TestSlack(MessageContract):
    pass
