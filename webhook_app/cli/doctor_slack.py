"""What `vieraugen doctor` says about Slack, where it is set up."""

from __future__ import annotations

from core.errors import OneOnOneError
from webhook_app.config import Settings

Finding = tuple[str, bool, str]


def slack_findings(settings: Settings) -> list[Finding]:
    """Ask Slack whose token it is and what it may; say what is missing."""
    if not settings.slack_bot_token:
        if settings.slack_signing_secret:
            return [("slack", False, "slack_signing_secret is set, slack_bot_token is not")]
        return []
    from adapters.slack.wire import SCOPES
    from webhook_app.slack import slack_of

    slack = slack_of(settings)
    assert slack is not None
    try:
        told, scopes = slack.scopes()
    except OneOnOneError as err:
        return [("slack", False, f"{err}; look at slack_bot_token (docs/slack.md)")]
    missing = sorted(set(SCOPES) - scopes)
    if missing:
        text = f"the app lacks {', '.join(missing)}: add the scopes and install it again"
        return [("slack", False, text)]
    found = [("slack", True, f"writes to people of {told.get('team', '?')}")]
    if not settings.slack_signing_secret:
        return [*found, ("slack buttons", True, "off: slack_signing_secret is not set")]
    if not settings.public_url.startswith("https://"):
        return [*found, ("slack buttons", False, "Slack calls https only: set public_url")]
    address = f"{settings.public_url.rstrip('/')}/hooks/slack"
    return [*found, ("slack buttons", True, f"the app's Request URL has to be {address}")]
