"""The languages in which texts are written; reading their names loads nothing else."""

from __future__ import annotations

from typing import Final

LOCALES: Final = ("de", "de-Sie", "en")
"""German says du unless a pair chose Sie."""
