"""Where webhooks never go, and where they go only by configuration."""

from __future__ import annotations

import _socket
import socket
from typing import Any

import pytest

from core.errors import InvalidInput, NotAllowed, Unavailable
from tests.webhook_app.outgoing.receiver import Receiver
from webhook_app.outgoing.guard import Guard, parse_guard
from webhook_app.outgoing.post import HttpPoster


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses."""

    def lookup(_host: str, port: int, **_how: Any) -> list[Any]:
        kinds = [socket.AF_INET6 if ":" in a else socket.AF_INET for a in addresses]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (a, port))
            for kind, a in zip(kinds, addresses, strict=True)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "::10.0.0.1",
        "::ffff:0:7f00:1",
        "64:ff9b:1::7f00:1",
        "2001:0:7f00:1::",
        "fec0::1",
        "5f00::1",
        "3fff::1",
        "ff02::1",
    ],
)
def test_a_name_that_leads_into_the_house_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    resolving(monkeypatch, address)

    with pytest.raises(NotAllowed):
        Guard().target("https://hooks.example.com/x")


def test_one_bad_address_among_good_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.216.34", "10.0.0.1")

    with pytest.raises(NotAllowed):
        Guard().target("https://hooks.example.com/x")


def test_a_public_address_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.216.34")

    target = Guard().target("https://Hooks.Example.com:8443/a/b?c=d")

    assert (target.host, target.port, target.address) == (
        "hooks.example.com",
        8443,
        "93.184.216.34",
    )
    assert (target.path, target.encrypted) == ("/a/b?c=d", True)


@pytest.mark.parametrize("hosts", ["hooks.example.com", "10.0.0.0/8", "x.example, 10.0.0.1"])
def test_what_the_administrator_named_is_allowed(
    monkeypatch: pytest.MonkeyPatch, hosts: str
) -> None:
    resolving(monkeypatch, "10.0.0.1")

    assert parse_guard(hosts).target("https://hooks.example.com/").address == "10.0.0.1"


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "fd00:ec2::254", "::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe"],
)
def test_metadata_is_never_called_even_if_configured(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    resolving(monkeypatch, address)

    with pytest.raises(NotAllowed, match="never"):
        parse_guard("0.0.0.0/0,::/0,hooks.example.com").target("https://hooks.example.com/")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://",
        "https://user:secret@hooks.example.com/",
        "https://hooks.example.com:99999/",
        "https://hooks.example.com/\r\nX: y",
        "https://hooks.example.com/ä",
        "https://[::1",
        "file:///etc/passwd",
        "https://x/" + "a" * 2000,
    ],
)
def test_what_is_no_proper_target_is_refused_before_any_lookup(url: str) -> None:
    with pytest.raises((InvalidInput, NotAllowed)):
        Guard().check_form(url)


def test_an_unknown_name_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", lookup)

    with pytest.raises(Unavailable):
        Guard().target("https://hooks.example.com/")
    assert HttpPoster(guard=Guard()).post("https://hooks.example.com/", {}, b"").status == 0


def test_a_configured_network_that_is_none_is_named() -> None:
    with pytest.raises(InvalidInput, match="webhook_hosts"):
        parse_guard("10.0.0.0/99")


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "127.0.1", "0"),
        *("[::ffff:127.0.0.1]", "[::127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "127.0.0.1."),
        *("192.168.1", "10.1"),
    ],
)
def test_another_spelling_of_an_inner_address_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """The resolver of this machine reads them, as a connection would; it looks no name up."""

    def numbers(host: str, port: int, **how: Any) -> Any:
        return _socket.getaddrinfo(host, port, **{**how, "flags": socket.AI_NUMERICHOST})

    monkeypatch.setattr(socket, "getaddrinfo", numbers)

    with pytest.raises(NotAllowed):
        Guard().target(f"https://{host}/x")
    with pytest.raises(NotAllowed):
        Guard().check_form(f"https://{host}/x")


def test_a_name_that_changes_its_address_after_it_was_checked_gains_nothing(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    """Names are looked up once: the request goes to the address that was checked."""
    real, asked = socket.getaddrinfo, list[str]()

    def rebinding(host: Any, port: Any, *rest: Any, **how: Any) -> Any:
        if host != "rebind.example":
            return real(host, port, *rest, **how)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "169.254.169.254", port, *rest, **how)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = receiver.url.replace("127.0.0.1", "rebind.example")

    posted = HttpPoster(guard=parse_guard("rebind.example")).post(url, {}, b"{}")

    assert (posted.status, asked) == (204, ["rebind.example"])
