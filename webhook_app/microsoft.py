"""What this installation is at Microsoft: its registration in Entra ID, and where things are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from adapters.outlook.entra import EntraApi, EntraTokens
from adapters.outlook.kept import read_secret
from adapters.outlook.settings import (
    GRAPH_ROOT,
    LOGIN,
    AppCertificate,
    AppSecret,
    OutlookSettings,
)
from core.errors import InvalidInput
from core.model.series import Connection
from webhook_app.config import Settings
from webhook_app.wiring import App

SUITE = "outlook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The app as it is registered in the company's tenant."""

    tenant_id: str
    client_id: str

    def __post_init__(self) -> None:
        if not self.tenant_id or not self.client_id:
            raise InvalidInput(
                "the app's registration is not known: set entra_tenant_id and entra_client_id, "
                "or run `vieraugen connect outlook`"
            )


def outlook_settings(settings: Settings, registration: Registration) -> OutlookSettings:
    """Return what the adapter has to know of this installation."""
    return OutlookSettings(
        tenant_id=registration.tenant_id,
        client_id=registration.client_id,
        graph_root=settings.graph_root or GRAPH_ROOT,
        authority=authority(settings, registration.tenant_id),
        ca_file=settings.ca_file or None,
    )


def authority(settings: Settings, tenant_id: str) -> str:
    """Return the tenant's address at Entra ID; a root without a tenant gets ours."""
    root = (settings.entra_authority or LOGIN).rstrip("/")
    return root if root.endswith(f"/{tenant_id}") else f"{root}/{tenant_id}"


def outlook_connections(app: App) -> list[Connection]:
    """Return the connected mailboxes."""
    with app.store.transaction() as tx:
        return [c for c in tx.connections() if c.suite == SUITE]


def registration(app: App) -> Registration:
    """Return the registration: as configured, else as connected. Raise InvalidInput."""
    tenant, client = app.settings.entra_tenant_id, app.settings.entra_client_id
    if not (tenant and client):
        first = next(iter(outlook_connections(app)), None)
        if first is not None:
            tenant = tenant or first.setting("tenant_id")
            client = client or first.setting("client_id")
    return Registration(tenant_id=tenant, client_id=client)


def app_credentials(app: App) -> AppSecret | AppCertificate | None:
    """Return how the app proves itself, from a mailbox that it was connected with."""
    for connection in outlook_connections(app):
        with app.store.transaction() as tx:
            secret = tx.secret(connection.connection_id)
        if secret is None:
            continue
        credentials, _ = read_secret(secret)
        if isinstance(credentials, AppSecret | AppCertificate):
            return credentials
        if credentials.client is not None:
            return credentials.client
    return None


def entra_verifier(app: App) -> Callable[[str, datetime], str | None]:
    """Return what tells whose an Entra token for our API is (webhook_app.auth.who.Verifier).

    It returns None for what is no token of Entra ID, or while nobody has set Outlook up; it
    raises NotSignedIn where a token does not hold.
    """
    tokens: dict[Registration, EntraTokens] = {}

    def verify(token: str, now: datetime) -> str | None:
        if token.count(".") != 2:
            return None
        try:
            known = registration(app)
        except InvalidInput:
            return None
        if known not in tokens:
            tokens[known] = EntraTokens(_api(app.settings, known), address_of=_known_to(app))
        return tokens[known].address(token, now)

    return verify


def _api(settings: Settings, known: Registration) -> EntraApi:
    return EntraApi(
        tenant_id=known.tenant_id,
        client_id=known.client_id,
        authority=authority(settings, known.tenant_id),
        host=urlsplit(settings.public_url).netloc,
        ca_file=settings.ca_file or None,
    )


def _known_to(app: App) -> Callable[[str], str | None]:
    def address_of(object_id: str) -> str | None:
        found = (c for c in outlook_connections(app) if c.setting("user_id") == object_id)
        return next((connection.person for connection in found), None)

    return address_of
