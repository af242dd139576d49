"""An OpenID issuer on loopback: discovery, sign-in, tokens, keys; PKCE is checked."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "vieraugen-test"


@dataclass(slots=True)
class Issuer:
    """What it says; change it to misbehave."""

    root: str = ""
    name: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    token_status: int = 200
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, location: str) -> tuple[str, str]:
        """Do what the browser and the person do there; return code and state."""
        query = {k: v[0] for k, v in parse_qs(urlsplit(location).query).items()}
        assert query["code_challenge_method"] == "S256"
        self.codes["code1"] = query
        return "code1", query["state"]

    def discovery(self) -> dict[str, str]:
        return {
            "issuer": self.name or self.root,
            "authorization_endpoint": f"{self.root}/authorize",
            "token_endpoint": f"{self.root}/token",
            "jwks_uri": f"{self.root}/keys",
        }

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, str]]:
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or self.token_status != 200:
            return self.token_status if self.token_status != 200 else 400, {
                "error": "invalid_grant"
            }
        now = int(time.time())
        claims = {
            "iss": self.root,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "Anna@example.com",
            **self.claims,
        }
        made = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k1"})
        return 200, {"id_token": made, "token_type": "Bearer", "access_token": "x"}

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]}


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Run one."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys = self.path == "/keys"
            self.reply(200, issuer.keys() if keys else issuer.discovery())

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.reply(*issuer.token({k: v[0] for k, v in parse_qs(raw).items()}))

        def reply(self, status: int, data: dict[str, Any]) -> None:
            body = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    issuer.root = f"http://127.0.0.1:{server.server_port}"
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
