"""What Office would refuse in an XML manifest, before somebody uploads it.

Microsoft's validator is a service and its schemas ([MS-OWEMXML]) come in no package, so what
their documents say of our elements stands here: learn.microsoft.com/javascript/api/manifest.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

OFFICE: Final = "http://schemas.microsoft.com/office/appforoffice/1.1"
OUTER: Final = "http://schemas.microsoft.com/office/mailappversionoverrides"
INNER: Final = f"{OUTER}/1.1"
BASIC: Final = "http://schemas.microsoft.com/office/officeappbasictypes/1.0"
TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
MANY: Final = 10_000
URL_LIMIT, SHORT_LIMIT, LONG_LIMIT, ID_LIMIT = 2048, 125, 250, 32
ICONS: Final = ("16", "32", "80")
"""Sizes that every button has to bring."""

Part = tuple[str, int, int]
"""A child in its place: its name, how often at least and at most."""
MODELS: Final[dict[str, dict[str, tuple[Part, ...]]]] = {
    OFFICE: {
        "OfficeApp": (
            *(("Id", 1, 1), ("AlternateId", 0, 1), ("Version", 1, 1), ("ProviderName", 1, 1)),
            *(("DefaultLocale", 1, 1), ("DisplayName", 1, 1), ("Description", 1, 1)),
            *(("IconUrl", 1, 1), ("HighResolutionIconUrl", 1, 1), ("SupportUrl", 1, 1)),
            *(("AppDomains", 0, 1), ("Hosts", 1, 1), ("Requirements", 1, 1)),
            *(("FormSettings", 1, 1), ("Permissions", 1, 1), ("Rule", 1, 1)),
            *(("DisableEntityHighlighting", 0, 1), (f"{{{OUTER}}}VersionOverrides", 0, 1)),
        ),
        "AppDomains": (("AppDomain", 1, MANY),),
        "Hosts": (("Host", 1, 1),),
        "Requirements": (("Sets", 1, 1),),
        "Sets": (("Set", 1, MANY),),
        "FormSettings": (("Form", 1, MANY),),
        "Form": (("DesktopSettings", 1, 1), ("TabletSettings", 0, 1), ("PhoneSettings", 0, 1)),
        "DesktopSettings": (("SourceLocation", 1, 1), ("RequestedHeight", 0, 1)),
        "Rule": (("Rule", 0, MANY),),
    },
    OUTER: {"VersionOverrides": ((f"{{{INNER}}}VersionOverrides", 1, 1),)},
    INNER: {
        "VersionOverrides": (
            *(("Description", 0, 1), ("Requirements", 0, 1), ("Hosts", 1, 1)),
            *(("Resources", 1, 1), ("WebApplicationInfo", 0, 1)),
        ),
        "Requirements": ((f"{{{BASIC}}}Sets", 1, 1),),
        "Hosts": (("Host", 1, 1),),
        "Host": (("Runtimes", 0, 1), ("DesktopFormFactor", 1, 1), ("MobileFormFactor", 0, 1)),
        "DesktopFormFactor": (
            *(("SupportsSharedFolders", 0, 1), ("FunctionFile", 0, 1), ("ExtensionPoint", 1, MANY)),
        ),
        "ExtensionPoint": (("OfficeTab", 1, 1),),
        "OfficeTab": (("Group", 1, MANY),),
        "Group": (("Label", 1, 1), ("Control", 1, 6)),
        "Control": (("Label", 1, 1), ("Supertip", 1, 1), ("Icon", 1, 1), ("Action", 1, 1)),
        "Supertip": (("Title", 1, 1), ("Description", 1, 1)),
        "Icon": ((f"{{{BASIC}}}Image", 3, MANY),),
        "Action": (("SourceLocation", 1, 1), ("SupportsPinning", 0, 1)),
        "Resources": (
            *((f"{{{BASIC}}}Images", 0, 1), (f"{{{BASIC}}}Urls", 0, 1)),
            *((f"{{{BASIC}}}ShortStrings", 0, 1), (f"{{{BASIC}}}LongStrings", 0, 1)),
        ),
    },
    BASIC: {
        "Sets": (("Set", 1, MANY),),
        "Images": (("Image", 1, MANY),),
        "Urls": (("Url", 1, MANY),),
        "ShortStrings": (("String", 1, MANY),),
        "LongStrings": (("String", 1, MANY),),
        "Image": (("Override", 0, MANY),),
        "Url": (("Override", 0, MANY),),
        "String": (("Override", 0, MANY),),
    },
}
KINDS: Final = {
    f"{{{OFFICE}}}OfficeApp": {"MailApp"},
    f"{{{OFFICE}}}Form": {"ItemRead", "ItemEdit"},
    f"{{{OFFICE}}}Rule": {"RuleCollection", "ItemIs"},
    f"{{{OUTER}}}VersionOverrides": {"VersionOverridesV1_0"},
    f"{{{INNER}}}VersionOverrides": {"VersionOverridesV1_1"},
    f"{{{INNER}}}Host": {"MailHost"},
    f"{{{INNER}}}Control": {"Button"},
    f"{{{INNER}}}Action": {"ShowTaskpane"},
    f"{{{INNER}}}ExtensionPoint": {
        *("AppointmentOrganizerCommandSurface", "AppointmentAttendeeCommandSurface"),
    },
}
RESOURCES: Final = {
    f"{{{INNER}}}Label": "ShortStrings",
    f"{{{INNER}}}Title": "ShortStrings",
    f"{{{INNER}}}Description": "LongStrings",
    f"{{{INNER}}}SourceLocation": "Urls",
    f"{{{BASIC}}}Image": "Images",
}
PERMISSIONS: Final = {"Restricted", "ReadItem", "ReadWriteItem", "ReadWriteMailbox"}


def problems_of(manifest: str) -> list[str]:
    """Return a sentence for each thing that Office refuses; none where it is right."""
    try:
        tree = ET.fromstring(manifest)  # noqa: S314 - our own text
    except ET.ParseError as err:
        return [f"no XML: {err}"]
    if tree.tag != f"{{{OFFICE}}}OfficeApp":
        return [f"the root is {tree.tag}"]
    found = [problem for element in tree.iter() for problem in _of_element(element)]
    return [*found, *_of_texts(tree), *_of_resources(tree)]


def _of_element(element: ET.Element) -> Iterator[str]:
    space, name = element.tag[1:].split("}")
    kinds = KINDS.get(element.tag)
    if kinds is not None and element.get(TYPE) not in kinds:
        yield f"{name}: xsi:type {element.get(TYPE)!r}"
    names = [child.tag for child in element]
    parts = [
        (part if part.startswith("{") else f"{{{space}}}{part}", least, most)
        for part, least, most in MODELS.get(space, {}).get(name, ())
    ]
    rest = list(names)
    for part, least, most in parts:
        count = 0
        while rest and rest[0] == part:
            rest.pop(0)
            count += 1
        if not least <= count <= most:
            yield f"{name}: {count} times {_short(part)} in its place"
    if rest:
        yield f"{name}: {_short(rest[0])} is unknown or out of its place"


def _short(tag: str) -> str:
    return tag.rpartition("}")[2]


def _of_texts(tree: ET.Element) -> Iterator[str]:
    for path, holds in TEXTS:
        for element in tree.iterfind(path, {"o": OFFICE, "b": BASIC}):
            value = element.get("DefaultValue", element.get("Value", element.text or ""))
            if not holds(value):
                yield f"{_short(element.tag)}: {value[:80]!r}"


def _is_guid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    where = urlsplit(text)
    return where.scheme == "https" and bool(where.hostname) and len(text) <= URL_LIMIT


def _is_domain(text: str) -> bool:
    return _is_address(text) and urlsplit(text).path in ("", "/")


def _is_icon(text: str) -> bool:
    return _is_address(text) and urlsplit(text).path.lower().endswith((".png", ".jpg", ".gif"))


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text, re.ASCII) is not None


def _within(limit: int) -> Callable[[str], bool]:
    return lambda text: len(text.strip()) > 0 and len(text) <= limit


TEXTS: Final[Sequence[tuple[str, Callable[[str], bool]]]] = (
    ("o:Id", _is_guid),
    ("o:Version", _like(r"\d{1,5}(\.\d{1,5}){1,3}")),
    ("o:ProviderName", _within(SHORT_LIMIT)),
    ("o:DefaultLocale", _like("[a-z]{2,3}(-[A-Za-z]{2,8})+")),
    ("o:DisplayName", _within(SHORT_LIMIT)),
    ("o:Description", _within(LONG_LIMIT)),
    ("o:IconUrl", _is_icon),
    ("o:HighResolutionIconUrl", _is_icon),
    ("o:SupportUrl", _is_address),
    (".//o:AppDomain", _is_domain),
    (".//o:SourceLocation", _is_address),
    (".//o:RequestedHeight", lambda text: text.isdigit() and 32 <= int(text) <= 450),
    ("o:Permissions", PERMISSIONS.__contains__),
    ("o:DisableEntityHighlighting", {"true", "false"}.__contains__),
    (".//b:Images/b:Image", _is_icon),
    (".//b:Urls/b:Url", _is_address),
    (".//b:ShortStrings/b:String", _within(SHORT_LIMIT)),
    (".//b:ShortStrings/b:String/b:Override", _within(SHORT_LIMIT)),
    (".//b:LongStrings/b:String", _within(LONG_LIMIT)),
    (".//b:LongStrings/b:String/b:Override", _within(LONG_LIMIT)),
)


def _of_resources(tree: ET.Element) -> Iterator[str]:
    given = {
        kind: {str(e.get("id")) for e in tree.iterfind(f".//{{{BASIC}}}{kind}/*")}
        for kind in set(RESOURCES.values())
    }
    for element in tree.iter():
        named = element.get("resid")
        if named is not None and named not in given[RESOURCES[element.tag]]:
            yield f"{_short(element.tag)}: no resource {named} among {RESOURCES[element.tag]}"
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id") is not None)
    yield from (f"the id {name} stands twice" for name, times in ids.items() if times > 1 and
                name != "TabDefault")  # fmt: skip
    yield from (f"the id {name} is too long" for name in ids if len(str(name)) > ID_LIMIT)
    for icon in tree.iterfind(f".//{{{INNER}}}Icon"):
        if not {e.get("size") for e in icon} >= set(ICONS):
            yield f"Icon: a button needs the sizes {', '.join(ICONS)}"
