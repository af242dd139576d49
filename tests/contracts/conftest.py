"""The calendar servers that contracts run on."""

from tests.servers.fixtures import cyrus, proxy, radicale, xandikos

__all__ = ["cyrus", "proxy", "radicale", "xandikos"]
