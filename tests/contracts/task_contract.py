"""What every TaskPort promises; a suite's tests subclass this and give a `tasks` host."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import CursorExpired, NotFound, RevisionConflict, UnexpectedResponse
from core.model.calendar import Cursor, Revision
from core.model.tasks import TaskDraft, TaskStatus
from core.ports import TaskFeature
from core.task_text import fitted
from tests.contracts.hosts import TaskHost, key

BUDGET = TaskDraft(
    title="Budget klären, mit Umlauten; und \\",
    notes="Vereinbart am Montag\nzweite Zeile",
    due=date(2031, 3, 30),
    source_url="https://example.org/agenda/1",
)


class TaskContract:
    """One person's tasks."""

    def test_list_is_listed(self, tasks: TaskHost) -> None:
        assert tasks.list_id in [found.list_id for found in tasks.port.list_task_lists()]

    def test_same_key_creates_once(self, tasks: TaskHost) -> None:
        first = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))

        again = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        other = tasks.port.create_task(tasks.list_id, BUDGET, key=key("two"))

        assert again.ref == first.ref
        assert other.ref != first.ref
        assert len(tasks.port.changes(tasks.list_id, None).changed) == 2

    def test_task_asked_for_the_first_time_is_found_by_its_key_later(self, tasks: TaskHost) -> None:
        first = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"), first=True)

        again = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))

        assert again.ref == first.ref

    def test_same_key_returns_the_first_one_as_it_is_now(self, tasks: TaskHost) -> None:
        first = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        tasks.tick(first.ref)

        again = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))

        assert again.draft.status is TaskStatus.DONE

    def test_task_is_what_was_drafted(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))

        read = tasks.port.get_task(made.ref)

        expected = BUDGET
        if TaskFeature.SOURCE_URL not in tasks.port.features:
            expected = replace(expected, source_url=read.draft.source_url)
        assert read.draft == expected
        assert read.completed_at is None

    def test_texts_that_fill_the_limits_are_kept_whole(self, tasks: TaskHost) -> None:
        title, notes = "Budget 😀 klären " * 120, "Über Maß 😀 und Ziel\n" * 700
        long = TaskDraft(title=title.strip(), notes=notes.strip())
        draft = fitted(long, tasks.port.limits)
        made = tasks.port.create_task(tasks.list_id, draft, key=key("one"))
        other = replace(draft, title=draft.title.replace("Budget", "Ziel", 1))

        read = tasks.port.get_task(made.ref)
        changed = tasks.port.replace_task(made.ref, other, expect=made.revision)

        assert (read.draft.title, read.draft.notes) == (draft.title, draft.notes)
        assert made.draft.title == draft.title
        assert changed.draft.title == tasks.port.get_task(made.ref).draft.title == other.title

    def test_due_day_is_a_day_wherever_one_is(self, tasks: TaskHost) -> None:
        for day in (date(2031, 3, 30), date(2031, 10, 26), date(2032, 2, 29)):
            draft = replace(BUDGET, due=day)
            made = tasks.port.create_task(tasks.list_id, draft, key=key(str(day)))

            assert tasks.port.get_task(made.ref).draft.due == day

    def test_ticked_by_its_owner_it_is_done(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        tasks.tick(made.ref)

        read = tasks.port.get_task(made.ref)

        assert read.draft.status is TaskStatus.DONE
        assert read.completed_at is not None
        assert read.completed_at.utcoffset() is not None

    def test_done_and_back_again(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        done = replace(BUDGET, status=TaskStatus.DONE)

        ticked = tasks.port.replace_task(made.ref, done, expect=made.revision)
        opened = tasks.port.replace_task(made.ref, BUDGET, expect=ticked.revision)

        assert ticked.draft.status is TaskStatus.DONE
        assert ticked.completed_at is not None
        assert opened.draft.status is TaskStatus.OPEN
        assert opened.completed_at is None
        tasks.tick(made.ref)
        tasks.untick(made.ref)
        assert tasks.port.get_task(made.ref).draft.status is TaskStatus.OPEN

    def test_cancelled_is_kept_where_there_is_such_a_thing(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        if TaskFeature.CANCELLED not in tasks.port.features:
            pytest.skip("this suite has no cancelled tasks")

        draft = replace(BUDGET, status=TaskStatus.CANCELLED)
        tasks.port.replace_task(made.ref, draft, expect=made.revision)

        assert tasks.port.get_task(made.ref).draft.status is TaskStatus.CANCELLED

    def test_changed_draft_is_written(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        draft = replace(BUDGET, title="Other", due=None, notes="")

        tasks.port.replace_task(made.ref, draft, expect=made.revision)

        read = tasks.port.get_task(made.ref).draft
        assert (read.title, read.due, read.notes) == ("Other", None, "")

    def test_stale_revision_is_refused_and_nothing_changes(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        tasks.tick(made.ref)

        with pytest.raises(RevisionConflict):
            tasks.port.replace_task(made.ref, BUDGET, expect=made.revision)
        with pytest.raises(RevisionConflict):
            tasks.port.replace_task(made.ref, BUDGET, expect=Revision('"nonsense"'))
        assert tasks.port.get_task(made.ref).draft.status is TaskStatus.DONE

    def test_deleted_twice_is_no_error(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))

        tasks.port.delete_task(made.ref)
        tasks.port.delete_task(made.ref)

        with pytest.raises(NotFound):
            tasks.port.get_task(made.ref)
        with pytest.raises(NotFound):
            tasks.port.replace_task(made.ref, BUDGET, expect=made.revision)

    def test_changes_are_seen_once(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        first = tasks.port.changes(tasks.list_id, None)
        tasks.tick(made.ref)

        second = tasks.port.changes(tasks.list_id, first.cursor)
        third = tasks.port.changes(tasks.list_id, second.cursor)

        assert [task.ref for task in first.changed] == [made.ref]
        assert [task.draft.status for task in second.changed] == [TaskStatus.DONE]
        assert (third.changed, third.removed) == ((), ())

    def test_removed_by_its_owner_is_reported_as_removed(self, tasks: TaskHost) -> None:
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        cursor = tasks.port.changes(tasks.list_id, None).cursor
        tasks.remove(made.ref)

        page = tasks.port.changes(tasks.list_id, cursor)

        assert page.removed == (made.ref.task_id,)

    def test_old_or_foreign_cursor_has_expired(self, tasks: TaskHost) -> None:
        cursor = tasks.port.changes(tasks.list_id, None).cursor
        if tasks.forget_cursors is not None:
            tasks.forget_cursors()
        else:
            cursor = Cursor("http://example.org/sync/of-another-list")

        with pytest.raises(CursorExpired):
            tasks.port.changes(tasks.list_id, cursor)

    def test_unknown_status_is_an_error_and_no_guess(self, tasks: TaskHost) -> None:
        if tasks.spoil_status is None:
            pytest.skip("no program can set an unknown status on this host")
        made = tasks.port.create_task(tasks.list_id, BUDGET, key=key("one"))
        tasks.spoil_status(made.ref)

        with pytest.raises(UnexpectedResponse):
            tasks.port.get_task(made.ref)
        page = tasks.port.changes(tasks.list_id, None)
        assert [task_id for task_id, _ in page.broken] == [made.ref.task_id]
