"""Calls from Graph to its subscribers: the validation while they wait, and the notifications."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit

from tests.servers.graph import ids
from tests.servers.graph.answers import GraphError, Json, bad_request

VALIDATION_SECONDS, DELIVERY_SECONDS = 10.0, 3.0


def post(url: str, payload: Json, seconds: float) -> int:
    data = json.dumps(payload).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code
    except OSError:
        return 0


def validate(url: str) -> None:
    host = urlsplit(url).hostname
    if not url.startswith("https://") and host not in ("127.0.0.1", "localhost"):
        raise bad_request("The notificationUrl must be https.", "InvalidRequest")
    token = f"Validation: Testing client application reachability +{ids.guid('validation', url)}"
    sign = "&" if "?" in url else "?"
    request = urllib.request.Request(
        f"{url}{sign}validationToken={quote(token)}", b"", method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=VALIDATION_SECONDS) as answer:
            kind, text = answer.headers.get_content_type(), answer.read(4096).decode()
    except OSError as err:
        raise _not_validated(str(err)) from err
    if kind != "text/plain" or text != token:
        raise _not_validated(f"content type {kind}, or the token did not come back as it was")


def _not_validated(why: str) -> GraphError:
    return bad_request(f"Subscription validation request failed. {why}", "ValidationError")
