"""Every operation as every role: what the access table refuses is refused, and leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from core.access import TABLE, Right, Role
from core.model.access import ApiToken, Consent, Scope, Via
from core.model.notes import NoteKind
from core.model.people import Pair, pair_id
from core.refs import pair_ref
from core.service.edit import add_point
from core.service.notes import write_private, write_shared
from core.service.promises import add_item
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.world import ADMIN, World
from webhook_app.api.app import OPERATIONS
from webhook_app.api.contract import Operation, Subject
from webhook_app.jobs.clock import utc_now

SECRET = "Zaubertrank"
ROLES = [role for role in Role if role is not Role.ANONYMOUS]


def visitor(world: World, role: Role) -> FlaskClient:
    """Return somebody in a role."""
    with world.app.store.transaction() as tx:
        boss = Pair(pair_id=pair_id(BEN, CLEO), manager=CLEO, report=BEN)
        tx.put_pair(boss)
        pair = tx.pair(pair_id(ANNA, BEN))
        assert pair is not None
        if role in (Role.FORMER_MANAGER, Role.FORMER_REPORT):
            tx.put_pair(replace(pair, ended=utc_now() - timedelta(seconds=1)))
    match role:
        case Role.REPORT | Role.FORMER_REPORT:
            return world.browser(ANNA)
        case Role.MANAGER | Role.FORMER_MANAGER:
            return world.browser(BEN)
        case Role.LINK_HOLDER:
            return world.browser(ANNA, Via.LINK)
        case Role.SKIP_LEVEL:
            return world.browser(CLEO)
        case Role.ADMINISTRATOR:
            return world.browser(ADMIN)
        case Role.INTEGRATION | Role.INTEGRATION_WITHOUT_YES:
            return integration(world, pair, role)
        case _:
            return world.browser("dora@example.com")


def integration(world: World, pair: Pair, role: Role) -> FlaskClient:
    client = world.program(ANNA, integration=True)
    with world.app.store.transaction() as tx:
        token = next(t for t in tx.nouns(ApiToken) if t.integration)
        said = pair.addresses if role is Role.INTEGRATION else pair.addresses[:1]
        for person in said:
            tx.put_noun(
                Consent(pair_id=pair.pair_id, token_id=token.token_id, person=person, at=utc_now())
            )
    return client


def samples(world: World) -> dict[str, str]:
    """Make one of everything; return the names in paths."""
    services, series = world.app.services, world.company.series().series_id
    point = add_point(services, series, SECRET, by=ANNA, now=utc_now())
    item = add_item(services, series, SECRET, owner=ANNA, by=ANNA, now=utc_now())
    with world.app.store.transaction() as tx:
        sheet = tx.open_sheet(series)
        assert sheet is not None
        kind = NoteKind.NOTE
        note = write_shared(tx, sheet, SECRET, kind=kind, by=ANNA, now=utc_now())
        own = write_private(tx, sheet, SECRET, by=ANNA, now=utc_now())
    return {
        "series": series,
        "pair": pair_ref(sheet.pair_id),
        "entry": point.point_id,
        "item": item.item_id,
        "note": note.note_id,
        "own": own.note_id,
        "number": str(sheet.number),
        "template": "weekly",
    }


def ask(client: FlaskClient, operation: Operation, known: dict[str, str]) -> tuple[int, str]:
    """Ask it properly; return status and text."""
    names = {name: known.get(name, "x") for name in operation.parameters}
    if "private" in operation.path:
        names["note"] = known["own"]
    if operation.path.endswith("/action-items/{entry}"):
        names["entry"] = known["item"]
    body = dict(operation.example) if operation.body else None
    path = f"/api/v1{operation.path.format(**names)}"
    query = {"q": SECRET} if operation.path == "/search" else None
    headers = {"If-Match": "*"}
    answer = client.open(
        path, method=operation.verb, json=body, headers=headers, query_string=query
    )
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_as_every_role(world: World, role: Role) -> None:
    known, client = samples(world), visitor(world, role)
    before = world.company.agenda()
    wrong = []
    # What ends a sample comes last.
    for operation in sorted(OPERATIONS, key=lambda o: (o.verb == "DELETE", o.verb == "POST")):
        status, text = ask(client, operation, known)
        allowed = operation.right in TABLE[role]
        refused = status in (401, 403) or (status == 404 and "of yours" in text)
        if allowed and operation.subject is not Subject.NOTHING and refused and status != 404:
            wrong.append(f"{operation.name}: allowed, but {status} {text}")
        if not allowed and not refused:
            wrong.append(f"{operation.name}: not allowed, but {status} {text}")
        if not allowed and SECRET in text:
            wrong.append(f"{operation.name}: tells a secret")

    assert wrong == []
    if Right.EDIT_AGENDA not in TABLE[role]:
        assert world.company.agenda() == before


def test_nobody_is_refused_everywhere(world: World) -> None:
    known = samples(world)

    assert {ask(world.browser(), operation, known)[0] for operation in OPERATIONS} == {401}


def test_a_token_without_the_scope_is_refused_everywhere(world: World) -> None:
    known = samples(world)
    for operation in OPERATIONS:
        others = [scope for scope in Scope if scope is not operation.scope]
        status, text = ask(world.program(ANNA, *others), operation, known)

        assert status == 403, operation.name
        assert operation.scope.value in text


@pytest.mark.capability("C-13", "F-30")
def test_an_administrator_is_told_that_content_is_not_theirs(world: World) -> None:
    known = samples(world)
    client = world.browser(ADMIN)

    answer = client.get(f"/api/v1/series/{known['series']}/agenda")

    assert answer.status_code == 403
    assert "administrators" in answer.text


def test_another_pairs_ids_open_nothing(world: World) -> None:
    """A note or entry of one pair is not reached through another's path."""
    known = samples(world)
    client = world.browser(BEN)

    for path in (
        f"/series/{known['series']}/private-notes/{known['own']}",
        f"/series/{known['series']}/notes/{known['own']}",
    ):
        answer = client.delete(f"/api/v1{path}", headers={"If-Match": "*"})
        assert answer.status_code == 404
