"""Send one message to one person, by the first channel of their wish that there is."""

from __future__ import annotations

from core.errors import NotSupported
from core.model.calendar import IdempotencyKey
from core.model.messages import Message
from core.model.settings import PersonSettings
from core.service.services import Services


def send_to(
    services: Services, settings: PersonSettings, message: Message, key: IdempotencyKey
) -> bool:
    """Tell whether it went out; False: they are reached by no channel. Raise what it raises."""
    for channel in settings.channels:
        port = services.reach(settings.address, channel)
        if port is None:
            continue
        try:
            port.send(message, key=key)
        except NotSupported:
            continue
        return True
    return False
