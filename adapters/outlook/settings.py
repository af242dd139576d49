"""What this adapter has to be told: where Graph and Entra ID are, and as whom we come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

GRAPH_ROOT = "https://graph.microsoft.com/v1.0"
PUBLIC = "graph.microsoft.com"
CLOUDS = frozenset({PUBLIC, "graph.microsoft.us", "dod-graph.microsoft.us",
                    "microsoftgraph.chinacloudapi.cn"})  # fmt: skip
"""Whoever else answers is a gateway or a stand-in, and tokens are those of the public cloud."""
LOGIN = "https://login.microsoftonline.com"
CONSENT_SCOPES = ("Calendars.ReadWrite", "Tasks.ReadWrite", "User.Read")
"""What one person consents to. offline_access comes with every sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookSettings:
    """The same for every account of an installation."""

    tenant_id: str
    client_id: str
    graph_root: str = GRAPH_ROOT
    """Ends in /v1.0: a national cloud, a gateway or a stand-in has another."""
    authority: str = ""
    """https address of the tenant at Entra ID; empty is the public cloud's."""
    ca_file: str | None = None
    """Certificates to trust instead of the system's."""
    push_secret: bytes = field(default=b"", repr=False)
    """Signs what subscriptions send back to us; without it there is no push."""
    history: timedelta = timedelta(days=35)
    """How far back changes are read."""
    horizon: timedelta = timedelta(days=180)
    """How far ahead; Graph fixes the span when reading begins, so it is renewed at half."""
    time_out: tuple[float, float] = (5, 30)
    """Seconds to connect and to wait for an answer."""

    @property
    def tenant_authority(self) -> str:
        return self.authority or f"{LOGIN}/{self.tenant_id}"

    @property
    def app_scope(self) -> str:
        """The scope that stands for all application permissions, in this cloud."""
        host = self.graph_root.partition("://")[2].partition("/")[0].lower()
        return f"https://{host if host in CLOUDS else PUBLIC}/.default"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSecret:
    """The app comes as itself and reaches the mailboxes that Exchange's scope gives it."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppCertificate:
    """The same, proved with a key instead of a secret."""

    private_key: str = field(repr=False)
    """PEM."""
    certificate: str = field(repr=False)
    """PEM; the same one that stands at the app in Entra ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's own consent; reaches that person's mailbox only."""

    refresh_token: str = field(repr=False)
    client: AppSecret | AppCertificate | None = None
    """None for a public client, which has PKCE alone."""


Credentials = AppSecret | AppCertificate | Consent
