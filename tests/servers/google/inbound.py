"""Google as the caller: signed add-on and Chat events at our own endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from .answers import Json
from .directory import Person
from .keys import signed
from .service import Service

ISSUER = "https://accounts.google.com"
CHAT_ISSUER = "chat@system.gserviceaccount.com"


@dataclass(slots=True)
class Inbound:
    """Set `endpoint` and `client_id` to what the app is configured with."""

    service: Service
    endpoint: str = "http://127.0.0.1/hooks/google/addon"
    project_number: str = "123456789012"
    client_id: str = "add-on.apps.googleusercontent.com"

    @property
    def account(self) -> str:
        return f"service-{self.project_number}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"

    def system_token(self, *, key: rsa.RSAPrivateKey | None = None, **other: Any) -> str:
        """Who calls: Google's add-on service of this project. `other` replaces claims."""
        claims = {
            "iss": ISSUER,
            "aud": self.endpoint,
            "email": self.account,
            "email_verified": True,
            "sub": "110000000000000000001",
        }
        return signed(claims | other, key=key)

    def user_token(self, user: str, **other: Any) -> str:
        """Which person it is about."""
        person = self.service.world.directory.person(user)
        claims = {
            "iss": ISSUER,
            "aud": self.client_id,
            "email": person.address,
            "email_verified": True,
            "sub": person.directory_id,
        }
        return signed(claims | other)

    def _common(self, host: str, parameters: Json | None, form: dict[str, str] | None) -> Json:
        common: Json = {
            "userLocale": "en",
            "hostApp": host,
            "platform": "WEB",
            "timeZone": {"id": "Europe/Berlin", "offset": 3600000},
        }
        if parameters:
            common["parameters"] = parameters
        if form:
            common["formInputs"] = {
                name: {"stringInputs": {"value": [value]}} for name, value in form.items()
            }
        return common

    def calendar_event(
        self,
        user: str,
        event_id: str | None = None,
        *,
        parameters: Json | None = None,
        form: dict[str, str] | None = None,
    ) -> Json:
        """What Google posts when a person opens the add-on or presses a button in it."""
        calendar: Json = {}
        if event_id:
            fields = self.service.world.store.found(
                self.service.world.calendars.by_id[user.lower()], event_id
            ).fields
            calendar = {
                "calendarId": user.lower(),
                "id": event_id,
                "organizer": {"email": fields["organizer"]["email"]},
                "attendees": fields.get("attendees", []),
                "capabilities": {"canSeeAttendees": True, "canAddAttendees": False},
            }
            if "recurringEventId" in fields:
                calendar["recurringEventId"] = fields["recurringEventId"]
        return {
            "commonEventObject": self._common("CALENDAR", parameters, form),
            "authorizationEventObject": {
                "userIdToken": self.user_token(user),
                "systemIdToken": self.system_token(),
            },
            "calendar": calendar,
        }

    def chat_event(
        self,
        user: str,
        kind: str,
        payload: Json,
        *,
        parameters: Json | None = None,
        form: dict[str, str] | None = None,
    ) -> Json:
        """`kind` is messagePayload, addedToSpacePayload, buttonClickedPayload ..."""
        person = self.service.world.directory.person(user)
        now = self.service.world.clock.now().isoformat().replace("+00:00", "Z")
        return {
            "commonEventObject": self._common("CHAT", parameters, form),
            "authorizationEventObject": {"systemIdToken": self.system_token()},
            "chat": {"user": chat_user(person), "eventTime": now, kind: payload},
        }

    def legacy_chat_event(self, user: str, kind: str, **more: Any) -> Json:
        """The older dialect: `kind` is MESSAGE, ADDED_TO_SPACE, CARD_CLICKED ..."""
        person = self.service.world.directory.person(user)
        now = self.service.world.clock.now().isoformat().replace("+00:00", "Z")
        common = {"hostApp": "CHAT", "userLocale": "en"}
        head = {"type": kind, "eventTime": now, "user": chat_user(person), "common": common}
        return head | more

    def legacy_chat_token(self, **other: Any) -> str:
        """The audience is the project's number."""
        return signed({"iss": CHAT_ISSUER, "aud": self.project_number} | other)

    def add_app(self, user: str) -> Json:
        """A person adds the Chat app: the event that tells us their space."""
        with self.service.world.lock:
            person = self.service.world.directory.person(user)
            space = self.service.world.chat.open_direct(person.chat_name).resource
        return self.chat_event(user, "addedToSpacePayload", {"space": space})

    def post(self, body: Json, *, token: str | None = None) -> requests.Response:
        """Deliver an event to the endpoint, signed as Google does."""
        headers = {"Authorization": f"Bearer {token or self.system_token()}"}
        return requests.post(self.endpoint, json=body, headers=headers, timeout=(5, 30))


def chat_user(person: Person) -> Json:
    return {
        "name": person.chat_name,
        "displayName": person.name,
        "email": person.address,
        "type": "HUMAN",
    }
