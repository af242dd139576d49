"""Calendar API: watching a calendar and no longer watching it."""

from __future__ import annotations

from .answers import Json
from .call import Call, handles
from .push import channel_of, shown, stop_channel


@handles("calendar.events.watch")
def watch_events(call: Call) -> Json:
    channel = channel_of(call.body, call.calendar(), call.me, call.now, call.world.push.longest)
    call.world.push.open(channel)
    return shown(channel)


@handles("calendar.channels.stop")
def stop_watching(call: Call) -> None:
    stop_channel(call.world.push, call.body, call.me)
