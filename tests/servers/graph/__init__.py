"""A stateful stand-in for Microsoft Graph, Entra ID and the Teams connector on loopback."""

from tests.servers.graph.server import GraphServer

__all__ = ["GraphServer"]
