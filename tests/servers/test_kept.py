"""A stand-in's memory: what goes into the file comes out again, and a crash loses nothing."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.kept import TAG, Memory, decoded, encoded, place

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


class Line(NamedTuple):
    number: int
    day: date | None


@dataclass(slots=True, kw_only=True)
class Box:
    name: str
    lines: list[Line] = field(default_factory=list)
    numbers: Any = field(default_factory=itertools.count)


leaves = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates()
    | st.datetimes(timezones=st.just(UTC)) | st.builds(Line, st.integers(), st.dates())
)  # fmt: skip
keys = st.text() | st.integers() | st.dates() | st.tuples(st.integers(), st.none() | st.dates())
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(keys, inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.sets(keys, max_size=3)
        | st.frozensets(st.text(), max_size=3)
        | st.builds(Box, name=st.text(), lines=st.just([Line(1, None)]), numbers=st.none())
    ),
    max_leaves=8,
)
CLASSES = {"Line": Line, "Box": Box}


@given(values)
def test_what_is_kept_comes_back_as_it_was(value: Any) -> None:
    text = json.dumps(encoded(value))

    back = decoded(json.loads(text), CLASSES)

    assert back == value
    assert type(back) is type(value)


def test_a_name_like_our_own_tag_is_just_a_name() -> None:
    assert decoded(encoded({TAG: "set", "is": [1]}), {}) == {TAG: "set", "is": [1]}


def test_what_nobody_can_read_back_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="object can't be kept"):
        encoded({"thing": object()})


def test_a_count_goes_on_and_never_back(tmp_path: Path) -> None:
    box = Box(name="ana", numbers=itertools.count(7))
    memory = Memory(tmp_path / "box.json", {"box": (box, ("name", "numbers"))}, [])
    memory.save()
    box.name, box.numbers = "later", itertools.count(9)

    assert memory.load()
    assert (box.name, place(box.numbers)) == ("ana", 9)


def test_a_file_that_is_no_memory_is_named(tmp_path: Path) -> None:
    (tmp_path / "box.json").write_text('{"box": {"name"')
    memory = Memory(tmp_path / "box.json", {"box": (Box(name=""), ("name",))}, [])

    with pytest.raises(ValueError, match=r"box\.json can't be read .* remove it"):
        memory.load()


@contextmanager
def started(name: str, memory: Path, *words: str) -> Iterator[dict[str, Any]]:
    """Run a stand-in as a program, and kill it as no program wants to be killed."""
    command = [sys.executable, "-m", f"tests.servers.{name}", f"--memory={memory}", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.server
def test_google_goes_on_after_kill_9(tmp_path: Path) -> None:
    def hand(url: str, action: str, **arguments: Any) -> Any:
        answer = requests.post(f"{url}hands/{action}", json=arguments, timeout=10)
        return answer.json()["answer"]

    people = ["--user=ben@example.com=Ben", "--user=ana@example.com=Ana"]
    with started("google", tmp_path / "google.json", *people) as ready:
        who = {"user": "ben@example.com", "guests": ["ana@example.com"]}
        event = hand(ready["url"], "create", summary="1:1", start=MONDAY.isoformat(), **who)
        text = {"before": "", "after": "- Urlaub"}
        hand(ready["url"], "write_notes", user="ben@example.com", event=event, **text)

    with started("google", tmp_path / "google.json", *people) as ready:
        seen = hand(ready["url"], "see", user="ana@example.com", event=event)
        another = hand(ready["url"], "create", summary="2", start=MONDAY.isoformat(), **who)

    assert (seen["summary"], seen["description"]) == ("1:1", "- Urlaub")
    assert another != event


@pytest.mark.server
def test_graph_goes_on_after_kill_9(tmp_path: Path) -> None:
    def call(ready: dict[str, Any], method: str, path: str, body: Any = None) -> Any:
        form = {"grant_type": "client_credentials", "client_id": ready["client_id"],
                "client_secret": ready["client_secret"],
                "scope": "https://graph.microsoft.com/.default"}  # fmt: skip
        url = f"{ready['authority']}/oauth2/v2.0/token"
        token = requests.post(url, data=form, verify=ready["ca_file"], timeout=10).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        address = f"{ready['root']}/users/ben@example.com/{path}"
        return requests.request(method, address, json=body, headers=headers, timeout=10).json()

    with started("graph", tmp_path / "graph.json") as ready:
        (event,) = call(ready, "GET", "events")["value"]
        body = {"body": {"contentType": "text", "content": "- Urlaub"}}
        call(ready, "PATCH", f"events/{event['id']}", body)
        (tasks,) = call(ready, "GET", "todo/lists")["value"]
        task = call(ready, "POST", f"todo/lists/{tasks['id']}/tasks", {"title": "Budget"})

    with started("graph", tmp_path / "graph.json") as ready:
        (kept,) = call(ready, "GET", "events")["value"]
        (still,) = call(ready, "GET", f"todo/lists/{tasks['id']}/tasks")["value"]
        more = call(ready, "POST", f"todo/lists/{tasks['id']}/tasks", {"title": "Mehr"})

    assert (kept["id"], kept["subject"]) == (event["id"], event["subject"])
    assert "- Urlaub" in kept["body"]["content"]
    assert (still["id"], still["title"]) == (task["id"], "Budget")
    assert more["id"] != task["id"]
