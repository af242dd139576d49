"""`vieraugen token …` and `vieraugen sign-in`: who may come in."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from core.errors import InvalidInput
from core.model.access import SCOPE_WORDS, ApiToken, Scope
from core.model.people import normal_address
from webhook_app.auth.codes import sign_in_link
from webhook_app.auth.tokens import issue, revoke, tokens_of
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now


def create(args: Namespace) -> int:
    """Make a token and show it this once."""
    scopes = [s for part in args.scope or () for s in part.split(",") if s]
    if not scopes:
        lines = "\n".join(f"  {s.value:18} {SCOPE_WORDS[s]}" for s in Scope)
        raise InvalidInput(f"name at least one --scope:\n{lines}")
    with opened(args) as app, app.store.transaction() as tx:
        token, text = issue(
            tx,
            person=args.person,
            name=args.name,
            scopes=scopes,
            now=utc_now(),
            days=args.days,
            integration=args.integration,
        )
    shown = f"{text}\nKeep it now: it is not shown again. It may: " + "; ".join(
        SCOPE_WORDS[s] for s in token.scopes
    )
    show(args, {"id": token.token_id, "token": text}, shown)
    return 0


def list_all(args: Namespace) -> int:
    """List the tokens of a person, or all."""
    with opened(args) as app, app.store.transaction() as tx:
        found = tokens_of(tx, args.person) if args.person else tx.nouns(ApiToken)
    lines = [f"{t.token_id}  {t.person}  {t.name}: {_state(t)}" for t in found]
    show(args, {"tokens": [_data(t) for t in found]}, "\n".join(lines) or "No tokens.")
    return 0


def end(args: Namespace) -> int:
    """Revoke a token: its next request is refused."""
    with opened(args) as app, app.store.transaction() as tx:
        token = revoke(tx, args.token, utc_now())
    show(args, _data(token), f"{token.token_id} is revoked.")
    return 0


def sign_in(args: Namespace) -> int:
    """Print a link that lets somebody in once."""
    address = normal_address(args.address)
    if "@" not in address:
        raise InvalidInput(f"{args.address!r} is no e-mail address")
    with opened(args) as app, app.store.transaction() as tx:
        link = sign_in_link(tx, app.links.root, address, utc_now())
    show(args, {"link": link}, f"{link}\nIt works once, for 15 minutes.")
    return 0


def _state(token: ApiToken) -> str:
    scopes = " ".join(token.scopes)
    return scopes if token.works(utc_now()) else f"does not work any more ({scopes})"


def _data(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.token_id,
        "name": token.name,
        "person": token.person,
        "scopes": list(token.scopes),
        "integration": token.integration,
        "works": token.works(utc_now()),
        "used_at": token.used_at.isoformat() if token.used_at else None,
    }
