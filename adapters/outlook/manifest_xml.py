"""The XML manifest of the Outlook pane: for Mac, and for Outlook without a subscription.

The order of its elements is fixed (learn.microsoft.com/javascript/api/manifest/officeapp).
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from adapters.outlook.manifests import ICON_SIZES, NAME, SHORT, Installation

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0"
    xmlns:mail="http://schemas.microsoft.com/office/mailappversionoverrides/1.0"
    xsi:type="MailApp">
"""
LOGIN = "https://login.microsoftonline.com"
"""Where the window goes that signs in, in an Outlook without nested app auth."""
SURFACES = ("AppointmentOrganizerCommandSurface", "AppointmentAttendeeCommandSurface")


def outlook_xml(place: Installation) -> str:
    """Return the manifest."""
    pane = f"{place.root}/pane/outlook"
    return (
        HEAD
        + f"""  <Id>{place.id_of("xml")}</Id>
  <Version>{place.version}.0</Version>
  <ProviderName>{NAME}</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  <DisplayName DefaultValue={quoteattr(NAME)}/>
  <Description DefaultValue={quoteattr(SHORT)}/>
  <IconUrl DefaultValue={quoteattr(place.icon(64))}/>
  <HighResolutionIconUrl DefaultValue={quoteattr(place.icon(128))}/>
  <SupportUrl DefaultValue={quoteattr(place.root + "/")}/>
  <AppDomains>
    <AppDomain>{escape(place.root)}</AppDomain>
    <AppDomain>{LOGIN}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Mailbox"/>
  </Hosts>
  <Requirements>
    <Sets>
      <Set Name="Mailbox" MinVersion="1.8"/>
    </Sets>
  </Requirements>
  <FormSettings>
    <Form xsi:type="ItemRead">
      <DesktopSettings>
        <SourceLocation DefaultValue={quoteattr(pane)}/>
        <RequestedHeight>450</RequestedHeight>
      </DesktopSettings>
    </Form>
    <Form xsi:type="ItemEdit">
      <DesktopSettings>
        <SourceLocation DefaultValue={quoteattr(pane)}/>
      </DesktopSettings>
    </Form>
  </FormSettings>
  <Permissions>ReadItem</Permissions>
  <Rule xsi:type="RuleCollection" Mode="Or">
    <Rule xsi:type="ItemIs" ItemType="Appointment" FormType="Edit"/>
    <Rule xsi:type="ItemIs" ItemType="Appointment" FormType="Read"/>
  </Rule>
  <DisableEntityHighlighting>false</DisableEntityHighlighting>
{_overrides(place, pane)}
</OfficeApp>
"""
    )


def _overrides(place: Installation, pane: str) -> str:
    points = "".join(_point(surface) for surface in SURFACES)
    images = "".join(
        f"""
          <bt:Image id="icon{size}" DefaultValue={quoteattr(place.icon(size))}/>"""
        for size in ICON_SIZES
    )
    schema = "http://schemas.microsoft.com/office/mailappversionoverrides"
    return f"""  <VersionOverrides xmlns="{schema}" xsi:type="VersionOverridesV1_0">
    <VersionOverrides xmlns="{schema}/1.1" xsi:type="VersionOverridesV1_1">
      <Requirements>
        <bt:Sets DefaultMinVersion="1.8">
          <bt:Set Name="Mailbox"/>
        </bt:Sets>
      </Requirements>
      <Hosts>
        <Host xsi:type="MailHost">
          <DesktopFormFactor>{points}
          </DesktopFormFactor>
        </Host>
      </Hosts>
      <Resources>
        <bt:Images>{images}
        </bt:Images>
        <bt:Urls>
          <bt:Url id="paneUrl" DefaultValue={quoteattr(pane)}/>
        </bt:Urls>
        <bt:ShortStrings>
          <bt:String id="groupLabel" DefaultValue="1:1"/>
          <bt:String id="buttonLabel" DefaultValue="1:1 agenda">
            <bt:Override Locale="de-DE" Value="1:1-Agenda"/>
          </bt:String>
        </bt:ShortStrings>
        <bt:LongStrings>
          <bt:String id="buttonTip" DefaultValue={quoteattr(SHORT)}/>
        </bt:LongStrings>
      </Resources>
    </VersionOverrides>
  </VersionOverrides>"""


def _point(surface: str) -> str:
    name = "organizer" if "Organizer" in surface else "attendee"
    return f"""
            <ExtensionPoint xsi:type="{surface}">
              <OfficeTab id="TabDefault">
                <Group id="{name}Group">
                  <Label resid="groupLabel"/>
                  <Control xsi:type="Button" id="{name}Button">
                    <Label resid="buttonLabel"/>
                    <Supertip>
                      <Title resid="buttonLabel"/>
                      <Description resid="buttonTip"/>
                    </Supertip>
                    <Icon>
                      <bt:Image size="16" resid="icon16"/>
                      <bt:Image size="32" resid="icon32"/>
                      <bt:Image size="80" resid="icon80"/>
                    </Icon>
                    <Action xsi:type="ShowTaskpane">
                      <SourceLocation resid="paneUrl"/>
                    </Action>
                  </Control>
                </Group>
              </OfficeTab>
            </ExtensionPoint>"""
