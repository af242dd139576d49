"""The stand-in as a program of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import requests

from tests.servers.graph import GraphServer
from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY
from tests.servers.test_graph_server.receiver import receiving
from tests.servers.test_graph_server.test_subscriptions import subscribe


def test_program_prints_one_line_and_serves_until_it_is_stopped():
    command = [sys.executable, "-m", "tests.servers.graph", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        told = json.loads(process.stdout.readline())
        form = {"grant_type": "client_credentials", "client_id": told["client_id"],
                "client_secret": told["client_secret"],
                "scope": "https://graph.microsoft.com/.default"}  # fmt: skip
        url = f"{told['authority']}/oauth2/v2.0/token"
        token = requests.post(url, data=form, verify=told["ca_file"], timeout=10).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        events = requests.get(f"{told['root']}/users/{ANNA}/events", headers=headers, timeout=10)
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0
    assert told["people"] == [ANNA, BEN]
    assert [row["type"] for row in events.json()["value"]] == ["seriesMaster"]


def test_server_needs_no_pytest():
    code = "import sys, tests.servers.graph; sys.exit('pytest' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_automatic_delivery_needs_no_call(api, series, server):
    with GraphServer(deliver="auto") as running, receiving() as receiver:
        running.clock.set(server.clock.now())
        running.add_mailbox(BEN, "Ben")
        running.add_mailbox(ANNA, "Anna")
        own = type(api)(running, running.token())
        subscribe(own, receiver)
        own.close()
        running.ui.create_event(BEN, [ANNA], subject="x", start=server.clock.now())
        until = time.monotonic() + 5
        while not receiver.pushed and time.monotonic() < until:
            time.sleep(0.02)

        assert receiver.pushed[0][0]["changeType"] == "created"
    assert MONDAY.weekday() == 0
