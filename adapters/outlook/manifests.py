"""What Microsoft has to know of our pane, tab and bot: manifests, made for one installation.

Sources: learn.microsoft.com/microsoft-365/extensibility/schema (unified, 1.29), and
learn.microsoft.com/javascript/api/manifest (XML, which Mac, phones and older Outlook need).
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from adapters.outlook.icons import png
from core.errors import InvalidInput

Json = dict[str, Any]
SCHEMA = "https://developer.microsoft.com/en-us/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"
NAMESPACE = uuid.UUID("3f0b5f0e-7a0c-4f2c-9a5e-6a1f6a2e9d11")
NAME = "vieraugen"
SHORT = "1:1s with an agenda in the calendar event itself."
FULL = (
    "Keeps the agenda of each 1:1 as text in the event that two people already share, carries open "
    "points over, and puts promises into each person's own task list. It runs on your company's "
    "own server: nothing leaves it."
)
ACCENT = "#24544C"
ICON_SIZES = (16, 32, 64, 80, 128)
SCOPE = "access_as_user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where one installation stands, and as what it is registered."""

    public_url: str
    client_id: str
    version: str = "1.0.0"

    def __post_init__(self) -> None:
        if not self.public_url.startswith("https://"):
            raise InvalidInput(
                f"public_url is {self.public_url}: Microsoft opens https addresses only"
            )
        try:
            uuid.UUID(self.client_id)
        except ValueError as err:
            raise InvalidInput(f"entra_client_id: {self.client_id!r} is no GUID") from err

    @property
    def root(self) -> str:
        """Our address without a slash at its end."""
        return self.public_url.rstrip("/")

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.public_url).netloc

    @property
    def resource(self) -> str:
        """Our API's name in Entra ID (*Expose an API > Application ID URI*)."""
        return f"api://{self.host}/{self.client_id}"

    def id_of(self, what: str) -> str:
        """Return an id that stays the same for this installation."""
        return str(uuid.uuid5(NAMESPACE, f"{what} {self.host} {self.client_id}"))

    def icon(self, size: int) -> str:
        """Return the address of our mark."""
        return f"{self.root}/pane/icon-{size}.png"


def _app(place: Installation, what: str) -> Json:
    """Return what every unified manifest starts with."""
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.29",
        "id": place.id_of(what),
        "version": place.version,
        "name": {"short": NAME, "full": f"{NAME}: 1:1s in the calendar"},
        "description": {"short": SHORT, "full": FULL},
        "developer": {
            "name": NAME,
            "websiteUrl": f"{place.root}/",
            "privacyUrl": f"{place.root}/docs/privacy",
            "termsOfUseUrl": f"{place.root}/docs/terms",
        },
        "icons": {"outline": "outline.png", "color": "color.png"},
        "accentColor": ACCENT,
        "validDomains": [place.host],
        "webApplicationInfo": {
            "id": place.client_id,
            "resource": place.resource,
            "nestedAppAuthInfo": [
                {"redirectUri": f"brk-multihub://{place.host}",
                 "scopes": [f"{place.resource}/{SCOPE}"], "claims": "{}"}
            ],
        },
    }  # fmt: skip


def teams_manifest(place: Installation) -> Json:
    """Return the Teams app's manifest: personal tab, meeting side panel and bot."""
    return _app(place, "teams") | {
        "bots": [
            {
                "botId": place.client_id,
                "scopes": ["personal"],
                "isNotificationOnly": False,
                "supportsCalling": False,
                "supportsVideo": False,
                "supportsFiles": False,
            }
        ],
        "staticTabs": [
            {
                "entityId": "talks",
                "name": "1:1s",
                "contentUrl": f"{place.root}/pane/teams",
                "websiteUrl": f"{place.root}/my/",
                "scopes": ["personal"],
            }
        ],
        "configurableTabs": [
            {
                "configurationUrl": f"{place.root}/pane/teams/config",
                "canUpdateConfiguration": False,
                "scopes": ["groupChat"],
                "context": ["meetingSidePanel", "meetingChatTab", "meetingDetailsTab"],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "defaultInstallScope": "personal",
    }


def outlook_manifest(place: Installation) -> Json:
    """Return the unified manifest of the Outlook pane; the XML one stands in for it elsewhere."""
    icons = [{"size": size, "url": place.icon(size)} for size in (16, 32, 80)]
    button = {
        "id": "showAgenda",
        "type": "button",
        "label": "1:1 agenda",
        "icons": icons,
        "supertip": {"title": "1:1 agenda", "description": SHORT},
        "actionId": "ShowPane",
    }
    group = {"id": "talkGroup", "label": "1:1", "icons": icons, "controls": [button]}
    runtime = {
        "id": "PaneRuntime",
        "type": "general",
        "code": {"page": f"{place.root}/pane/outlook"},
        "lifetime": "short",
        "actions": [{"id": "ShowPane", "type": "openPage", "view": "agenda"}],
    }
    extension = {
        "requirements": {
            "scopes": ["mail"],
            "capabilities": [{"name": "Mailbox", "minVersion": "1.8"}],
        },
        "runtimes": [runtime],
        "ribbons": [
            {
                "contexts": ["meetingDetailsOrganizer", "meetingDetailsAttendee"],
                "tabs": [{"builtInTabId": "TabDefault", "groups": [group]}],
            }
        ],
        "alternates": [{"hide": {"customOfficeAddin": {"officeAddinId": place.id_of("xml")}}}],
    }
    permission = {"name": "MailboxItem.Read.User", "type": "Delegated"}
    return _app(place, "outlook") | {
        "authorization": {"permissions": {"resourceSpecific": [permission]}},
        "extensions": [extension],
    }


def package(manifest: Json) -> bytes:
    """Return the zip that an administrator uploads; the same manifest gives the same bytes."""
    files = {
        "manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False).encode(),
        "color.png": png(192),
        "outline.png": png(32, outline=True),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return target.getvalue()
