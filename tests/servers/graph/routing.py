"""Routes in Graph's own path templates, and what a view gets to see of a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.servers.graph.answers import Answer, Json

if TYPE_CHECKING:
    from tests.servers.graph.mailbox_state import Mailbox
    from tests.servers.graph.state import State

PREFERENCE = re.compile(r'([\w.-]+)=(?:"([^"]*)"|([^,;\s]*))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, checked and parsed."""

    box: Mailbox | None
    claims: Json
    query: dict[str, str]
    headers: dict[str, str]
    """Names in lower case."""
    body: Json
    prefer: dict[str, str]
    path: str
    """Below the root, ids as the caller gave them."""

    @property
    def mailbox(self) -> Mailbox:
        if self.box is None:
            raise LookupError("this path belongs to no mailbox")
        return self.box

    @property
    def immutable(self) -> bool:
        return self.prefer.get("idtype", "").lower() == "immutableid"

    def page_size(self, default: int) -> int:
        return int(self.query.get("$top") or self.prefer.get("odata.maxpagesize") or default)


def preferences(header: str) -> dict[str, str]:
    """Read a Prefer header; Graph's clients join several preferences with commas."""
    return {match[1].lower(): match[2] or match[3] or "" for match in PREFERENCE.finditer(header)}


View = Callable[..., Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one path."""

    method: str
    template: str
    view: View
    takes: str | None = None
    """Type that the request's body is checked against."""
    action: tuple[str, str] | None = None
    """(name, bound type) of the OData action that this is."""
    query: frozenset[str] = frozenset()
    """Names of the query options that this path understands."""
    locked: bool = True
    """False: the view calls back to its caller and takes the lock itself."""
    mailbox_limits: bool = True
    """Whether Outlook's limits for one mailbox hold here."""

    @property
    def rules(self) -> list[str]:
        """Flask's rules: `/me` beside `/users/{id}`, functions with and without brackets."""
        rule = re.sub(r"\{([\w-]+)\}", lambda m: f"<{m[1].replace('-', '_')}>", self.template)
        found = ["/v1.0" + rule]
        if rule.startswith("/users/<user_id>"):
            found.append("/v1.0/me" + rule.removeprefix("/users/<user_id>"))
        return found + [one.removesuffix("()") for one in found if one.endswith("()")]


@dataclass(slots=True)
class RouteTable:
    """Collects a module's routes."""

    routes: list[Route] = field(default_factory=list)

    def on(self, method: str, template: str, **options: Any) -> Callable[[View], View]:
        def keep(view: View) -> View:
            options["query"] = frozenset(options.get("query", "").split())
            self.routes.append(Route(method=method, template=template, view=view, **options))
            return view

        return keep


Views = Callable[["State", Ask], Answer]
