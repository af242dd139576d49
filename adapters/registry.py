"""The suites there are: a suite's library is loaded when somebody asks for that suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.errors import InvalidInput
from core.ports import Suite

KeepSecret = Callable[[str], None]
Builder = Callable[[Mapping[str, str], str, KeepSecret | None], Suite]
"""Takes a connection's settings and secret, and who keeps a secret that the suite renews."""


def _caldav(settings: Mapping[str, str], secret: str, _keep: KeepSecret | None) -> Suite:
    from adapters.caldav import build as build_caldav

    return build_caldav(settings, secret)


def _outlook(settings: Mapping[str, str], secret: str, keep: KeepSecret | None) -> Suite:
    from adapters.outlook import build as build_outlook

    try:
        return build_outlook(settings, secret, keep_secret=keep)
    except ModuleNotFoundError as err:
        raise InvalidInput("Outlook needs libraries of its own: install the extra `outlook`.") \
            from err  # fmt: skip


def _google(settings: Mapping[str, str], secret: str, _keep: KeepSecret | None) -> Suite:
    try:
        from adapters.google.kept import build_kept
    except ModuleNotFoundError as err:
        raise InvalidInput("Google needs libraries of its own: install the extra `google`.") \
            from err  # fmt: skip
    return build_kept(settings, secret)


BUILDERS: Mapping[str, Builder] = {"caldav": _caldav, "google": _google, "outlook": _outlook}


def build(
    suite: str, settings: Mapping[str, str], secret: str, keep: KeepSecret | None = None
) -> Suite:
    """Return an account's suite. Raise InvalidInput where there is none of that name."""
    builder = BUILDERS.get(suite)
    if builder is None:
        known = ", ".join(sorted(BUILDERS))
        raise InvalidInput(f"There is no suite {suite!r}; there are: {known}.")
    return builder(settings, secret, keep)
