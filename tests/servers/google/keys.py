"""The keys that Google signs with: tokens for our endpoints, and the certificates to check them."""

from __future__ import annotations

import datetime as dt
import time
from functools import cache

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from .answers import Json

KEY_ID = "stand-in-1"
YEAR = dt.timedelta(days=365)


@cache
def signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def account_key(_number: int) -> rsa.RSAPrivateKey:
    """The key of the nth service account: made once a process, because that takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate() -> str:
    key, now = signing_key(), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
    unsigned = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - YEAR)
        .not_valid_after(now + YEAR)
    )
    signed = unsigned.sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode()


def signed(claims: Json, *, key: rsa.RSAPrivateKey | None = None) -> str:
    """A token of an hour, by the machine's clock as its receivers check it."""
    now = int(time.time())
    body = {"iat": now, "exp": now + 3600} | claims
    return jwt.encode(body, key or signing_key(), algorithm="RS256", headers={"kid": KEY_ID})


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
