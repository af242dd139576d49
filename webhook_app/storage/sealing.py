"""Seal what is personal before it reaches the database: AES-256-GCM with a key ring.

The first key writes, all keys read, so that keys can be rotated. What a value is (its
table and row) is authenticated with it: a sealed value moved to another row does not open.
"""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import InvalidInput

KEY = re.compile(r"^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]{43,44})$")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Named 256-bit keys; never shown."""

    _keys: tuple[tuple[str, bytes], ...]

    def __repr__(self) -> str:
        return f"KeyRing({len(self._keys)} keys)"

    @property
    def names(self) -> tuple[str, ...]:
        """The keys' names; the first one writes."""
        return tuple(name for name, _ in self._keys)

    def seal(self, text: bytes, where: str) -> str:
        """Return `v1.<key name>.<base64>`."""
        name, key = self._keys[0]
        nonce = os.urandom(12)
        sealed = nonce + AESGCM(key).encrypt(nonce, text, where.encode())
        return f"v1.{name}.{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, where: str) -> bytes:
        """Return what was sealed. Raise InvalidInput where no key fits."""
        version, _, rest = sealed.partition(".")
        name, _, coded = rest.partition(".")
        key = dict(self._keys).get(name)
        if version != "v1" or key is None:
            raise InvalidInput(f"no key {name!r} in VIERAUGEN_KEYS: add the key it was sealed with")
        raw = base64.b64decode(coded)
        try:
            return AESGCM(key).decrypt(raw[:12], raw[12:], where.encode())
        except InvalidTag as err:
            raise InvalidInput(f"key {name!r} does not open {where}: a wrong key") from err


def parse_keys(text: str) -> KeyRing:
    """Read `name:base64` keys, separated by commas or lines; the first one writes."""
    found = []
    for part in re.split(r"[,\s]+", text.strip()):
        match = KEY.match(part)
        raw = base64.urlsafe_b64decode(_padded(match[2])) if match else b""
        if match is None or len(raw) != 32:
            raise InvalidInput("VIERAUGEN_KEYS: each key is `name:` and 32 bytes in base64")
        found.append((match[1], raw))
    return KeyRing(tuple(found))


def _padded(coded: str) -> str:
    return coded.rstrip("=").replace("+", "-").replace("/", "_") + "="


def key_name(sealed: str) -> str:
    """Return the name of the key that sealed a value."""
    return sealed.split(".", 2)[1]
