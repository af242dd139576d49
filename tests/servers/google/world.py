"""Everything the stand-in knows, behind one lock."""

from __future__ import annotations

import threading

from .calendar_state import Assumptions, Calendar, Calendars
from .calendar_writing import Writer
from .chat_state import ChatState
from .clock import Clock
from .directory import Directory, Person
from .event_store import Store
from .mail_log import MailLog
from .organizer_change import Mover
from .paging import Pages
from .push import PushState
from .task_state import TaskState


class World:
    """State alone: no HTTP."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.clock = Clock()
        self.violations: list[str] = []
        self.assumptions = Assumptions()
        self.directory = Directory()
        self.mails = MailLog()
        self.calendars = Calendars(
            directory=self.directory, now=self.clock.now, assumptions=self.assumptions
        )
        self.store = Store(self.calendars, self.mails)
        self.writer = Writer(self.store)
        self.mover = Mover(self.store)
        self.pages = Pages()
        self.tasks = TaskState(stamp=self.calendars.stamp)
        self.chat = ChatState(now=self.clock.now)
        self.push = PushState(now=self.clock.now)
        self.calendars.on_change.append(self.push.changed)

    def violate(self, text: str) -> None:
        """Note that a client did what the API's description does not allow."""
        self.violations.append(text)

    def add_user(self, address: str, name: str, zone: str) -> Person:
        person = self.directory.add_person(address, name, zone)
        self.calendars.add(
            Calendar(
                id=person.address,
                owner=person.address,
                summary=person.address,
                zone=zone,
                primary=True,
            )
        )
        self.tasks.add_user(person.address)
        return person
