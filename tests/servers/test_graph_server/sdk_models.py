"""Reads the stand-in's answers with the client library's own models and lists what they miss."""

from __future__ import annotations

import importlib
import json
import re
from typing import Any

from kiota_abstractions.serialization import Parsable
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory

GAPS = {"uid", "occurrenceId", "@removed"}
"""What the service sends and the models keep aside (msgraph-sdk 1.65)."""
NO_MODEL = {"changeNotification"}
"""What Graph pushes, and the SDK therefore has no model of."""
PARTS = {
    "plannerTask": ("assignments",),
    "plannerTaskDetails": ("checklist", "references"),
}
"""Members whose names are data (user ids), not properties."""


def missing(type_name: str, payload: dict[str, Any]) -> list[str]:
    """List members that the SDK's model of this type does not know, and values it loses."""
    if type_name in NO_MODEL:
        return []
    module = re.sub(r"(?<!^)([A-Z])", lambda m: "_" + m[1].lower(), type_name)
    model = importlib.import_module(f"msgraph.generated.models.{module}")
    cls = getattr(model, type_name[0].upper() + type_name[1:])
    raw = json.dumps(payload).encode()
    node = JsonParseNodeFactory().get_root_parse_node("application/json", raw)
    return _unknown(node.get_object_value(cls), payload, type_name)


def _unknown(value: Any, payload: dict[str, Any], where: str) -> list[str]:
    kept_aside = {name for name in value.additional_data if not name.startswith("@odata.")}
    found = [f"{where}.{name}" for name in sorted(kept_aside - GAPS) if "@odata" not in name]
    for name, raw in payload.items():
        attribute = re.sub(r"(?<!^)([A-Z])", lambda m: "_" + m[1].lower(), name)
        attribute = {"i_cal_u_id": "i_cal_u_id"}.get(attribute, attribute)
        own = getattr(value, attribute, None)
        at = f"{where}.{name}"
        if isinstance(raw, dict) and isinstance(own, Parsable):
            if name not in PARTS.get(where.partition(".")[0], ()):
                found += _unknown(own, raw, at)
        elif isinstance(raw, list) and isinstance(own, list):
            pairs = [pair for pair in zip(own, raw, strict=True) if isinstance(pair[0], Parsable)]
            found += [bad for one, entry in pairs for bad in _unknown(one, entry, at)]
        elif isinstance(raw, str) and own is None and hasattr(value, attribute):
            found.append(f"{at}: {raw!r} is lost")
    return found
