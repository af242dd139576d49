"""The Teams bot: Microsoft's Teams SDK behind two synchronous verbs, `take` and `say`.

The SDK checks who calls (learn.microsoft.com/azure/bot-service/rest-api/
bot-framework-rest-connector-authentication); whose tenant it is and what a press means is ours.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from adapters.outlook.loop import LoopThread
from core.errors import NotFound, PermissionDenied, RateLimited, Unavailable

if TYPE_CHECKING:
    from microsoft_teams.apps import App

T = TypeVar("T")
Json = dict[str, Any]
ENDPOINT = "/api/messages"
LOOP = LoopThread("teams-loop")
PATIENCE = 25.0
CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who did something in Teams, as the checked activity says."""

    object_id: str
    """Entra's id of the person."""
    member_id: str
    """Teams' own id, for `refresh`."""
    conversation_id: str
    service_url: str


class Desk(Protocol):
    """What the bot asks of us; each verb may take seconds and runs in a thread."""

    def person_of(self, caller: Caller, ask: Callable[[], str | None]) -> str | None:
        """Return the address of who calls; `ask` asks Teams for it."""
        ...

    def pressed(self, person: str, caller: Caller, data: Mapping[str, str]) -> Json | str:
        """Return the card to show then, or a sentence."""
        ...

    def met(self, person: str, caller: Caller) -> Json | None:
        """Keep that the person can be written to; return a card to greet with."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """Who the bot is and where its service stands."""

    client_id: str
    tenant_id: str
    service_url: str = ""
    """Empty: what Teams itself tells with each activity."""
    openid_metadata_url: str = ""
    """Where the keys of who calls us are told; empty: Microsoft's."""


class TeamsBot:
    """One bot; nothing of the SDK is loaded before it is used."""

    def __init__(self, settings: BotSettings, desk: Desk, token: Callable[[], str]) -> None:
        """`token` gives the bot's own token for the connector."""
        self._settings = settings
        self._desk = desk
        self._token = token
        self._handler: Callable[[Any], Coroutine[Any, Any, Any]] | None = None
        self._loop = LOOP.enter()
        self._app = self._built()
        self._run(self._app.initialize())

    def close(self) -> None:
        """Give the loop back."""
        LOOP.leave()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def _built(self) -> App:
        with warnings.catch_warnings():
            # Previews and ends of theirs, that we do not use, announce themselves.
            warnings.simplefilter("ignore")
            return self._made()

    def _made(self) -> App:
        from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
        from microsoft_teams.apps import App

        known, cloud = self._settings, PUBLIC
        if known.openid_metadata_url:
            cloud = with_overrides(PUBLIC, openid_metadata_url=known.openid_metadata_url)
        options: dict[str, Any] = {
            "client_id": known.client_id,
            "tenant_id": known.tenant_id,
            "token": lambda *_a, **_k: self._token(),
            "http_server_adapter": _Mount(self),
            "messaging_endpoint": ENDPOINT,
            # Its default is a variable of the environment.
            "dangerously_allow_unauthenticated_requests": False,
            "cloud": cloud,
        }
        if known.service_url:
            options["service_url"] = known.service_url
        app = App(**options)
        app.on_card_action(self._card_action)
        app.on_message(self._message)
        app.on_conversation_update(self._met)
        app.on_install_add(self._met)
        return app

    # --- what comes in --------------------------------------------------------------------

    def take(self, body: bytes, authorization: str) -> tuple[int, Any]:
        """Answer one call of Teams: status and JSON. Never raises."""
        try:
            activity = json.loads(body)
        except (ValueError, RecursionError):
            return 400, None
        if not isinstance(activity, dict):
            return 400, None
        headers = {"authorization": authorization}
        assert self._handler is not None
        try:
            answer = self._run(self._handler({"body": activity, "headers": headers}))
        except TimeoutError:
            return 504, None
        return int(answer["status"]), answer.get("body")

    def _caller(self, ctx: Any) -> Caller | None:
        """Return who calls, where it is somebody of our own tenant in a chat with us alone."""
        activity = ctx.activity
        channel = getattr(activity, "channel_data", None)
        tenant = getattr(getattr(channel, "tenant", None), "id", None)
        tenants = {t for t in (activity.conversation.tenant_id, tenant) if t}
        personal = activity.conversation.conversation_type in (None, "personal")
        person = getattr(activity.from_, "aad_object_id", None)
        if tenants != {self._settings.tenant_id} or not personal or not person:
            return None
        return Caller(
            object_id=person,
            member_id=activity.from_.id,
            conversation_id=activity.conversation.id,
            service_url=activity.service_url or self._settings.service_url,
        )

    async def _person(self, ctx: Any, caller: Caller) -> str | None:
        loop = asyncio.get_running_loop()

        def ask() -> str | None:
            work = _address_of(ctx, caller)
            return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

        return await asyncio.to_thread(self._desk.person_of, caller, ask)

    async def _card_action(self, ctx: Any) -> Any:
        caller = self._caller(ctx)
        person = await self._person(ctx, caller) if caller else None
        if caller is None or person is None:
            return _answered(403, ERROR, {"code": "Forbidden", "message": "not one of us"})
        data = ctx.activity.value.action.data
        found = await asyncio.to_thread(self._desk.pressed, person, caller, _texts(data))
        if isinstance(found, str):
            return _answered(200, MESSAGE, found)
        return _answered(200, CARD, found)

    async def _message(self, ctx: Any) -> None:
        """A word to the bot, or an older client's button: answer with a card."""
        caller = self._caller(ctx)
        person = await self._person(ctx, caller) if caller else None
        if caller is None or person is None:
            return
        data = _texts(ctx.activity.value)
        found = await asyncio.to_thread(self._desk.pressed, person, caller, data)
        await asyncio.to_thread(self._desk.met, person, caller)
        await ctx.send(found if isinstance(found, str) else _as_message(found))

    async def _met(self, ctx: Any) -> None:
        caller = self._caller(ctx)
        person = await self._person(ctx, caller) if caller else None
        if caller is None or person is None:
            return
        card = await asyncio.to_thread(self._desk.met, person, caller)
        if card is not None:
            await ctx.send(_as_message(card))

    # --- what goes out --------------------------------------------------------------------

    def say(self, conversation_id: str, card: Json) -> str:
        """Post a card into a chat; return its id. Raise NotFound, Unavailable."""
        sent = self._sent(self._app.send(conversation_id, _as_message(card)))
        return str(sent.id)

    def replace(self, conversation_id: str, activity_id: str, card: Json) -> None:
        """Put another card in the place of one that was sent."""
        conversations = self._app.api.conversations
        self._sent(conversations.update_activity(conversation_id, activity_id, _as_message(card)))

    def _sent(self, work: Coroutine[Any, Any, T]) -> T:
        import httpx

        try:
            return self._run(work)
        except httpx.HTTPStatusError as err:
            raise _refusal(err.response.status_code) from err
        except (httpx.HTTPError, TimeoutError) as err:
            raise Unavailable("Teams did not answer.") from err


class _Mount:
    """The SDK's server, which is none: our web app hands each request over."""

    def __init__(self, bot: TeamsBot) -> None:
        self._bot = bot

    def register_route(self, _method: str, _path: str, handler: Any) -> None:
        self._bot._handler = handler

    def serve_static(self, path: str, directory: str) -> None:
        """Ours."""

    async def start(self, port: int) -> None:
        """Ours."""

    async def stop(self) -> None:
        """Ours."""


async def _address_of(ctx: Any, caller: Caller) -> str | None:
    """Ask Teams for the member: it tells the address, where Entra's id alone is no help."""
    conversations = ctx.api.conversations
    member = await conversations.get_member_by_id(caller.conversation_id, caller.member_id)
    address: str | None = member.email or member.user_principal_name
    return address


def _as_message(card: Json) -> Any:
    from microsoft_teams.api.activities.message import MessageActivityInput
    from microsoft_teams.api.models.attachment import Attachment

    summary = card.get("fallbackText", "1:1")[:120]
    message = MessageActivityInput(summary=summary)  # type: ignore[call-arg]  # a field of its base
    return message.add_attachments(Attachment(content_type=CARD, content=card))


def _answered(status: int, kind: str, value: Any) -> Any:
    from microsoft_teams.api import InvokeResponse

    body = {"statusCode": status, "type": kind, "value": value}
    return InvokeResponse(status=status if status >= 400 else 200, body=body)


def _texts(data: Any) -> dict[str, str]:
    """Return flat strings of what came back; `action` is the SDK's own."""
    if not isinstance(data, dict):
        return {}
    return {str(k): str(v)[:2000] for k, v in data.items() if isinstance(v, str | int | bool)}


def _refusal(status: int) -> Exception:
    if status == 429:
        return RateLimited("Teams asks us to slow down.")
    if status >= 500:
        return Unavailable(f"Teams is in trouble ({status}).")
    if status == 404:
        return NotFound("This message or chat is no longer there.")
    return PermissionDenied(f"Teams does not let us write there ({status}): is the app installed?")
