"""The suites there are: a suite's library is loaded when somebody asks for that suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.errors import InvalidInput
from core.ports import Suite

Builder = Callable[[Mapping[str, str], str], Suite]
"""Takes a connection's settings and its secret."""


def _caldav(settings: Mapping[str, str], secret: str) -> Suite:
    from adapters.caldav import build as build_caldav

    return build_caldav(settings, secret)


def _outlook(settings: Mapping[str, str], secret: str) -> Suite:
    try:
        from adapters.outlook import build as build_outlook
    except ModuleNotFoundError as err:
        raise InvalidInput("Outlook needs libraries of its own: install the extra `outlook`.") \
            from err  # fmt: skip
    return build_outlook(settings, secret)


def _google(settings: Mapping[str, str], secret: str) -> Suite:
    try:
        from adapters.google.kept import build_kept
    except ModuleNotFoundError as err:
        raise InvalidInput("Google needs libraries of its own: install the extra `google`.") \
            from err  # fmt: skip
    return build_kept(settings, secret)


BUILDERS: Mapping[str, Builder] = {"caldav": _caldav, "google": _google, "outlook": _outlook}


def build(suite: str, settings: Mapping[str, str], secret: str) -> Suite:
    """Return an account's suite. Raise InvalidInput where there is none of that name."""
    builder = BUILDERS.get(suite)
    if builder is None:
        known = ", ".join(sorted(BUILDERS))
        raise InvalidInput(f"There is no suite {suite!r}; there are: {known}.")
    return builder(settings, secret)
