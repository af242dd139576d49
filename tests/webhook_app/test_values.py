"""Sealed values come back, whichever way reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from core.model.agenda import Agenda
from core.model.series import Connection, ConnectionState, Series, Sheet
from webhook_app.storage.plain import plain_reader
from webhook_app.storage.sealing import parse_keys
from webhook_app.storage.values import seal, unseal

KEYS = parse_keys("k1:" + "A" * 43)
TEXTS = st.text(max_size=20)
CONNECTIONS = st.builds(
    Connection,
    connection_id=TEXTS,
    suite=TEXTS,
    person=TEXTS,
    settings=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    calendars=st.lists(TEXTS, max_size=3).map(tuple),
    task_list=st.none() | TEXTS,
    state=st.sampled_from(ConnectionState),
    trouble=TEXTS,
)


@given(CONNECTIONS | TEXTS)
def test_plain_values_are_read_as_pydantic_reads_them(value: Any) -> None:
    kind = type(value)
    sealed = seal(KEYS, value, "here")

    found = unseal(KEYS, kind, sealed, "here")

    assert found == value
    assert found == TypeAdapter(kind).validate_json(KEYS.open(sealed, "here"))
    assert plain_reader(kind) is not None


def test_what_an_older_version_did_not_know_has_its_default() -> None:
    read = plain_reader(Connection)
    assert read is not None

    found = read({"connection_id": "a", "suite": "caldav", "person": "b", "gone": "x"})

    assert found == Connection(connection_id="a", suite="caldav", person="b")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Agenda, Series, Sheet, dict, int, list[str]])
def test_values_that_hold_more_are_left_to_pydantic(kind: Any) -> None:
    assert plain_reader(kind) is None
