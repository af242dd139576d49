"""The XML manifest against Office's schemas: our rules find whatever the schemas refuse."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from adapters.outlook.manifest_check import TYPE, problems_of
from adapters.outlook.manifest_xml import outlook_xml
from adapters.outlook.manifests import Installation

PLACE = Installation(
    public_url="https://talks.example.com", client_id="22222222-2222-4222-8222-222222222222"
)
MAY_LACK = {"DefaultMinVersion", "MinVersion"}
SCHEMAS = os.environ.get("VIERAUGEN_OFFICE_SCHEMAS", "")
"""A folder with OfficeAppManifestV1_1.xsd and what it imports, as Visual Studio brings them (its
folder Xml/Schemas) or [MS-OWEMXML] prints them in section 5."""


def changed(change: Callable[[Any, Any], object], number: int) -> str:
    """Return the manifest with one element changed; the change gets it and its parent."""
    tree = deepcopy(TREE)
    element = list(tree.iter())[number]
    change(element, element.getparent())
    return etree.tostring(tree, encoding="unicode")


TREE = etree.fromstring(outlook_xml(PLACE).encode())
ELEMENTS = list(enumerate(TREE.iter()))


def strange() -> Iterator[tuple[str, str]]:
    """Yield manifests that no schema takes, each with what is wrong."""
    for number, element in ELEMENTS:
        name = f"{element.tag.rpartition('}')[2]} {number}"
        yield f"child {name}", changed(lambda e, _: etree.SubElement(e, "{x}Sparkles"), number)
        yield f"attribute {name}", changed(lambda e, _: e.set("sparkles", "1"), number)
        if len(element):
            yield f"words {name}", changed(lambda e, _: setattr(e[0], "tail", "words"), number)
        for one in set(element.attrib) - MAY_LACK:
            yield f"no {one} {name}", changed(lambda e, _, one=one: e.attrib.pop(one), number)
        for one in element.attrib:
            for value in ("", "x" * 400, "~ nonsense"):
                text = changed(lambda e, _, one=one, value=value: e.set(one, value), number)
                yield f"{one} {value[:10]!r} {name}", text


def moved() -> Iterator[tuple[str, str]]:
    """Yield manifests with an element away, twice, or behind its neighbour: some may be right."""
    for number, element in ELEMENTS[1:]:
        name = f"{element.tag.rpartition('}')[2]} {number}"
        yield f"drop {name}", changed(lambda e, p: p.remove(e), number)
        yield f"twice {name}", changed(lambda e, p: p.insert(list(p).index(e), deepcopy(e)), number)
        yield f"behind {name}", changed(_behind, number)


def _behind(element: Any, parent: Any) -> None:
    place = list(parent).index(element)
    parent.remove(element)
    parent.insert(place + 1, element)


def is_free_text(what: str) -> bool:
    """A title may be any words; only their length counts."""
    return "nonsense" in what and what.startswith(("DefaultValue", "Name", "id", "Value"))


def test_whatever_stands_on_an_element_is_checked():
    taken = [what for what, text in strange() if not problems_of(text)]

    assert [what for what in taken if not is_free_text(what)] == []
    assert len(taken) < 20


def test_xsi_type_where_none_belongs_is_found():
    hosts = next(n for n, e in ELEMENTS if e.tag.endswith("}Hosts"))

    assert "Hosts: it has no xsi:type" in problems_of(
        changed(lambda e, _: e.set(TYPE, "MailHost"), hosts)
    )


@pytest.mark.skipif(not SCHEMAS, reason="VIERAUGEN_OFFICE_SCHEMAS names no folder with the schemas")
def test_office_s_own_schemas_take_it_and_refuse_nothing_that_we_take():
    schema = etree.XMLSchema(etree.parse(str(Path(SCHEMAS) / "OfficeAppManifestV1_1.xsd")))

    def refuses(text: str) -> bool:
        return not schema.validate(etree.fromstring(text.encode()))

    assert not refuses(outlook_xml(PLACE)), schema.error_log
    found = [
        what for what, text in (*strange(), *moved()) if refuses(text) > bool(problems_of(text))
    ]
    assert found == []
