"""Entra ID: tokens for apps and people, keys that rotate, HTTPS with a CA made at start."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.servers.graph.answers import Json

GRAPH = "https://graph.microsoft.com"
APP_ROLES = (
    "Calendars.ReadWrite", "User.Read.All", "Tasks.ReadWrite.All", "Mail.Send",
    "MailboxSettings.Read", "TeamsAppInstallation.ReadWriteSelfForUser.All", "AppCatalog.Read.All",
)  # fmt: skip
LIFETIME = 3600


@dataclass(slots=True)
class Tokens:
    """Mints and checks tokens; lifetimes go by real time, as client libraries' caches do."""

    keys: list[rsa.RSAPrivateKey] = field(default_factory=list)
    """The last one signs; all are published."""
    authority: str = ""
    """https://127.0.0.1:port/{tenant}"""
    tenant_id: str = ""
    app_id: str = ""
    secret: str = "stand-in-secret"
    certificates: list[x509.Certificate] = field(default_factory=list)
    """What an administrator uploaded for the app."""
    app_roles: tuple[str, ...] = APP_ROLES
    codes: dict[str, Json] = field(default_factory=dict)
    refresh_tokens: dict[str, Json] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    """User ids whose consent no longer holds."""

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self.keys.append(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def forget_old_keys(self) -> None:
        del self.keys[:-1]

    def mint(self, audience: str = GRAPH, **claims: Any) -> str:
        """Sign a token; any claim can be set, also to what is wrong."""
        if not self.keys:
            self.rotate()
        now = int(time.time())
        full = {
            "aud": audience, "iss": f"{self.authority}/v2.0", "tid": self.tenant_id, "ver": "2.0",
            "iat": now, "nbf": now, "exp": now + LIFETIME, "appid": self.app_id,
            "azp": self.app_id,
        } | claims  # fmt: skip
        return jwt.encode(full, self.keys[-1], "RS256", headers={"kid": self._kid(self.keys[-1])})

    def app_token(self, *, roles: tuple[str, ...] | None = None) -> str:
        return self.mint(roles=list(self.app_roles if roles is None else roles), idtyp="app")

    def user_token(
        self, user_id: str, scopes: str, audience: str = GRAPH, address: str = ""
    ) -> str:
        named = {"preferred_username": address} if address else {}
        return self.mint(audience, oid=user_id, scp=scopes, sub=user_id, **named)

    def claims(self, token: str, audience: str) -> Json:
        """Return a token's claims; nothing where it does not hold."""
        for key in self.keys:
            try:
                found: Json = jwt.decode(
                    token, key.public_key(), ["RS256"], audience=audience, leeway=5
                )
            except jwt.PyJWTError:
                continue
            return {} if found.get("oid") in self.revoked else found
        return {}

    def jwks(self) -> Json:
        if not self.keys:
            self.rotate()
        return {"keys": [self._jwk(key) for key in self.keys]}

    def _jwk(self, key: rsa.RSAPrivateKey) -> Json:
        made: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        return made | {"kid": self._kid(key), "use": "sig", "alg": "RS256", "x5c": [],
                       "endorsements": ["msteams"]}  # fmt: skip

    def _kid(self, key: rsa.RSAPrivateKey) -> str:
        number = key.public_key().public_numbers().n
        return hashlib.sha256(str(number).encode()).hexdigest()[:20]

    def register_certificate(self, pem: bytes) -> None:
        """Accept client assertions that this certificate's key has signed."""
        self.certificates.append(x509.load_pem_x509_certificate(pem))

    def client_holds(self, form: dict[str, str]) -> bool:
        """Tell whether the caller proved to be the app: by secret or by signed assertion."""
        if form.get("client_id") != self.app_id:
            return False
        if "client_secret" in form:
            return form["client_secret"] == self.secret
        return any(self._signed(form.get("client_assertion", ""), one) for one in self.certificates)

    def _signed(self, assertion: str, certificate: x509.Certificate) -> bool:
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        audience = f"{self.authority}/oauth2/v2.0/token"
        try:
            claims = jwt.decode(assertion, key, ["RS256", "PS256"], audience=audience, leeway=5)
        except jwt.PyJWTError:
            return False
        return bool(claims.get("iss") == claims.get("sub") == self.app_id)


def challenge_of(verifier: str) -> str:
    """Return PKCE's S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def make_ca(folder: Path) -> tuple[Path, Path, Path]:
    """Write a CA, and a certificate and key for loopback signed by it; return the three files."""
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("vieraugen test CA")
    ca = (
        _builder(ca_name, ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False
        )
        .add_extension(_usage(ca=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    loopback = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    leaf = (
        _builder(_name("127.0.0.1"), ca_name, key.public_key())
        .add_extension(loopback, critical=False)
        .add_extension(authority, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files = folder / "ca.pem", folder / "server.pem", folder / "server-key.pem"
    files[0].write_bytes(ca.public_bytes(pem))
    files[1].write_bytes(leaf.public_bytes(pem))
    files[2].touch(mode=0o600)
    files[2].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, key_cert_sign=ca, crl_sign=ca, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=30))
    )
