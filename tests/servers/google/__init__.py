"""A stand-in for Google Workspace on loopback: Calendar, Tasks, Chat and sign-in."""

from .server import GoogleServer

__all__ = ["GoogleServer"]
