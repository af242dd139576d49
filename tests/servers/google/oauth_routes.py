"""Sign-in: tokens, the consent page, revocation, and Google's certificates."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from .answers import ApiError, Json
from .call_log import Made
from .faults import Trouble
from .keys import KEY_ID, certificate
from .service import Service
from .tokens import TokenRefused

AUTH = "/o/oauth2/v2/auth"


def add_oauth_routes(app: Flask, service: Service) -> None:
    routes: tuple[tuple[str, str, Callable[..., ResponseReturnValue]], ...] = (
        ("POST", "/token", _token(service)),
        ("GET", AUTH, lambda: service.consents.page(request.url)),
        ("POST", AUTH, _agree(service)),
        ("POST", "/revoke", _revoke(service)),
        ("GET", "/oauth2/v3/userinfo", _userinfo(service)),
        ("GET", "/oauth2/v1/certs", _certificates),
        ("GET", "/service_accounts/v1/metadata/x509/<path:account>", _certificates_of),
    )
    for verb, path, view in routes:
        app.add_url_rule(path, f"{verb} {path}".replace(".", "-"), view, methods=[verb])


def _certificates() -> ResponseReturnValue:
    answer = jsonify({KEY_ID: certificate()})
    answer.headers["Cache-Control"] = "public, max-age=20000"
    return answer


def _certificates_of(account: str) -> ResponseReturnValue:
    if unquote(account) != "chat@system.gserviceaccount.com":
        return Response(status=404)
    return _certificates()


def _token(service: Service) -> Callable[[], ResponseReturnValue]:
    def view() -> ResponseReturnValue:
        fault = service.faults.take("token", None)
        if fault and fault.trouble is Trouble.ERROR and fault.error:
            body: Json = {"error": fault.error.reason, "error_description": fault.error.message}
            return jsonify(body), fault.status
        with service.world.lock:
            status, body = _answer(service, dict(request.form))
        _log(service, status)
        return jsonify(body), status

    return view


def _answer(service: Service, form: dict[str, str]) -> tuple[int, Json]:
    try:
        match form.get("grant_type"):
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                return 200, service.tokens.by_assertion(form.get("assertion", ""))
            case "authorization_code" | "refresh_token":
                return 200, service.consents.token(form)
            case other:
                text = f"Invalid grant_type: {other}"
                raise TokenRefused(400, "unsupported_grant_type", text)
    except TokenRefused as err:
        return err.status, err.body


def _log(service: Service, status: int) -> None:
    service.calls.add(
        Made(
            at=service.world.clock.now(),
            method="token",
            user=None,
            status=status,
            query={},
            path={},
        )
    )


def _agree(service: Service) -> Callable[[], ResponseReturnValue]:
    def view() -> ResponseReturnValue:
        try:
            return redirect(service.consents.agree(request.form["user"], request.url))
        except TokenRefused as err:
            return str(err), err.status

    return view


def _revoke(service: Service) -> Callable[[], ResponseReturnValue]:
    def view() -> ResponseReturnValue:
        known = service.consents.revoke(request.values.get("token", ""))
        return (jsonify({}), 200) if known else (jsonify({"error": "invalid_token"}), 400)

    return view


def _userinfo(service: Service) -> Callable[[], ResponseReturnValue]:
    def view() -> ResponseReturnValue:
        try:
            grant = service.tokens.grant_of(request.headers.get("Authorization"))
        except ApiError as err:
            return jsonify(err.body("chat")), err.status
        person = service.world.directory.person(grant.user or "")
        return jsonify(
            {
                "sub": person.directory_id,
                "email": person.address,
                "email_verified": True,
                "name": person.name,
            }
        )

    return view
