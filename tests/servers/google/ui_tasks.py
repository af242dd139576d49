"""What people do with their tasks in the web client."""

from __future__ import annotations

from .answers import Json
from .task_state import TaskList, TaskRow, shown_task
from .world import World


class TaskActions:
    def __init__(self, world: World) -> None:
        self.world = world

    def all_of(self, user: str) -> list[Json]:
        """Every task that is not deleted, from all lists."""
        with self.world.lock:
            lists = self.world.tasks.lists[user.lower()].values()
            return [
                shown_task(each, row)
                for each in lists
                for row in each.tasks.values()
                if not row.deleted
            ]

    def _row(self, user: str, task_id: str) -> tuple[TaskList, TaskRow]:
        for each in self.world.tasks.lists[user.lower()].values():
            if task_id in each.tasks:
                return each, each.tasks[task_id]
        raise LookupError(f"{user} has no task {task_id}")

    def add(self, user: str, title: str, list_id: str = "@default") -> str:
        with self.world.lock:
            task_list = self.world.tasks.task_list(user.lower(), list_id)
            return self.world.tasks.add(task_list, {"title": title}).id

    def complete(self, user: str, task_id: str) -> None:
        """Tick it: completed tasks are hidden from then on."""
        with self.world.lock:
            _, row = self._row(user, task_id)
            self.world.tasks.write(row, {"status": "completed"})
            row.hidden = True

    def reopen(self, user: str, task_id: str) -> None:
        with self.world.lock:
            self.world.tasks.write(self._row(user, task_id)[1], {"status": "needsAction"})

    def edit(self, user: str, task_id: str, changes: Json) -> None:
        with self.world.lock:
            self.world.tasks.write(self._row(user, task_id)[1], changes)

    def delete(self, user: str, task_id: str) -> None:
        with self.world.lock:
            self.world.tasks.delete(self._row(user, task_id)[1])

    def move_to_list(self, user: str, task_id: str, list_id: str) -> str:
        """Another list gives the task another id."""
        with self.world.lock:
            source, row = self._row(user, task_id)
            target = self.world.tasks.task_list(user.lower(), list_id)
            return self.world.tasks.move(source, target, row).id

    def delete_list(self, user: str, list_id: str) -> None:
        with self.world.lock:
            del self.world.tasks.lists[user.lower()][list_id]

    def assign_in_a_space(self, user: str, title: str) -> str:
        """A task assigned from a Chat space: nobody can make one through the API."""
        with self.world.lock:
            task_list = self.world.tasks.task_list(user.lower(), "@default")
            row = self.world.tasks.add(task_list, {"title": title})
            row.fields["assignmentInfo"] = {
                "surfaceType": "SPACE",
                "spaceInfo": {"space": "spaces/AAAAAAAAAAA"},
                "linkToTask": "https://chat.google.com/room/AAAAAAAAAAA/task/1",
            }
            return row.id
