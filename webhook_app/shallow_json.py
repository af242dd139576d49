"""JSON as Flask reads it, with an end to its depth."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider


class ShallowJson(DefaultJSONProvider):
    """JSON nested so deeply that reading it would end the call stack is no JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raise ValueError, as for all that is none."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as err:
            raise ValueError("nested too deeply") from err
