"""Answers made thin for the wire: text is compressed for whoever takes that."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

KINDS = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
LEAST = 1000
"""Bytes below which nothing is gained."""
QUICK, WELL = 5, 9


def make_thin(response: Response) -> Response:
    """Compress a whole answer of text.

    A page that repeats words of its own address stays as it is: from sizes of such pages a
    stranger who chooses the words could learn what else stands there (BREACH).
    """
    if response.mimetype not in KINDS or response.status_code != 200 or request.args:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or "Content-Encoding" in response.headers:
        return response
    still = request.endpoint == "static"
    if response.is_streamed and not still:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < LEAST:
        return response
    response.set_data(_packed_well(data) if still else gzip.compress(data, QUICK, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
    return response


@lru_cache(maxsize=64)
def _packed_well(data: bytes) -> bytes:
    return gzip.compress(data, WELL, mtime=0)
