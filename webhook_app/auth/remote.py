"""From which address a request comes, behind proxies that we trust to say so."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from flask import current_app, request

from core.errors import InvalidInput
from webhook_app.wiring import App

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MOST_HOPS = 20


@lru_cache(maxsize=8)
def parse_proxies(text: str) -> tuple[Network, ...]:
    """Return the networks of `trusted_proxies`. Raise InvalidInput."""
    try:
        return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())
    except ValueError as err:
        raise InvalidInput("trusted_proxies: addresses or networks, such as 127.0.0.1") from err


def client_address() -> str:
    """Return who the request comes from; an IPv6 house counts as one."""
    app: App = current_app.extensions["vieraugen"]
    return _house(_behind(parse_proxies(app.settings.trusted_proxies)))


def _behind(proxies: tuple[Network, ...]) -> str:
    """Return the nearest address that is no proxy of ours: what is further left is hearsay."""
    found = request.remote_addr or ""
    if not proxies:
        return found
    hops = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    for hop in reversed(hops[-MOST_HOPS:]):
        address, before = _address(found), _without_port(hop.strip())
        ours = address is not None and any(address in network for network in proxies)
        if not ours or _address(before) is None:
            return found
        found = before
    return found


def _without_port(hop: str) -> str:
    """Some proxies add the caller's port: 192.0.2.1:4711, [2001:db8::1]:4711."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _house(text: str) -> str:
    address = _address(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address) if address else text
