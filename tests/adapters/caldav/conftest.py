"""The calendar servers that the adapter is tried on."""

from tests.servers.fixtures import cyrus, proxy, radicale, xandikos

__all__ = ["cyrus", "proxy", "radicale", "xandikos"]
