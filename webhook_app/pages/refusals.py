"""What a refusal is called on a page: one sentence by its kind, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request

from core.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    NotSupported,
    OneOnOneError,
    RateLimited,
    RevisionConflict,
    SuiteError,
    Unavailable,
)
from webhook_app.pages.words import words_for

KINDS: dict[type[OneOnOneError], str] = {
    InvalidInput: "invalid",
    NotSignedIn: "not_signed_in",
    NotAllowed: "not_allowed",
    NotFound: "not_found",
    NotSupported: "not_supported",
    RevisionConflict: "conflict",
    RateLimited: "limited",
    Unavailable: "unavailable",
    SuiteError: "suite",
}
"""The first class that fits, in this order."""
CODES = {
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    412: "conflict",
    413: "too_large",
    422: "invalid",
    428: "conflict",
    429: "limited",
    502: "suite",
    503: "unavailable",
}


def problem_page(status: int, err: OneOnOneError | None = None, text: str = "") -> tuple[str, int]:
    """Return a page that says what happened; English readers get the reason's own words too."""
    words = reader_words()
    kind = next((k for c, k in KINDS.items() if isinstance(err, c)), CODES.get(status, "other"))
    if isinstance(err, InvalidInput) and "link" in str(err):
        kind = "broken_link"
    if kind in ("broken_link", "not_found"):
        title, hint, detail = words[kind], words[f"{kind}_text"], ""
    else:
        title, hint = words["problem"], words[f"problem_{kind}"]
        detail = (str(err) if err else text) if words["language"] == "en" else ""
    return render_template("problem.html", w=words, title=title, hint=hint, text=detail), status


def reader_words() -> Mapping[str, str]:
    """Return the words of the language that the browser asks for."""
    return words_for(request.accept_languages.best_match(["de", "en"]) or "en")
