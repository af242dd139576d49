"""Entra ID over HTTPS: discovery, keys, sign-in with PKCE, and the token endpoint's grants."""

from __future__ import annotations

import base64
import json
import secrets
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from tests.servers.graph.answers import GraphError, Json
from tests.servers.graph.tokens import GRAPH, LIFETIME, challenge_of

if TYPE_CHECKING:
    from tests.servers.graph.state import State

Answered = tuple[Response, int]
BOTFRAMEWORK = "https://api.botframework.com"


def register(app: Flask, state: State) -> None:
    """Add the paths of one authority."""

    @app.get("/<tenant>/v2.0/.well-known/openid-configuration")
    def discovery(tenant: str) -> Response:
        base = state.tokens.authority.rpartition("/")[0] + f"/{tenant}"
        return jsonify(
            issuer=f"{base}/v2.0",
            token_endpoint=f"{base}/oauth2/v2.0/token",
            authorization_endpoint=f"{base}/oauth2/v2.0/authorize",
            jwks_uri=f"{base}/discovery/v2.0/keys",
        )

    @app.get("/<tenant>/discovery/v2.0/keys")
    def keys(tenant: str) -> Response:
        return jsonify(state.tokens.jwks())

    @app.get("/<tenant>/oauth2/v2.0/authorize")
    def authorize(tenant: str) -> BaseResponse:
        return _authorize(state, dict(request.args))

    @app.post("/<tenant>/oauth2/v2.0/token")
    def token(tenant: str) -> Answered:
        with state.lock:
            answer, status = _token(state, tenant, dict(request.form))
        # Entra ID lets the pages of a single-page application read the answer.
        answer.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "null")
        return answer, status


def _authorize(state: State, asked: dict[str, str]) -> BaseResponse:
    """Sign in whom login_hint names, without asking: nobody sits before a stand-in."""
    try:
        user = state.tenant.mailbox(asked.get("login_hint", ""))
    except GraphError:
        return Response("Say with login_hint who signs in.", 400, mimetype="text/plain")
    if asked.get("client_id") != state.tenant.app_id or not asked.get("redirect_uri"):
        return Response("AADSTS700016: unknown application", 400, mimetype="text/plain")
    code = secrets.token_urlsafe(24)
    state.tokens.codes[code] = {"oid": user.user_id, **asked}
    back = {"code": code} | {key: asked[key] for key in ("state",) if key in asked}
    if asked.get("response_mode") == "form_post":
        return Response(_form(asked["redirect_uri"], back), mimetype="text/html")
    sign = "#" if asked.get("response_mode") == "fragment" else "?"
    return redirect(f"{asked['redirect_uri']}{sign}{urlencode(back)}")


def _form(target: str, fields: dict[str, str]) -> str:
    """The page that posts itself back, so that the code is in no address."""
    inputs = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in fields.items()
    )
    form = f'<form method="post" action="{escape(target)}">{inputs}<button>Go on</button></form>'
    return f"<!doctype html><title>Sign in</title>{form}<script>document.forms[0].submit()</script>"


def _token(state: State, tenant: str, form: dict[str, str]) -> Answered:
    tokens = state.tokens
    if tenant != state.tenant.tenant_id:
        return _refused(400, "invalid_request", "AADSTS90002: Tenant not found.")
    grant = form.get("grant_type", "")
    public = grant in ("authorization_code", "refresh_token") and "client_secret" not in form
    if not tokens.client_holds(form) and not (
        public and form.get("client_id") == tokens.app_id and "client_assertion" not in form
    ):
        return _refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
    match grant:
        case "client_credentials":
            return _for_app(state, form)
        case "authorization_code":
            return _for_code(state, form)
        case "refresh_token":
            return _for_refresh(state, form)
        case "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return _on_behalf(state, form)
    return _refused(400, "unsupported_grant_type", f"AADSTS70003: {grant!r} is not supported.")


def _refused(status: int, error: str, description: str) -> Answered:
    return jsonify(error=error, error_description=description, error_codes=[]), status


def _for_app(state: State, form: dict[str, str]) -> Answered:
    resource = form.get("scope", "").removesuffix("/.default")
    if resource == GRAPH:
        access = state.tokens.app_token()
    elif resource == BOTFRAMEWORK:
        access = state.tokens.mint(BOTFRAMEWORK)
    else:
        return _refused(400, "invalid_scope", "AADSTS70011: The provided scope is not valid.")
    return jsonify(token_type="Bearer", expires_in=LIFETIME, access_token=access), 200


def _for_code(state: State, form: dict[str, str]) -> Answered:
    grant = state.tokens.codes.pop(form.get("code", ""), None)
    if grant is None or grant["redirect_uri"] != form.get("redirect_uri"):
        return _refused(400, "invalid_grant", "AADSTS70008: The code has expired.")
    wanted = grant.get("code_challenge")
    if wanted and challenge_of(form.get("code_verifier", "")) != wanted:
        return _refused(400, "invalid_grant", "AADSTS501481: The code_verifier does not match.")
    scope = form.get("scope") or grant.get("scope", "")
    return _for_user(state, grant["oid"], scope, nonce=grant.get("nonce"))


def _for_refresh(state: State, form: dict[str, str]) -> Answered:
    grant = state.tokens.refresh_tokens.get(form.get("refresh_token", ""))
    if grant is None or grant["oid"] in state.tokens.revoked:
        return _refused(400, "invalid_grant", "AADSTS50173: The grant has been revoked.")
    return _for_user(state, grant["oid"], form.get("scope") or grant["scope"])


def _on_behalf(state: State, form: dict[str, str]) -> Answered:
    claims = state.tokens.claims(form.get("assertion", ""), state.tenant.app_id)
    if not claims.get("oid"):
        return _refused(400, "invalid_grant", "AADSTS50013: The assertion is not valid.")
    return _for_user(state, claims["oid"], form.get("scope", ""))


def _for_user(state: State, oid: str, scope: str, nonce: str | None = None) -> Answered:
    """Answer with all that msal wants of a person's sign-in."""
    tokens = state.tokens
    names = [part.rpartition("/")[2] for part in scope.split()]
    own = "api://" in scope and f"{tokens.app_id}/" in scope
    box = state.tenant.mailbox(oid)
    refresh = secrets.token_urlsafe(24)
    tokens.refresh_tokens[refresh] = {"oid": oid, "scope": scope}
    answer: Json = {
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": LIFETIME,
        "access_token": tokens.user_token(
            oid, " ".join(names), tokens.app_id if own else GRAPH, box.address if own else ""
        ),
        "refresh_token": refresh,
        "id_token": tokens.mint(
            tokens.app_id, oid=oid, sub=oid, preferred_username=box.address, name=box.name,
            **({"nonce": nonce} if nonce else {}),
        ),
        "client_info": base64.urlsafe_b64encode(
            json.dumps({"uid": oid, "utid": tokens.tenant_id}).encode()
        ).decode(),
    }  # fmt: skip
    return jsonify(answer), 200
