"""What Office's schemas say of each element that our XML manifest has.

In our words from [MS-OWEMXML] (Office Web Extensibility Manifest Format): sections 5.2
(appforoffice/1.1), 5.4 and 5.5 (mailappversionoverrides, 1.1) and 5.6 (officeappbasictypes/1.0).
Where learn.microsoft.com/javascript/api/manifest asks for more than the schemas, that holds:
icons in three sizes, https everywhere, at most six controls in a group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

OFFICE: Final = "http://schemas.microsoft.com/office/appforoffice/1.1"
OUTER: Final = "http://schemas.microsoft.com/office/mailappversionoverrides"
INNER: Final = f"{OUTER}/1.1"
BASIC: Final = "http://schemas.microsoft.com/office/officeappbasictypes/1.0"
MANY: Final = 10_000

Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one element has to look like."""

    tag: str
    parts: tuple[tuple[Shape, int, int], ...] = ()
    """Children in their order: what, how often at least and at most."""
    required: Mapping[str, Holds] = field(default_factory=dict)
    optional: Mapping[str, Holds] = field(default_factory=dict)
    text: Holds | None = None
    kinds: Mapping[str, Shape] | None = None
    """By its xsi:type, where it has to have one; each says all."""
    among: str = ""
    """Where the resource stands that its `resid` names."""


def _like(pattern: str) -> Holds:
    return lambda text: re.fullmatch(pattern, text, re.ASCII) is not None


def _of(*words: str) -> Holds:
    return words.__contains__


def _within(limit: int) -> Holds:
    return lambda text: len(text.strip()) > 0 and len(text) <= limit


short, long, reference = _within(125), _within(250), _within(32)
boolean = _of("true", "false")
version = _like(r"\d{1,5}(\.\d{1,5}){1,3}")
"""The schema takes a single number, the store does not."""
short_version = _like(r"\d{1,5}\.\d{1,5}")
guid = _like(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
locale = _like(r"[a-z]{2,3}-([A-Z]{2}|[A-Za-z]{4}(-[A-Z]{2})?)")
height = _like(r"3[2-9]|[4-9]\d|[1-3]\d\d|4[0-4]\d|450")
size = _of("16", "20", "24", "32", "40", "48", "64", "80")


def url(text: str) -> bool:
    """Tell whether it is an address that Office loads."""
    where = urlsplit(text)
    return where.scheme == "https" and bool(where.hostname) and len(text) <= 2048


def icon_url(text: str) -> bool:
    """Tell whether it is an address of a picture that Office takes."""
    return url(text) and urlsplit(text).path.lower().endswith((".png", ".jpg", ".gif"))


def domain(text: str) -> bool:
    """Tell whether it is an address without a path."""
    return url(text) and long(text) and urlsplit(text).path in ("", "/")


def _once(*shapes: Shape) -> tuple[tuple[Shape, int, int], ...]:
    return tuple((shape, 1, 1) for shape in shapes)


def _leaf(space: str, name: str, text: Holds) -> Shape:
    return Shape(tag=f"{{{space}}}{name}", text=text)


def _spoken(space: str, name: str, holds: Holds, *, named: bool = False) -> Shape:
    """A value with others for further languages; `named` has an id to be found by."""
    other = Shape(tag=f"{{{space}}}Override", required={"Locale": locale, "Value": holds})
    identity = {"id": reference} if named else {}
    return Shape(
        tag=f"{{{space}}}{name}",
        parts=((other, 0, MANY),),
        required={**identity, "DefaultValue": holds},
    )


def _refers(name: str, among: str) -> Shape:
    return Shape(tag=f"{{{INNER}}}{name}", required={"resid": reference}, among=among)


def _inner(name: str, *parts: tuple[Shape, int, int], named: bool = False) -> Shape:
    identity = {"id": reference} if named else {}
    return Shape(tag=f"{{{INNER}}}{name}", parts=parts, required=identity)


def _typed(**kinds: Shape) -> Shape:
    (tag,) = {shape.tag for shape in kinds.values()}
    return Shape(tag=tag, kinds=kinds)


def _sets(space: str) -> Shape:
    one = Shape(
        tag=f"{{{space}}}Set", required={"Name": short}, optional={"MinVersion": short_version}
    )
    return Shape(
        tag=f"{{{space}}}Sets",
        parts=((one, 1, MANY),),
        optional={"DefaultMinVersion": short_version},
    )


def _resources(name: str, one: Shape) -> Shape:
    return Shape(tag=f"{{{BASIC}}}{name}", parts=((one, 0, MANY),))


ICON = Shape(tag=f"{{{BASIC}}}Image", required={"size": size, "resid": reference}, among="Images")
TIP = _inner(
    "Supertip", *_once(_refers("Title", "ShortStrings"), _refers("Description", "LongStrings"))
)
TASK_PANE = _inner(
    "Action",
    (_refers("SourceLocation", "Urls"), 1, 1),
    *((_leaf(INNER, f"Supports{what}", boolean), 0, 1)
      for what in ("Pinning", "NoItemContext", "MultiSelect")),
)  # fmt: skip
LABEL = _refers("Label", "ShortStrings")
BUTTON = _inner(
    "Control",
    *_once(LABEL, TIP, _inner("Icon", (ICON, 3, MANY)), _typed(ShowTaskpane=TASK_PANE)),
    named=True,
)
GROUP = _inner("Group", (LABEL, 1, 1), (_typed(Button=BUTTON), 1, 6), named=True)
SURFACE = _inner("ExtensionPoint", (_inner("OfficeTab", (GROUP, 1, MANY), named=True), 1, 1))
SURFACES = _typed(
    AppointmentOrganizerCommandSurface=SURFACE, AppointmentAttendeeCommandSurface=SURFACE
)
DESKTOP = _inner(
    "DesktopFormFactor",
    (_leaf(INNER, "SupportsSharedFolders", boolean), 0, 1),
    (_refers("FunctionFile", "Urls"), 0, 1),
    (SURFACES, 1, MANY),
)
RESOURCES = _inner(
    "Resources",
    (_resources("Images", _spoken(BASIC, "Image", icon_url, named=True)), 0, 1),
    (_resources("Urls", _spoken(BASIC, "Url", url, named=True)), 0, 1),
    (_resources("ShortStrings", _spoken(BASIC, "String", short, named=True)), 0, 1),
    (_resources("LongStrings", _spoken(BASIC, "String", long, named=True)), 0, 1),
)
OVERRIDES = _inner(
    "VersionOverrides",
    (_refers("Description", "LongStrings"), 0, 1),
    (_inner("Requirements", (_sets(BASIC), 1, 1)), 0, 1),
    (_inner("Hosts", (_typed(MailHost=_inner("Host", (DESKTOP, 1, 1))), 1, 1)), 1, 1),
    (RESOURCES, 1, 1),
)
OUTER_OVERRIDES = Shape(
    tag=f"{{{OUTER}}}VersionOverrides", parts=((_typed(VersionOverridesV1_1=OVERRIDES), 1, 1),)
)


def _office(name: str, *parts: tuple[Shape, int, int]) -> Shape:
    return Shape(tag=f"{{{OFFICE}}}{name}", parts=parts)


PLACE = _spoken(OFFICE, "SourceLocation", url)
READ = _office("DesktopSettings", *_once(PLACE, _leaf(OFFICE, "RequestedHeight", height)))
FORM = _typed(
    ItemRead=_office("Form", (READ, 1, 1)),
    ItemEdit=_office("Form", (_office("DesktopSettings", (PLACE, 1, 1)), 1, 1)),
)
ITEM_IS = Shape(
    tag=f"{{{OFFICE}}}Rule",
    required={"ItemType": _of("Message", "Appointment"),
              "FormType": _of("Read", "Edit", "ReadOrEdit")},
)  # fmt: skip
RULES = Shape(
    tag=f"{{{OFFICE}}}Rule",
    parts=((_typed(ItemIs=ITEM_IS), 1, MANY),),
    required={"Mode": _of("And", "Or")},
)
HOST = Shape(tag=f"{{{OFFICE}}}Host", required={"Name": _of("Mailbox")})
PERMISSIONS = _of("Restricted", "ReadItem", "ReadWriteItem", "ReadWriteMailbox")
MANIFEST: Final = _typed(
    MailApp=_office(
        "OfficeApp",
        (_leaf(OFFICE, "Id", guid), 1, 1),
        (_leaf(OFFICE, "Version", version), 1, 1),
        (_leaf(OFFICE, "ProviderName", short), 1, 1),
        (_leaf(OFFICE, "DefaultLocale", locale), 1, 1),
        (_spoken(OFFICE, "DisplayName", short), 1, 1),
        (_spoken(OFFICE, "Description", long), 1, 1),
        (_spoken(OFFICE, "IconUrl", icon_url), 1, 1),
        (_spoken(OFFICE, "HighResolutionIconUrl", icon_url), 1, 1),
        (_spoken(OFFICE, "SupportUrl", url), 1, 1),
        (_office("AppDomains", (_leaf(OFFICE, "AppDomain", domain), 1, MANY)), 0, 1),
        (_office("Hosts", (HOST, 1, 1)), 1, 1),
        (_office("Requirements", (_sets(OFFICE), 1, 1)), 1, 1),
        (_office("FormSettings", (FORM, 1, 2)), 1, 1),
        (_leaf(OFFICE, "Permissions", PERMISSIONS), 1, 1),
        (_typed(RuleCollection=RULES, ItemIs=ITEM_IS), 1, 1),
        (_leaf(OFFICE, "DisableEntityHighlighting", boolean), 0, 1),
        (_typed(VersionOverridesV1_0=OUTER_OVERRIDES), 0, 1),
    )
)
