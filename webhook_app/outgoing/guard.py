"""Where a webhook may go: public addresses, and those inside the house that were configured.

Names are resolved once, every address is checked, and the request goes to the address that was
checked: a name that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import InvalidInput, NotAllowed, Unavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NEVER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(n)
    for n in ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32", "0.0.0.0/8")
)
"""Link-local and cloud metadata: not even by a configured network that holds them."""
INSIDE_OTHERS = tuple(
    ipaddress.IPv6Network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
)
PUBLIC_IPV6, DOCUMENTATION = ipaddress.IPv6Network("2000::/3"), ipaddress.IPv6Network("3fff::/20")
LONGEST_URL = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A checked place: the very address to connect to."""

    host: str
    port: int
    address: str
    path: str
    encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What an installation allows beside the public internet."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def check_form(self, url: str) -> tuple[str, int]:
        """Return host and port. Raise InvalidInput, NotAllowed where it can't be a target.

        A name is not looked up yet; an address is checked, however it is spelled.
        """
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip(".").lower(), parts.port
        except ValueError as err:
            raise InvalidInput("url: this is no web address") from err
        if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
            raise InvalidInput("url: a web address of at most 2000 plain characters, please")
        if parts.scheme not in ("http", "https") or not host:
            raise InvalidInput("url: https://…, please")
        if parts.username is not None or parts.password is not None:
            raise InvalidInput("url: no user and password in it; use a signature or a header")
        if parts.scheme == "http" and not self._is_house(host):
            raise NotAllowed("url: http is allowed only to hosts that webhook_hosts names")
        if (spelled := _spelled(host)) is not None:
            self._require(host, spelled)
        return host, port or (443 if parts.scheme == "https" else 80)

    def target(self, url: str) -> Target:
        """Return where to connect. Raise InvalidInput, NotAllowed, Unavailable."""
        host, port = self.check_form(url)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as err:
            raise Unavailable(f"no such host: {host}") from err
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for text in addresses:
            self._require(host, ipaddress.ip_address(text.partition("%")[0]))
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        return Target(
            host=host,
            port=port,
            address=addresses[0],
            path=path,
            encrypted=parts.scheme == "https",
        )

    def _is_house(self, host: str) -> bool:
        if host in self.names:
            return True
        try:
            return self._is_configured(_inner(ipaddress.ip_address(host)))
        except ValueError:
            return False

    def _require(self, host: str, address: Address) -> None:
        inner = _inner(address)
        if any(inner in network for network in NEVER if network.version == inner.version):
            raise NotAllowed("url: link-local and metadata addresses are never called")
        if _is_public(inner):
            return
        if host not in self.names and not self._is_configured(inner):
            raise NotAllowed(
                "url: this address is inside a private network; an administrator can allow it "
                "with webhook_hosts"
            )

    def _is_configured(self, address: Address) -> bool:
        return any(address in n for n in self.networks if n.version == address.version)


def _is_public(address: Address) -> bool:
    """Tell whether it is anybody's on the internet: of IPv6 only what is given out so far."""
    if isinstance(address, ipaddress.IPv6Address):
        given_out = address in PUBLIC_IPV6 and address not in DOCUMENTATION
        return given_out and address.is_global
    return address.is_global and not address.is_multicast


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    bare = address.is_unspecified or address.is_loopback
    if not bare and any(address in network for network in INSIDE_OTHERS):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _spelled(host: str) -> Address | None:
    """Return the address that a host is, in any spelling that connections take: 127.1, 0x7f.1."""
    if _is_address(host):
        return ipaddress.ip_address(host)
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def parse_guard(hosts: str) -> Guard:
    """Read names and networks, separated by commas. Raise InvalidInput."""
    names, networks = set(), []
    for part in (p.strip().lower() for p in hosts.split(",")):
        if not part:
            continue
        if "/" in part or _is_address(part):
            try:
                networks.append(ipaddress.ip_network(part, strict=False))
            except ValueError as err:
                raise InvalidInput(f"webhook_hosts: {part!r} is no network") from err
        else:
            names.add(part)
    return Guard(names=frozenset(names), networks=tuple(networks))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
