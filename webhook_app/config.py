"""Settings: the environment first, then one TOML file in the data folder, then defaults.

Every key has one name: `VIERAUGEN_PUBLIC_URL` in the environment is `public_url` in the
file. Unknown keys in the file are refused, so that a typing error is seen.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from core.errors import InvalidInput

PREFIX = "VIERAUGEN_"
FILE = "vieraugen.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may configure; secrets never show in the repr."""

    data: Path
    """Folder for the database, the keys and the configuration file."""
    database_url: str = field(default="", repr=False)
    """Empty: SQLite in the data folder."""
    public_url: str = "http://127.0.0.1:8040"
    """Where people's browsers reach the pages."""
    keys: str = field(default="", repr=False)
    """Sealing keys, `name:base64`; empty: the file `keys` in the data folder."""
    poll_seconds: float = 60.0
    """How often each calendar is read."""
    push: str = "auto"
    """Whether suites announce changes to us: "on", "off", or "auto", where public_url is https."""
    google_api_root: str = ""
    """Scheme and host of a gateway or stand-in in Google's place; empty: Google itself."""
    google_token_uri: str = ""
    """The token endpoint in Google's place."""
    google_project_number: str = ""
    """The Cloud project whose add-on and Chat app may call us; empty: nobody may."""
    google_addon_client_id: str = ""
    """OAuth client of the add-on: `gcloud workspace-add-ons get-authorization` prints it."""
    google_addon_url: str = ""
    """The address registered with Google; empty: public_url with /hooks/google/addon."""
    google_people: str = ""
    """Whose Google accounts may be opened, by address or `@domain`, with commas; empty: all."""
    graph_root: str = ""
    """Microsoft Graph in a national cloud, a gateway or a stand-in; ends in /v1.0."""
    entra_authority: str = ""
    """Entra ID's https address, with or without the tenant; empty: the public cloud's."""
    entra_tenant_id: str = ""
    """Directory (tenant) id of the company."""
    entra_client_id: str = ""
    """Application (client) id of our registration: also the bot's and the add-in's."""
    teams_service_url: str = ""
    """The Teams connector's address; empty: what Teams itself tells."""
    ca_file: str = ""
    """Certificates to trust where a gateway or stand-in has its own."""
    locale: str = "en"
    """Language of people of whom we know none: "de", "de-Sie" or "en"."""
    admins: str = ""
    """Addresses of who runs the installation, by commas: they see states and counts."""
    council: str = ""
    """Addresses of the works council, by commas: they see the pack and the log of switches."""
    first_message: str = "on"
    """Whether who organizes 1:1s is told once what was found: "on" or "off"."""
    smtp_url: str = field(default="", repr=False)
    """Where mail goes: smtp://user:password@host:587, or smtps://…; empty: no mail."""
    mail_from: str = ""
    """Sender of mail; empty: vieraugen@ the public host."""
    imap_url: str = field(default="", repr=False)
    """Mailbox in which replies arrive: imaps://user:password@host/INBOX; empty: none are read."""
    imap_authserv: str = ""
    """Name under which that mail server writes Authentication-Results; empty: ask by mail."""
    oidc_issuer: str = ""
    """Sign-in with the company's own accounts: the issuer's URL."""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    hris_secret: str = field(default="", repr=False)
    """Standard Webhooks secrets (whsec_…), by blanks, with which a personnel system signs."""
    webhook_hosts: str = ""
    """Names or networks (10.0.0.0/8) inside the house that webhooks may reach."""
    new_devices: str = "auto"
    """Where somebody's own link opens: "open" anywhere, "first" in the first browser and then
    where a code was typed, "code" only there; "auto": first, or open where public_url is local."""
    frame_hosts: str = ""
    """Origins, by blanks, that may frame our pages, such as https://outlook.office.com."""
    trusted_proxies: str = ""
    """Addresses or networks of our own reverse proxies: their X-Forwarded-For is believed."""
    mail_hook_secret: str = field(default="", repr=False)
    """With which a mail server posts replies to /hooks/mail, several by blanks; empty: none may."""
    slack_bot_token: str = field(default="", repr=False)
    """Slack's bot token (xoxb-…); empty: nobody is reached by Slack."""
    slack_signing_secret: str = field(default="", repr=False)
    """With which Slack signs presses; empty: messages have no buttons that do something."""
    slack_api_root: str = "https://slack.com/api"
    """Slack's API, or a gateway or stand-in in its place."""
    worker: str = ""
    """Name of this process among the workers on PostgreSQL; empty: command and host name."""

    @property
    def frames(self) -> tuple[str, ...]:
        """Origins that may show our pages in a frame; empty: none."""
        return tuple(self.frame_hosts.split())

    @property
    def sql_url(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data / 'vieraugen.db'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether one file holds everything: then one process runs the engine."""
        return self.sql_url.startswith("sqlite")


def load(data: str | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings. Raise InvalidInput, naming the key, where one can't be used."""
    env = os.environ if environment is None else environment
    folder = Path(data or env.get(f"{PREFIX}DATA") or "vieraugen-data").absolute()
    known = {f.name for f in fields(Settings)} - {"data"}
    values: dict[str, object] = _from_file(folder / FILE, known)
    for name in known:
        if f"{PREFIX}{name.upper()}" in env:
            values[name] = env[f"{PREFIX}{name.upper()}"]
    return Settings(data=folder, **_checked(values))  # type: ignore[arg-type]  # checked there


def _from_file(path: Path, known: set[str]) -> dict[str, object]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise InvalidInput(f"{path.name}: {err}") from err
    unknown = sorted(set(found) - known)
    if unknown:
        names = ", ".join(sorted(known))
        raise InvalidInput(f"{path.name}: unknown key {unknown[0]!r}; known are {names}")
    return found


def _checked(values: dict[str, object]) -> dict[str, object]:
    checked: dict[str, object] = {}
    for name, value in values.items():
        checked[name] = _seconds(name, value) if name == "poll_seconds" else str(value)
    if checked.get("locale", "en") not in ("de", "de-Sie", "en"):
        raise InvalidInput(f"locale: {checked['locale']!r} is none of de, de-Sie, en")
    if checked.get("first_message", "on") not in ("on", "off"):
        raise InvalidInput(f"first_message: {checked['first_message']!r} is none of on, off")
    if checked.get("new_devices", "auto") not in ("auto", "open", "first", "code"):
        raise InvalidInput(f"new_devices: {checked['new_devices']!r} is none of open, first, code")
    if checked.get("push", "auto") not in ("auto", "on", "off"):
        raise InvalidInput(f"push: {checked['push']!r} is none of auto, on, off")
    root, entra = str(checked.get("graph_root", "")), str(checked.get("entra_authority", ""))
    if root and not root.rstrip("/").endswith("/v1.0"):
        raise InvalidInput(f"graph_root: {root!r} does not end in /v1.0")
    if entra and not entra.startswith("https://"):
        raise InvalidInput(f"entra_authority: {entra!r} is no https address")
    for host in str(checked.get("frame_hosts", "")).split():
        if not re.fullmatch(r"https://[\w.*-]+(:\d+)?", host):
            raise InvalidInput(f"frame_hosts: {host!r} is no origin; https://outlook.office.com")
    for proxy in str(checked.get("trusted_proxies", "")).replace(",", " ").split():
        if not re.fullmatch(r"[0-9A-Fa-f:.]+(/\d{1,3})?", proxy):
            raise InvalidInput(f"trusted_proxies: {proxy!r} is no address or network")
    url = str(checked.get("database_url", ""))
    if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise InvalidInput("database_url: sqlite:///… or postgresql://…, please")
    return checked


def _seconds(name: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError as err:
        raise InvalidInput(f"{name}: {value!r} is not a number of seconds") from err
    if not 0.2 <= number <= 86_400:
        raise InvalidInput(f"{name}: {number} is not between 0.2 and 86400")
    return number
