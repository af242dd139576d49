"""`vieraugen pair plan`: a pair's action items in a Planner plan, once its exposure is accepted."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from adapters.outlook.planner import list_of_plan, plan_id_of
from core.errors import InvalidInput, NotFound, PermissionDenied
from core.model.people import Pair, normal_address, pair_id
from core.model.series import Connection, ConnectionState
from core.model.tasks import TaskListId
from core.service.shared_lists import share_list
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.microsoft import outlook_connections
from webhook_app.wiring import App

if TYPE_CHECKING:
    from adapters.outlook.planner import PlannerTasks
    from adapters.outlook.task_lists import PersonTasks

OFF = "off"
EXPOSURE = """Nothing has been changed yet. Into the plan {title!r} would go, from now on:
  - the title and the day of every action item of {who},
  - and a link to the agenda, which opens for these two alone.
Everyone in the plan's group reads them: today's members, owners, guests, and who joins later.
Notes, points and confidential words stay where they are. Tasks that stand in
To Do move over; `pair plan {manager} {report} off` moves them back.
To accept that: say it again with --members-read-titles"""


def choose(args: Namespace) -> int:
    """Choose a plan, or give it up. Exit 3 where its exposure has not been accepted."""
    with opened(args) as app:
        with app.store.transaction() as tx:
            pair = tx.pair(pair_id(args.manager, args.report))
        if pair is None:
            raise NotFound("no 1:1 of these two people is known: run `vieraugen sync` first")
        if args.plan == OFF:
            _keep(app, pair, None, ())
            text = "off: their tasks stand in each one's own list"
            show(args, {"plan": None, "people": []}, text)
            return 0
        list_id = list_of_plan(plan_id_of(args.plan))
        reached = [_known_person(app, connection) for connection in _connections(app, pair)]
        title = _planner(app, reached[0]).title(list_id)
        found = {"plan": title, "people": [each.person for each in reached]}
        if not args.members_read_titles:
            who = " and ".join(each.person for each in reached)
            text = EXPOSURE.format(title=title, who=who, manager=pair.manager, report=pair.report)
            show(args, found | {"accepted": False}, text)
            return 3
        _keep(app, pair, list_id, reached)
    text = f"the plan {title!r}: tasks of {', '.join(found['people'])}, read by all of its group"
    show(args, found | {"accepted": True}, text)
    return 0


def _connections(app: App, pair: Pair) -> Sequence[Connection]:
    found = [
        each
        for each in outlook_connections(app)
        if each.person in pair.addresses and each.state is ConnectionState.ACTIVE
    ]
    if not found:
        raise InvalidInput("Planner is Microsoft's: neither of the two is connected by "
                           "`vieraugen connect outlook`")  # fmt: skip
    return found


def _planner(app: App, connection: Connection) -> PlannerTasks:
    return cast("PersonTasks", app.services.suite_of(connection).tasks).planner


def _known_person(app: App, connection: Connection) -> Connection:
    """Planner assigns by Entra's own id; ask for it once."""
    if connection.setting("user_id"):
        return connection
    try:
        user_id = _planner(app, connection).user_id(normal_address(connection.person))
    except PermissionDenied as err:
        raise PermissionDenied(
            f"Planner assigns tasks by a person's id, and the app may not read that of "
            f"{connection.person}: consent User.ReadBasic.All to it (README, Planner)"
        ) from err
    settings = dict(connection.settings) | {"user_id": user_id}
    return replace(connection, settings=tuple(sorted(settings.items())))


def _keep(app: App, pair: Pair, list_id: TaskListId | None, reached: Sequence[Connection]) -> None:
    with app.store.transaction() as tx:
        for connection in reached:
            tx.put_connection(connection)
        share_list(tx, pair.pair_id, list_id, reached, utc_now())
