"""What the demo needs of a suite: a stage, and a desk for each person with clients of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from core.errors import InvalidInput
from core.model.series import Series
from webhook_app.config import Settings
from webhook_app.demo.phone import TaskSeen
from webhook_app.wiring import App


class Desk(Protocol):
    """One person at their own calendar and task clients; nothing of our adapter is in it.

    `pair` is the login of the report whose 1:1 it is. `start` is the original start of one
    occurrence, None the series itself. Texts are plain, as a client shows them.
    """

    def notes(self, pair: str, start: datetime | None = None) -> str:
        """Return what the client shows below the event."""
        ...

    def edit_notes(self, pair: str, start: datetime, edit: Callable[[str], str]) -> None:
        """Type into one occurrence."""
        ...

    def move(self, pair: str, start: datetime, to: datetime) -> None:
        """Move one occurrence; it keeps its length."""
        ...

    def cancel(self, pair: str, start: datetime) -> None:
        """Cancel one occurrence."""
        ...

    def tasks(self) -> dict[str, TaskSeen]:
        """Return the tasks in the person's list, by a name that `complete` takes."""
        ...

    def complete(self, task: str) -> None:
        """Tick a task."""
        ...


class Play(Protocol):
    """People with desks, and the engine that serves them: what a cycle is played on."""

    @property
    def app(self) -> App:
        """The engine's services."""
        ...

    def desk(self, login: str) -> Desk:
        """Return somebody's desk."""
        ...

    def series_of(self, login: str) -> Series:
        """Return the series of one report. Raise NotFound before it was read."""
        ...


class Scene(Play, Protocol):
    """A play with servers of its own, which says where a visitor finds what."""

    def ready(self, login: str) -> dict[str, Any]:
        """Return where one person's calendar is and how they sign in, for scripts."""
        ...

    def servers(self) -> dict[str, str]:
        """Return the addresses of the suite's servers, by name, for scripts."""
        ...

    def welcome(self) -> list[str]:
        """Return lines that say where to look in this suite."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


Opener = Callable[[Settings, datetime], Scene]


def _caldav(settings: Settings, now: datetime) -> Scene:
    from webhook_app.demo.stage import set_stage

    return set_stage(settings, now)


def _outlook(settings: Settings, now: datetime) -> Scene:
    from webhook_app.demo.outlook_stage import set_outlook_stage

    return set_outlook_stage(settings, now)


def _google(settings: Settings, now: datetime) -> Scene:
    try:
        from webhook_app.demo.google_stage import set_google_stage
    except ModuleNotFoundError as err:
        raise InvalidInput("Google needs libraries of its own: start `./vieraugen demo --suite"
                           " google`, which installs them") from err  # fmt: skip
    return set_google_stage(settings, now)


SCENES: Mapping[str, Opener] = {"caldav": _caldav, "google": _google, "outlook": _outlook}
"""A suite's scene is imported when somebody asks for it: its libraries may not be there."""


def open_scene(suite: str, settings: Settings, now: datetime) -> Scene:
    """Set a suite's stage. Raise InvalidInput where there is none."""
    opener = SCENES.get(suite)
    if opener is None:
        raise InvalidInput(f"there is no demo on {suite!r}; there are: {', '.join(SCENES)}")
    return opener(settings, now)
