"""Google Chat speaks through its own app endpoint, which is not built yet: nothing is sent."""

from core.ports import MessagePort

messages: MessagePort | None = None
