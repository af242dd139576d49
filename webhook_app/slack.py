"""Slack in this installation: who is who there, and how we write to them first."""

from __future__ import annotations

from adapters.slack import Slack, SlackMessages
from adapters.slack.interaction import address_of
from adapters.slack.messages import user_with
from adapters.slack.wire import SHORT
from core.errors import NotSignedIn
from core.model.people import Person, normal_address
from core.model.slack import SlackUser
from core.store import Store
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.sent import KeptMessages


def slack_of(settings: Settings) -> Slack | None:
    """Return the workspace; None where it is not set up."""
    if not settings.slack_bot_token:
        return None
    return Slack(token=settings.slack_bot_token, root=settings.slack_api_root)


def slack_messages(settings: Settings, store: Store) -> SlackMessages | None:
    """Return the way to write to people there."""
    slack = slack_of(settings)
    if slack is None:
        return None
    workspace = slack

    def user_of(address: str) -> str:
        with store.transaction() as tx:
            known = tx.nouns(SlackUser, address)
        if known:
            return known[0].user_id
        user = user_with(workspace, address)
        with store.transaction() as tx:
            tx.put_noun(SlackUser(user_id=user, person=address, at=utc_now()))
        return user

    return SlackMessages(
        slack=slack,
        user_of=user_of,
        sent=KeptMessages(store),
        interactive=bool(settings.slack_signing_secret),
    )


def person_of(slack: Slack, store: Store, user: str) -> Person:
    """Return whose account this is. Raise NotSignedIn where it is nobody's whom we know."""
    with store.transaction() as tx:
        known = tx.noun(SlackUser, user)
        person = tx.person(known.person) if known else None
    if person is not None:
        return person
    address = normal_address(address_of(slack, user, patience=SHORT))
    with store.transaction() as tx:
        person = tx.person(address) if "@" in address else None
        if person is None:
            raise NotSignedIn("nobody here has this Slack account's address")
        tx.put_noun(SlackUser(user_id=user, person=person.address, at=utc_now()))
    return person
