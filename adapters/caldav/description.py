"""The body of an event or a task: DESCRIPTION and the HTML that some programs keep beside it."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from adapters.caldav.ical_edit import Edit
from adapters.caldav.ical_lines import clean_text, decoded, escaped, without_params
from adapters.caldav.ical_resource import Component
from core.errors import InvalidInput
from core.model.calendar import Body, BodyForm

_RICH = (b"X-ALT-DESC", b"STYLED-DESCRIPTION")


def body_of(component: Component) -> Body:
    """Read it, the HTML form too where there is one."""
    return Body(content=_text(component), rich=_rich(component))


def same_text(component: Component, body: Body) -> bool:
    """Tell whether a component says the same, whatever HTML stands beside it."""
    return _text(component) == text_of(body)


def same_body(component: Component, body: Body) -> bool:
    """Tell whether writing that body would change nothing."""
    return same_text(component, body) and not _has_rich(component)


def put_body(edit: Edit, component: Component, body: Body) -> None:
    """Write the text and drop the HTML: Thunderbird and Outlook would show its old words."""
    text = text_of(body)
    if text == "":
        edit.drop(component, b"DESCRIPTION")
    elif text != _text(component) or _has_rich(component):
        line = component.line(b"DESCRIPTION") or b"DESCRIPTION:"
        start = without_params(line, b"ALTREP").removesuffix(_value(component))
        edit.put(component, b"DESCRIPTION", start + escaped(text))
    edit.drop(component, *_RICH)


def text_of(body: Body) -> str:
    """Return a body as DESCRIPTION can hold it."""
    if body.form is not BodyForm.TEXT:
        raise InvalidInput("A CalDAV event takes a plain text body, not HTML.")
    return clean_text(body.content)


def _text(component: Component) -> str:
    """Return the text; one line is the rule, and where there are more, none is lost."""
    return "\n".join(prop.text for prop in component.all(b"DESCRIPTION"))


def _value(component: Component) -> bytes:
    prop = component.get(b"DESCRIPTION")
    return prop.value if prop else b""


def _has_rich(component: Component) -> bool:
    prop = component.get(b"DESCRIPTION")
    return any(n in component.index for n in _RICH) or bool(prop and "ALTREP" in prop.params)


def _rich(component: Component) -> str | None:
    prop = component.get(b"DESCRIPTION")
    html = _data_url(prop.params.get("ALTREP", "")) if prop else None
    if html:
        return html
    for name in _RICH:
        for other in component.all(name):
            if other.params.get("FMTTYPE", "").lower() == "text/html" and other.text:
                return other.text
    return None


def _data_url(url: str) -> str | None:
    """Return the HTML of a `data:text/html,…` URL (RFC 2397), None for any other."""
    kind, comma, data = url.partition(",")
    if not comma or not kind.lower().startswith("data:text/html"):
        return None
    raw = unquote_to_bytes(data)
    if kind.lower().endswith(";base64"):
        try:
            raw = base64.b64decode(raw)
        except binascii.Error:
            return None
    return clean_text(decoded(raw))
