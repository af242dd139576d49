"""Chat API."""

from __future__ import annotations

import re

from .answers import Json, forbidden, invalid, not_found
from .call import Call, handles
from .chat_state import APP, Space, check_message

OWN_ID = re.compile(r"client-[a-z0-9-]{1,56}")
REPLACEABLE = ("text", "cardsV2", "fallbackText", "accessoryWidgets")


def _name(call: Call) -> str:
    parts = [f"spaces/{call.path['spacesId']}"]
    for kind in ("messages", "members"):
        if f"{kind}Id" in call.path:
            parts.append(f"{kind}/{call.path[f'{kind}Id']}")
    return "/".join(parts)


def _space(call: Call) -> Space:
    space = call.world.chat.space(f"spaces/{call.path['spacesId']}")
    if call.user and _chat_name(call) not in space.members:
        raise forbidden("The caller does not have permission")
    return space


def _chat_name(call: Call) -> str:
    return call.world.directory.person(call.me).chat_name


@handles("chat.spaces.findDirectMessage")
def find_direct_message(call: Call) -> Json:
    wanted = call.query.get("name", "")
    if call.user is None and "@" in wanted:
        raise invalid("With app authentication the user has to be named by id.")
    person = call.world.directory.by_chat_name(wanted)
    space = call.world.chat.direct_with_app(person.chat_name) if person else None
    if space is None:
        raise not_found("Direct message space not found.")
    return space.resource


@handles("chat.spaces.setup")
def set_up_space(call: Call) -> Json:
    asked = call.body.get("space", {})
    if asked.get("spaceType") != "DIRECT_MESSAGE" or not asked.get("singleUserBotDm"):
        raise invalid("The stand-in sets up direct messages with the app alone.")
    return call.world.chat.open_direct(_chat_name(call)).resource


@handles("chat.spaces.get")
def get_space(call: Call) -> Json:
    return _space(call).resource


@handles("chat.spaces.list")
def list_spaces(call: Call) -> Json:
    mine = _chat_name(call) if call.user else None
    return {
        "spaces": [
            space.resource
            for space in call.world.chat.spaces.values()
            if not space.removed and (space.with_app if mine is None else mine in space.members)
        ]
    }


@handles("chat.spaces.messages.create")
def create_message(call: Call) -> Json:
    space = _space(call)
    request_id = call.query.get("requestId")
    if request_id and request_id in space.by_request:
        return space.messages[space.by_request[request_id]]
    own_id = call.query.get("messageId")
    if own_id and not OWN_ID.fullmatch(own_id):
        raise invalid("messageId must begin with client- and use lowercase letters, digits, -.")
    check_message(call.body, as_app=call.user is None)
    call.world.chat.pace(space)
    message = call.world.chat.post(space, call.body, _sender(call), own_id=own_id)
    if request_id:
        space.by_request[request_id] = message["name"]
    return message


def _sender(call: Call) -> Json:
    return APP if call.user is None else {"name": _chat_name(call), "type": "HUMAN"}


@handles("chat.spaces.messages.get")
def get_message(call: Call) -> Json:
    _space(call)
    return call.world.chat.message(_name(call))[1]


@handles("chat.spaces.messages.list")
def list_messages(call: Call) -> Json:
    return {"messages": list(_space(call).messages.values())}


@handles("chat.spaces.messages.patch")
def patch_message(call: Call) -> Json:
    space = _space(call)
    mask = [name for name in call.query.get("updateMask", "").split(",") if name]
    if not mask:
        raise invalid("updateMask is required.")
    names = list(REPLACEABLE) if mask == ["*"] else mask
    if unknown := set(names) - set(REPLACEABLE):
        raise invalid(f"updateMask: {', '.join(sorted(unknown))} cannot be changed.")
    present = {each["name"] for each in space.messages.values()} | {
        f"{space.id}/messages/{each.get('clientAssignedMessageId')}"
        for each in space.messages.values()
    }
    if _name(call) not in present and call.query.get("allowMissing"):
        return _create_missing(call, space)
    message = call.world.chat.message(_name(call))[1]
    if message["sender"] != _sender(call):
        raise forbidden("Only the sender of a message can change it.")
    changed = {name: each for name, each in message.items() if name not in names}
    changed |= {name: call.body[name] for name in names if name in call.body}
    check_message({name: changed[name] for name in REPLACEABLE if name in changed}, as_app=True)
    call.world.chat.pace(space)
    changed["lastUpdateTime"] = call.now.isoformat().replace("+00:00", "Z")
    space.messages[message["name"]] = changed
    return changed


def _create_missing(call: Call, space: Space) -> Json:
    own_id = call.path["messagesId"]
    if not OWN_ID.fullmatch(own_id):
        raise invalid("allowMissing needs a message id of the client's own.")
    check_message(call.body, as_app=call.user is None)
    call.world.chat.pace(space)
    return call.world.chat.post(space, call.body, _sender(call), own_id=own_id)


@handles("chat.spaces.messages.delete")
def delete_message(call: Call) -> Json:
    space = _space(call)
    message = call.world.chat.message(_name(call))[1]
    if message["sender"] != _sender(call):
        raise forbidden("Only the sender of a message can delete it.")
    call.world.chat.pace(space)
    del space.messages[message["name"]]
    return {}
