"""Finding an account on a server: once, when somebody connects it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from caldav.collection import Calendar, CalendarSet, Principal
from caldav.elements.cdav import CalendarHomeSet
from caldav.lib.error import DAVError

from adapters.caldav.auth import kinds_offered
from adapters.caldav.client import Client
from adapters.caldav.home import calendars_of, task_lists_of
from adapters.caldav.multistatus import DAV, read_multistatus
from adapters.caldav.quirks import found_on_connect
from adapters.caldav.refusals import Answer, refusal
from adapters.caldav.settings import AuthKind, CaldavSettings
from adapters.caldav.wire import Wire, origin
from core.errors import AccountDisconnected, InvalidInput, NotFound, UnexpectedResponse
from core.model.calendar import CalendarInfo
from core.model.people import normal_address
from core.model.tasks import TaskListInfo

WELL_KNOWN = "/.well-known/caldav"
MAX_HOPS = 5
PRINCIPAL = b"""<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What was found: `settings` are for the store, the rest is for people to choose from."""

    settings: CaldavSettings
    addresses: tuple[str, ...]
    """What the server calls this person; the first is the one to know them by."""
    calendars: tuple[CalendarInfo, ...]
    task_lists: tuple[TaskListInfo, ...]


def discover(
    url: str,
    login: str,
    secret: str,
    *,
    auth: AuthKind | None = None,
    time_out: tuple[float, float] = (5.0, 30.0),
) -> Account:
    """Find an account from whatever address a person knows.

    Raise AccountDisconnected for a wrong password, InvalidInput for no address, NotFound where
    no CalDAV answers there, Unavailable.
    """
    start = _with_scheme(url)
    kind = auth or AuthKind.BASIC
    settings = CaldavSettings(home=start, login=login, auth=kind, time_out=time_out)
    wire, principal = _principal(settings, secret, choose=auth is None)
    found = Principal(Client(wire), url=principal)
    wire = _moved(wire, secret, _first_home(found, principal))
    settings = _described(wire, principal)
    wire = Wire(settings, secret)
    return Account(
        settings=settings,
        addresses=_addresses(found, login),
        calendars=tuple(calendars_of(wire)),
        task_lists=tuple(task_lists_of(wire)),
    )


def make_task_list(settings: CaldavSettings, secret: str, name: str) -> TaskListInfo:
    """Make a list for tasks alone in an account's home, and return it."""
    wire = Wire(settings, secret)
    known = {found.list_id for found in task_lists_of(wire)}
    home = CalendarSet(Client(wire), url=settings.home)
    made = home.make_calendar(name=name, supported_calendar_component_set=["VTODO"])
    assert isinstance(made, Calendar)  # a coroutine only with an asynchronous client
    url = wire.absolute(str(made.url))
    for found in task_lists_of(wire):
        if found.list_id not in known or found.list_id.rstrip("/") == url.rstrip("/"):
            return found
    raise UnexpectedResponse("The calendar server did not make the task list.")


def _with_scheme(url: str) -> str:
    """Read what a person typed: a URL, a host's name or an e-mail address."""
    typed = url.strip()
    if "://" not in typed:
        typed = f"https://{typed.rpartition('@')[2]}"
    origin(typed)
    parts = urlsplit(typed)
    if parts.username or parts.password:
        raise InvalidInput("Give login and password beside the address, not in it.")
    return typed if parts.path else f"{typed}/"


def _principal(settings: CaldavSettings, secret: str, *, choose: bool) -> tuple[Wire, str]:
    """Return the way to the server and the URL of the account on it."""
    answer = None
    for url in _candidates(settings.home):
        wire, answer = _followed(replace(settings, home=url), secret, choose=choose)
        if answer.status == 401:
            break
        principal = _named_principal(answer)
        if principal is not None:
            return wire, urljoin(answer.url, principal)
    if answer is not None and (answer.status == 401 or answer.status >= 500):
        raise refusal(answer, settings.login)
    raise NotFound(f"No calendar server answers at {settings.home}.")


def _candidates(url: str) -> Iterator[str]:
    """RFC 6764 section 6: what was typed, the well-known address, the top."""
    tried = dict.fromkeys((url, urljoin(url, WELL_KNOWN), urljoin(url, "/")))
    yield from tried


def _followed(settings: CaldavSettings, secret: str, *, choose: bool) -> tuple[Wire, Answer]:
    """Ask, and go where we are sent; the password goes to no other host."""
    for _ in range(MAX_HOPS):
        wire = Wire(settings, secret)
        answer = _ask_principal(wire)
        if answer.status == 401 and choose:
            settings, choose = _other_auth(settings, answer), False
            continue
        target = answer.headers.get("location")
        if answer.status not in (301, 302, 307, 308) or target is None:
            return wire, answer
        settings = replace(settings, home=_allowed(settings.home, urljoin(answer.url, target)))
    raise UnexpectedResponse("The calendar server sends us round in circles.")


def _other_auth(settings: CaldavSettings, answer: Answer) -> CaldavSettings:
    offered = kinds_offered(answer.headers.get("www-authenticate", ""))
    if not offered or offered[0] is settings.auth:
        raise refusal(answer, settings.login)
    return replace(settings, auth=offered[0])


def _ask_principal(wire: Wire) -> Answer:
    headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": "0"}
    return wire.answer_to("PROPFIND", wire.settings.home, PRINCIPAL, headers=headers)


def _named_principal(answer: Answer) -> str | None:
    if answer.status != 207:
        return None
    for entry in read_multistatus(answer).entries:
        named = entry.prop(f"{DAV}current-user-principal")
        href = None if named is None else named.findtext(f"{DAV}href")
        if href:
            return href
        if named is not None and named.find(f"{DAV}unauthenticated") is not None:
            raise AccountDisconnected("The calendar server does not know this login.")
    return None


def _first_home(principal: Principal, url: str) -> str:
    found = principal.get_property(CalendarHomeSet())
    if not found:
        raise NotFound(f"{url} has no calendars.")
    return urljoin(url, str(found))


def _moved(wire: Wire, secret: str, home: str) -> Wire:
    """Go to where the calendars are: some services keep each account on a host of its own."""
    home = _allowed(wire.settings.home, home if home.endswith("/") else f"{home}/")
    return Wire(replace(wire.settings, home=home), secret)


def _allowed(known: str, url: str) -> str:
    """Return a URL that may get the password: the same host, or by TLS one of its domain."""
    if origin(url) == origin(known):
        return url
    before, after = urlsplit(known), urlsplit(url)
    same_host = before.hostname == after.hostname
    same_domain = _domain(before.hostname) == _domain(after.hostname)
    if after.scheme == "https" and (same_host or same_domain):
        return url
    raise UnexpectedResponse(
        f"The server sends us to {after.netloc}; connect with that address if it is yours."
    )


def _domain(host: str | None) -> tuple[str, ...]:
    labels = tuple((host or "").lower().split("."))
    is_name = len(labels) > 2 and not labels[-1].isdecimal()
    return labels[-2:] if is_name and len(labels[-2]) > 3 else labels


def _described(wire: Wire, principal: str) -> CaldavSettings:
    """Note what the server can do and how it deviates, from what it says of itself."""
    said: Mapping[str, str] = {}
    for url in (wire.settings.home, principal):
        answer = wire.answer_to("OPTIONS", url)
        words = f"{said.get('dav', '')},{answer.headers.get('dav', '')}"
        said = {**said, **answer.headers, "dav": words}
    copies = "calendar-auto-schedule" in said["dav"]
    return replace(wire.settings, copies=copies, quirks=found_on_connect(said))


def _addresses(principal: Principal, login: str) -> tuple[str, ...]:
    try:
        found = principal.calendar_user_address_set()
    except (DAVError, NotFound):
        found = []
    named = found if isinstance(found, list) else []
    known = [normal_address(a) for a in named if a and a.lower().startswith("mailto:")]
    if "@" in login:
        known.append(normal_address(login))
    return tuple(dict.fromkeys(known))
