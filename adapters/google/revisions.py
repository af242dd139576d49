"""At which version something of Google's is: its etag, or our mark where a server sends none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from core.model.calendar import Revision

OURS = "~"
"""What our own mark begins with; an etag begins with a quotation mark or W/."""
TOLD = ("updated", "status", "summary", "title", "description", "notes", "start", "end", "due",
        "completed", "attendees", "recurrence")  # fmt: skip
"""What a mark is made of: what people see of an event or a task."""


def revision_of(item: Mapping[str, Any]) -> Revision:
    """Return the etag; a gateway may have dropped it, then a mark of what is seen."""
    etag = item.get("etag")
    if etag:
        return Revision(str(etag))
    seen = {name: item[name] for name in TOLD if item.get(name)}
    text = json.dumps(seen, sort_keys=True, default=str)
    return Revision(OURS + hashlib.sha256(text.encode()).hexdigest()[:32])


def is_ours(revision: Revision) -> bool:
    """Tell whether it is our mark: no server can compare it for us."""
    return revision.startswith(OURS)
