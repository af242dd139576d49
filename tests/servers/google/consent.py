"""User consent: the page a person sees, and the tokens that follow from it."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from .answers import Json
from .keys import signed
from .tokens import TokenRefused, Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a person has agreed to, until it is turned into tokens."""

    user: str
    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    offline: bool
    challenge: str | None


@dataclass(slots=True)
class Consents:
    tokens: Tokens
    clients: dict[str, str] = field(default_factory=dict)
    """Client id and secret."""
    codes: dict[str, Code] = field(default_factory=dict)
    refresh: dict[str, Code] = field(default_factory=dict)

    def add_client(self, base_url: str) -> Json:
        client_id = f"{len(self.clients) + 1}-stand-in.apps.googleusercontent.com"
        self.clients[client_id] = secrets.token_urlsafe(18)
        return {
            "web": {
                "client_id": client_id,
                "client_secret": self.clients[client_id],
                "auth_uri": f"{base_url}o/oauth2/v2/auth",
                "token_uri": f"{base_url}token",
            }
        }

    def agree(self, user: str, authorization_url: str) -> str:
        """Where the browser goes once a person has pressed Allow."""
        query = parse_qs(urlsplit(authorization_url).query)
        asked = {name: each[0] for name, each in query.items()}
        if asked.get("client_id") not in self.clients or asked.get("response_type") != "code":
            raise TokenRefused(400, "invalid_client", "The OAuth client was not found.")
        code = f"4/{secrets.token_urlsafe(16)}"
        self.codes[code] = Code(
            user=user,
            client_id=asked["client_id"],
            redirect_uri=asked["redirect_uri"],
            scopes=frozenset(asked["scope"].split()),
            offline=asked.get("access_type") == "offline",
            challenge=asked.get("code_challenge"),
        )
        answer = {"code": code, "scope": asked["scope"]}
        if "state" in asked:
            answer["state"] = asked["state"]
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def page(self, authorization_url: str) -> str:
        """A page with one button a person, for the demo."""
        buttons = "".join(
            f'<p><button name="user" value="{html.escape(each.address)}">'
            f"Allow as {html.escape(each.name)}</button></p>"
            for each in self.tokens.directory.people.values()
        )
        target = html.escape(authorization_url, quote=True)
        return (
            '<!doctype html><html lang="en"><title>Stand-in for Google sign-in</title>'
            "<h1>Stand-in for Google sign-in</h1>"
            f'<form method="post" action="{target}">{buttons}</form>'
        )

    def token(self, form: dict[str, str]) -> Json:
        """The three-legged grants of the token endpoint."""
        if self.clients.get(form.get("client_id", "")) != form.get("client_secret"):
            raise TokenRefused(401, "invalid_client", "Unauthorized")
        if form["grant_type"] == "refresh_token":
            return self._by_refresh(form)
        return self._by_code(form)

    def _by_code(self, form: dict[str, str]) -> Json:
        code = self.codes.pop(form.get("code", ""), None)
        if code is None or code.redirect_uri != form.get("redirect_uri"):
            raise TokenRefused(400, "invalid_grant", "Malformed auth code.")
        if code.challenge and _challenge(form.get("code_verifier", "")) != code.challenge:
            raise TokenRefused(400, "invalid_grant", "Invalid code verifier.")
        answer = self.tokens.issue(code.user, code.scopes, code.client_id)
        if code.offline:
            answer["refresh_token"] = f"1//{secrets.token_urlsafe(24)}"
            self.refresh[answer["refresh_token"]] = code
        if "openid" in code.scopes:
            answer["id_token"] = self._id_token(code)
        return answer

    def _by_refresh(self, form: dict[str, str]) -> Json:
        code = self.refresh.get(form.get("refresh_token", ""))
        person = self.tokens.directory.people.get(code.user) if code else None
        if code is None or person is None or person.suspended:
            raise TokenRefused(400, "invalid_grant", "Token has been expired or revoked.")
        return self.tokens.issue(code.user, code.scopes, code.client_id)

    def _id_token(self, code: Code) -> str:
        person = self.tokens.directory.person(code.user)
        return signed(
            {
                "iss": "https://accounts.google.com",
                "aud": code.client_id,
                "sub": person.directory_id,
                "email": person.address,
                "email_verified": True,
            }
        )

    def withdraw(self, user: str) -> None:
        """A person removes our access in their account settings."""
        self.refresh = {token: code for token, code in self.refresh.items() if code.user != user}
        clients = set(self.clients)
        self.tokens.grants = {
            token: grant
            for token, grant in self.tokens.grants.items()
            if grant.user != user or grant.client_id not in clients
        }

    def revoke(self, token: str) -> bool:
        """The revocation endpoint; false for a token nobody knows."""
        code = self.refresh.pop(token, None)
        if code is not None:
            self.withdraw(code.user)
            return True
        return self.tokens.grants.pop(token, None) is not None


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
