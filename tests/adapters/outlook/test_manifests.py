"""Manifests: as the schema wants them, complete, and the same each time."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile

import jsonschema
import pytest

from adapters.outlook.icons import png
from adapters.outlook.manifest_check import problems_of
from adapters.outlook.manifest_xml import outlook_xml
from adapters.outlook.manifests import Installation, outlook_manifest, package, teams_manifest
from core.errors import InvalidInput
from tests.servers import ROOT

CLIENT = "22222222-2222-4222-8222-222222222222"
PLACE = Installation(public_url="https://talks.example.com", client_id=CLIENT)
SCHEMA = json.loads(
    (ROOT / "tests/servers/data/manifest/MicrosoftTeams.schema.v1.29.json").read_text()
)
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


def problems(manifest):
    return [f"{list(e.absolute_path)}: {e.message[:200]}" for e in VALIDATOR.iter_errors(manifest)]


@pytest.mark.parametrize("made", [teams_manifest(PLACE), outlook_manifest(PLACE)])
def test_unified_manifest_is_what_the_schema_says(made):
    assert problems(made) == []


def test_the_schema_would_find_what_is_wrong():
    assert problems(outlook_manifest(PLACE) | {"sparkles": 1})
    assert problems(teams_manifest(PLACE) | {"accentColor": "green"})


def test_teams_app_has_tab_side_panel_and_bot():
    made = teams_manifest(PLACE)

    assert made["bots"][0]["botId"] == CLIENT
    assert made["staticTabs"][0]["scopes"] == ["personal"]
    assert "meetingSidePanel" in made["configurableTabs"][0]["context"]
    assert made["webApplicationInfo"]["resource"] == f"api://talks.example.com/{CLIENT}"


def test_the_pane_asks_for_reading_the_open_item_and_no_more():
    permissions = outlook_manifest(PLACE)["authorization"]["permissions"]["resourceSpecific"]

    assert [p["name"] for p in permissions] == ["MailboxItem.Read.User"]
    assert "<Permissions>ReadItem</Permissions>" in outlook_xml(PLACE)


def test_where_both_are_there_the_unified_one_hides_the_xml_one():
    (extension,) = outlook_manifest(PLACE)["extensions"]
    hidden = extension["alternates"][0]["hide"]["customOfficeAddin"]["officeAddinId"]

    assert f"<Id>{hidden}</Id>" in outlook_xml(PLACE)


def test_xml_is_what_office_s_documents_say():
    assert problems_of(outlook_xml(PLACE)) == []
    longest = Installation(public_url=f"https://{'talks.' * 30}example.com:8443", client_id=CLIENT)
    assert problems_of(outlook_xml(longest)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<Hosts>\n    <Host Name", "<Sparkles/><Hosts>\n    <Host Name", "Sparkles is unknown"),
        ("<ProviderName>vieraugen</ProviderName>\n", "", "0 times ProviderName"),
        ('<SupportUrl DefaultValue="https:', '<SupportUrl DefaultValue="http:', "SupportUrl"),
        ("<Id>", "<Id>x", "Id: 'x"),
        ("ReadItem<", "Everything<", "Permissions"),
        ("</OfficeApp>", "", "no XML"),
        ('resid="paneUrl"', 'resid="page"', "no resource page among Urls"),
        ('<Label resid="groupLabel"', '<Label resid="buttonTip"', "among ShortStrings"),
        ('id="organizerGroup"', 'id="attendeeGroup"', "attendeeGroup stands twice"),
        ('id="organizerGroup"', f'id="{"o" * 33}"', "too long"),
        ('<bt:Image size="80" resid="icon80"/>', '<bt:Image size="64" resid="icon64"/>', "sizes"),
        ('Value="1:1-Agenda"', f'Value="{"x" * 126}"', "Override"),
        ('xsi:type="MailHost"', 'xsi:type="Workbook"', "Host: xsi:type"),
        ("450<", "451<", "RequestedHeight"),
        ("<DefaultLocale>en-US", "<DefaultLocale>English", "DefaultLocale"),
        ("<AppDomain>https://talks.example.com", "<AppDomain>https://talks.example.com/a", "AppDo"),
        ("<Rule ", "<Permissions>ReadItem</Permissions><Rule ", "2 times Permissions"),
        ("-64.png", "-64.svg", "IconUrl"),
    ],
)  # fmt: skip
def test_what_office_would_refuse_is_found(old, new, said):
    manifest = outlook_xml(PLACE)
    assert old in manifest

    found = problems_of(manifest.replace(old, new, 1))

    assert any(said in problem for problem in found), found


def test_every_resource_of_the_xml_is_there_short_named_and_used():
    text = outlook_xml(PLACE)

    used, given = (
        set(re.findall(r'resid="([^"]+)"', text)),
        set(re.findall(r'\bid="([^"]+)"', text)),
    )
    assert used - given == set()
    assert all(len(name) <= 32 for name in used)
    assert 'xsi:type="AppointmentOrganizerCommandSurface"' in text
    assert 'xsi:type="AppointmentAttendeeCommandSurface"' in text


def test_every_address_is_https_and_ours():
    for text in (outlook_xml(PLACE), json.dumps([teams_manifest(PLACE), outlook_manifest(PLACE)])):
        ours = re.findall(r'DefaultValue="(http[^"]*)"|Url": "(http[^"]*)"', text)
        assert ours
        assert all("".join(url).startswith("https://talks.example.com") for url in ours)


def test_ids_stay_and_differ_between_installations():
    other = Installation(public_url="https://other.example.com", client_id=CLIENT)

    assert teams_manifest(PLACE)["id"] == teams_manifest(PLACE)["id"]
    made = [m(p)["id"] for m in (teams_manifest, outlook_manifest) for p in (PLACE, other)]
    assert len({*made, PLACE.id_of("xml"), other.id_of("xml")}) == 6


def test_package_holds_manifest_and_icons_of_the_right_size():
    made = package(teams_manifest(PLACE))

    assert made == package(teams_manifest(PLACE))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(archive.read("manifest.json")) == teams_manifest(PLACE)
        sizes = [struct.unpack(">II", archive.read(n)[16:24]) for n in ("color.png", "outline.png")]
    assert sizes == [(192, 192), (32, 32)]


def test_icon_is_a_png():
    assert png(16).startswith(b"\x89PNG\r\n\x1a\n")
    assert png(16).endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize(
    ("url", "client", "sentence"),
    [("http://talks.example.com", CLIENT, "https"), ("https://t.example.com", "x", "no GUID")],
)
def test_what_microsoft_would_refuse_is_refused_here(url, client, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        Installation(public_url=url, client_id=client)
