"""What a page of ours may load and who may frame it: nothing but our own, and nobody."""

from __future__ import annotations

NO_FRAMES = "'none'"


def csp(frames: str) -> str:
    """Return the policy; `frames` are the origins that may show the page in a frame."""
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        f"img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
    )
