"""The guard of the tests themselves: nothing leaves this machine."""

from __future__ import annotations

import smtplib
import socket

import pytest
import requests

GUARD = "wanted to (reach|look up)"


def test_a_connection_to_another_machine_is_refused() -> None:
    with (
        socket.socket() as outside,
        pytest.raises(AssertionError, match=GUARD),
    ):
        outside.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match=GUARD):
        requests.get("https://calendar.example.com/", timeout=1)


def test_mail_does_not_leave() -> None:
    with pytest.raises(AssertionError, match=GUARD):
        smtplib.SMTP("mail.example.com", 25, timeout=1)


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address, timeout=1) as client:
            reached = client.getpeername()

    assert reached == address
