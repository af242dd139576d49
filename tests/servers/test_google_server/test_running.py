"""The stand-in outside of tests: as a command, and under many threads."""

import json
import signal
import subprocess
import sys
import threading
from typing import Any

import requests

from tests.servers.google import GoogleServer

from .conftest import BEN, NOW, Api


def test_command_prints_where_it_is_and_ends_on_a_signal() -> None:
    command = [sys.executable, "-m", "tests.servers.google", "--user", "ana@example.com=Ana"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        certs = requests.get(f"{ready['url']}oauth2/v1/certs", timeout=5)
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=20) == 0
    assert ready["users"] == ["ana@example.com"]
    assert ready["service_account"]["token_uri"] == ready["token_uri"]
    assert certs.status_code == 200


def test_stopped_server_can_be_stopped_again(server: GoogleServer) -> None:
    server.stop()
    server.stop()


def test_eight_people_at_once_get_their_own_answers(server: GoogleServer, api: Api) -> None:
    people = [server.add_user(f"p{n}@example.com", f"P{n}").address for n in range(8)]
    for person in people:
        server.ui.create(person, person, NOW)
    services = {person: api("calendar", person) for person in people}
    wrong: list[Any] = []

    def read(person: str) -> None:
        for _ in range(20):
            answer = services[person].events().list(calendarId=person).execute()
            if [item["summary"] for item in answer["items"]] != [person]:
                wrong.append(answer)

    threads = [threading.Thread(target=read, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert wrong == []
    assert server.calls.count("calendar.events.list") == 160


def test_clock_runs_until_it_is_set(server: GoogleServer) -> None:
    fresh = GoogleServer()
    moving = fresh.clock.now()

    assert fresh.clock.now() >= moving
    assert server.clock.now() == NOW
    assert BEN
