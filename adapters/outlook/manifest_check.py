"""What Office would refuse in an XML manifest, before somebody uploads it.

Microsoft's validator is a service and its schemas come in no package; what they say stands in
`manifest_rules`. Where the schemas themselves are at hand, a test compares the two
(`VIERAUGEN_OFFICE_SCHEMAS`, docs/live-checklist.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from adapters.outlook.manifest_rules import BASIC, INNER, MANIFEST, Shape

TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
ICONS: Final = ("16", "32", "80")
"""Sizes that every button has to bring."""
ID_LIMIT: Final = 32


def problems_of(manifest: str) -> list[str]:
    """Return a sentence for each thing that Office refuses; none where it is right."""
    try:
        tree = ET.fromstring(manifest)  # noqa: S314 - our own text
    except ET.ParseError as err:
        return [f"no XML: {err}"]
    if tree.tag != MANIFEST.tag:
        return [f"the root is {tree.tag}"]
    given = {
        kind: {str(e.get("id")) for e in tree.iterfind(f".//{{{BASIC}}}{kind}/*")}
        for kind in ("Images", "Urls", "ShortStrings", "LongStrings")
    }
    return [*_of_element(tree, MANIFEST, given), *_of_ids(tree), *_of_icons(tree)]


def _of_element(element: ET.Element, shape: Shape, given: dict[str, set[str]]) -> Iterator[str]:
    """Check one element and what is in it."""
    name = _short(element.tag)
    if shape.kinds is not None:
        kind = element.get(TYPE)
        if kind is None or kind not in shape.kinds:
            yield f"{name}: xsi:type {kind!r}"
            return
        shape = shape.kinds[kind]
    elif element.get(TYPE) is not None:
        yield f"{name}: it has no xsi:type"
    yield from _of_attributes(element, shape)
    yield from _of_text(element, shape)
    if shape.among and element.get("resid") not in given[shape.among]:
        yield f"{name}: no resource {element.get('resid')} among {shape.among}"
    yield from _of_parts(element, shape, given)


def _of_attributes(element: ET.Element, shape: Shape) -> Iterator[str]:
    name, known = _short(element.tag), {**shape.required, **shape.optional}
    yield from (f"{name}: no {one}" for one in shape.required if one not in element.attrib)
    for one, value in element.attrib.items():
        if one in known and not known[one](value):
            yield f"{name}: {one} {value[:80]!r}"
        elif one not in known and one != TYPE:
            yield f"{name}: {one} is unknown"


def _of_text(element: ET.Element, shape: Shape) -> Iterator[str]:
    text = element.text or ""
    if shape.text is not None and not shape.text(text):
        yield f"{_short(element.tag)}: {text[:80]!r}"
    words = [text if shape.text is None else "", *(child.tail or "" for child in element)]
    yield from (f"{_short(element.tag)}: {one.strip()[:80]!r} is no element"
                for one in words if one.strip())  # fmt: skip


def _of_parts(element: ET.Element, shape: Shape, given: dict[str, set[str]]) -> Iterator[str]:
    name, rest = _short(element.tag), list(element)
    for part, least, most in shape.parts:
        count = 0
        while rest and rest[0].tag == part.tag:
            yield from _of_element(rest.pop(0), part, given)
            count += 1
        if not least <= count <= most:
            yield f"{name}: {count} times {_short(part.tag)} in its place"
    if rest:
        yield f"{name}: {_short(rest[0].tag)} is unknown or out of its place"


def _short(tag: str) -> str:
    return tag.rpartition("}")[2]


def _of_ids(tree: ET.Element) -> Iterator[str]:
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id") is not None)
    yield from (f"the id {name} stands twice" for name, times in ids.items() if times > 1 and
                name != "TabDefault")  # fmt: skip
    yield from (f"the id {name} is too long" for name in ids if len(str(name)) > ID_LIMIT)


def _of_icons(tree: ET.Element) -> Iterator[str]:
    for icon in tree.iterfind(f".//{{{INNER}}}Icon"):
        if not {e.get("size") for e in icon} >= set(ICONS):
            yield f"Icon: a button needs the sizes {', '.join(ICONS)}"
