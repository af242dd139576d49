"""Slack, for messages only: what we say to one person there, and what they press on it."""

from __future__ import annotations

from adapters.slack.messages import SlackMessages
from adapters.slack.wire import Slack

__all__ = ["Slack", "SlackMessages"]
