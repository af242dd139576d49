"""What the stand-in remembers between two starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.servers.graph import delta, planner, todo
from tests.servers.graph.delta import Round
from tests.servers.graph.mailbox_state import Change, Item, Mailbox
from tests.servers.graph.state import State
from tests.servers.graph.subscriptions import Delivery, Subscription
from tests.servers.graph.todo import TaskList
from tests.servers.kept import Memory

CLASSES = (Mailbox, Item, Change, Round, TaskList, Subscription, Delivery)
NEWEST = 300
"""So many delta links are remembered: each poll brings one more."""


def memory_of(state: State, file: Path) -> Memory:
    """Mailboxes, tasks, plans, chats, delta links and subscriptions; no log, no token."""
    parts: dict[str, tuple[Any, tuple[str, ...]]] = {
        "tenant": (state.tenant, ("mailboxes",)),
        "todo": (state.todo, ("lists", "links")),
        "planner": (state.planner, ("plans", "members", "buckets", "tasks", "details")),
        "push": (state.push, ("subscriptions", "pending", "numbers")),
        "bot": (state.bot, ("catalog", "conversations", "activities", "log")),
        "state": (state, ("delta_rounds",)),
        "delta numbers": (delta, ("NUMBERS",)),
        "task numbers": (todo, ("NUMBERS",)),
        "planner numbers": (planner, ("NUMBERS",)),
    }
    return Memory(file, parts, CLASSES)


def save(state: State, memory: Memory) -> None:
    """Write what has changed."""
    with state.lock:
        for links in (state.delta_rounds, state.todo.links):
            for old in list(links)[: max(0, len(links) - NEWEST)]:
                del links[old]
        memory.save()
