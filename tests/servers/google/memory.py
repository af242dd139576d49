"""What the stand-in remembers between two starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.servers.kept import Memory

from .calendar_state import Calendar, Row
from .chat_state import Space
from .directory import Person
from .paging import SyncPoint
from .push import Channel
from .task_state import TaskList, TaskRow
from .world import World

CLASSES = (Calendar, Row, Space, Person, SyncPoint, Channel, TaskList, TaskRow)
NEWEST = 300
"""So many sync tokens are remembered: each poll brings one more."""


def memory_of(world: World, file: Path) -> Memory:
    """People, calendars, tasks, Chat, sync tokens and push channels; no log, no access token."""
    parts: dict[str, tuple[Any, tuple[str, ...]]] = {
        "directory": (world.directory, ("people", "groups", "rooms")),
        "calendars": (world.calendars, ("by_id", "changes", "last_stamp")),
        "tasks": (world.tasks, ("lists", "_count")),
        "chat": (world.chat, ("spaces", "_count")),
        "pages": (world.pages, ("points", "expired", "_count")),
        "push": (world.push, ("channels", "_used")),
    }
    return Memory(file, parts, CLASSES)


def save(world: World, memory: Memory) -> None:
    """Write what has changed."""
    with world.lock:
        points = world.pages.points
        for old in list(points)[: max(0, len(points) - NEWEST)]:
            del points[old]
        memory.save()
