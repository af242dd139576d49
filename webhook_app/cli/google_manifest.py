"""`vieraugen google addon-manifest`: the deployment that Google wants of our add-on."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from core.errors import InvalidInput
from webhook_app.config import Settings, load
from webhook_app.google import addon_url

SCOPES = (
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/calendar.addons.execute",
    "https://www.googleapis.com/auth/calendar.addons.current.event.read",
    "https://www.googleapis.com/auth/script.locale",
)
"""Who looks, that we may draw, which event is open, and the person's language."""

NEXT = """\
Write it to a file, then in the Cloud project {project}:
  gcloud workspace-add-ons deployments create vieraugen --deployment-file=addon.json
  gcloud workspace-add-ons deployments install vieraugen
  gcloud workspace-add-ons get-authorization   # prints the client id: google_addon_client_id
For Chat: Google Chat API > Configuration > HTTP endpoint URL {url}, authentication audience
"HTTP endpoint URL", and "Build this Chat app as a Workspace add-on".
"""


def run(args: Namespace) -> int:
    """Print the JSON; what to do with it goes to stderr."""
    settings = load(args.data)
    print(json.dumps(manifest(settings, args.name, args.logo), indent=2))
    project = settings.google_project_number or "(set google_project_number to its number)"
    print(NEXT.format(project=project, url=addon_url(settings)), file=sys.stderr)
    return 0


def manifest(settings: Settings, name: str, logo: str) -> dict[str, Any]:
    """Return the deployment. Raise InvalidInput where Google could not reach the address."""
    url = addon_url(settings)
    if not url.startswith("https://"):
        raise InvalidInput(f"Google calls https addresses only: set public_url, it is {url}")
    trigger = {"runFunction": url}
    return {
        "oauthScopes": list(SCOPES),
        "addOns": {
            "common": {
                "name": name,
                "logoUrl": logo or f"{settings.public_url.rstrip('/')}/static/logo.png",
                "useLocaleFromApp": True,
                "homepageTrigger": trigger,
            },
            "calendar": {
                "currentEventAccess": "READ",
                "eventOpenTrigger": trigger,
                "homepageTrigger": trigger,
            },
            "chat": {},
            "httpOptions": {
                "authorizationHeader": "SYSTEM_ID_TOKEN",
                "granularOauthPermissionSupport": "OPT_IN",
            },
        },
    }
