"""Reduce Microsoft's published Graph metadata to the part that the stand-in serves.

Run it with the full CSDL and the endpoint database (see README.md) to refresh the data:
    python reduce.py v1.0-Prod.csdl msgraph-openapi-v1.db
"""

from __future__ import annotations

import sqlite3
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

EDM = "http://docs.oasis-open.org/odata/ns/edm"
EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
HERE = Path(__file__).parent


def words(text: str) -> list[str]:
    return text.split()


TYPES = words("""
entity outlookItem event attendee attendeeBase recipient emailAddress itemBody responseStatus
location physicalAddress outlookGeoCoordinates onlineMeetingInfo patternedRecurrence
recurrencePattern recurrenceRange dateTimeTimeZone timeSlot calendar calendarPermission
singleValueLegacyExtendedProperty directoryObject user mailboxSettings localeInfo todo
todoTaskList todoTask linkedResource checklistItem plannerPlan plannerPlanContainer
plannerBucket plannerTask plannerTaskDetails plannerAssignments plannerAssignment
plannerChecklistItems plannerChecklistItem plannerExternalReferences plannerExternalReference
plannerAppliedCategories identitySet identity subscription changeNotification
changeNotificationCollection resourceData scheduleInformation scheduleItem workingHours
timeZoneBase freeBusyError message teamsApp teamsAppInstallation userScopeTeamsAppInstallation
chat convertIdResult
""")
ENUMS = words("""
importance sensitivity freeBusyStatus eventType bodyType attendeeType responseType
onlineMeetingProviderType recurrencePatternType recurrenceRangeType weekIndex dayOfWeek
locationType locationUniqueIdType physicalAddressType taskStatus wellknownListName
plannerContainerType plannerPreviewType changeType lifecycleEventType exchangeIdFormat
calendarColor calendarRoleType chatType teamsAppDistributionMethod plannerCreationSource
inferenceClassificationType followupFlagStatus
""")
ACTIONS = {
    ("accept", "event"), ("decline", "event"), ("tentativelyAccept", "event"),
    ("cancel", "event"), ("getSchedule", "calendar"), ("sendMail", "user"),
    ("translateExchangeIds", "user"),
}  # fmt: skip
PATHS = words("""
/users/{user-id} /users/{user-id}/manager /users/{user-id}/directReports
/users/{user-id}/mailboxSettings /users/{user-id}/calendar /users/{user-id}/calendars
/users/{user-id}/calendar/calendarPermissions
/users/{user-id}/events /users/{user-id}/events/{event-id}
/users/{user-id}/events/{event-id}/instances /users/{user-id}/calendarView
/users/{user-id}/calendarView/delta() /users/{user-id}/todo/lists
/users/{user-id}/todo/lists/delta() /users/{user-id}/todo/lists/{todoTaskList-id}
/users/{user-id}/todo/lists/{todoTaskList-id}/tasks
/users/{user-id}/todo/lists/{todoTaskList-id}/tasks/delta()
/users/{user-id}/todo/lists/{todoTaskList-id}/tasks/{todoTask-id}
/users/{user-id}/todo/lists/{todoTaskList-id}/tasks/{todoTask-id}/linkedResources
/users/{user-id}/todo/lists/{todoTaskList-id}/tasks/{todoTask-id}/linkedResources/{linkedResource-id}
/users/{user-id}/planner/tasks /users/{user-id}/planner/plans /planner/tasks
/planner/tasks/{plannerTask-id} /planner/tasks/{plannerTask-id}/details /planner/buckets
/planner/plans/{plannerPlan-id} /planner/plans/{plannerPlan-id}/tasks
/planner/plans/{plannerPlan-id}/buckets /subscriptions /subscriptions/{subscription-id}
/users/{user-id}/teamwork/installedApps /appCatalogs/teamsApps
/users/{user-id}/teamwork/installedApps/{userScopeTeamsAppInstallation-id}/chat
""")


def kept(element: ET.Element) -> bool:
    name = element.get("Name", "")
    kind = element.tag.partition("}")[2]
    if kind in ("EntityType", "ComplexType"):
        return name in TYPES
    if kind == "EnumType":
        return name in ENUMS
    if kind == "Action":
        bound = element.find(f"{{{EDM}}}Parameter")
        return bound is not None and (name, short(bound.get("Type", ""))) in ACTIONS
    return False


def short(type_name: str) -> str:
    return type_name.removeprefix("graph.").removeprefix("microsoft.graph.")


def reduce_schema(source: Path, target: Path) -> None:
    ET.register_namespace("edmx", EDMX)
    ET.register_namespace("", EDM)
    tree = ET.parse(source)
    services = tree.getroot().find(f"{{{EDMX}}}DataServices")
    if services is None:
        raise SystemExit("no DataServices element: not a CSDL file")
    for schema in list(services):
        if schema.get("Namespace") != "microsoft.graph":
            services.remove(schema)
            continue
        for element in list(schema):
            if not kept(element):
                schema.remove(element)
            for note in [e for e in element.iter() if e.tag == f"{{{EDM}}}Annotation"]:
                for parent in element.iter():
                    if note in list(parent):
                        parent.remove(note)
    ET.indent(tree, " ")
    tree.write(target, encoding="utf-8", xml_declaration=True)


def reduce_paths(source: Path, target: Path) -> None:
    with sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True) as database:
        found = {
            row[0]
            for row in database.execute("SELECT path FROM endpoints WHERE graphVersion='v1.0'")
        }
    missing = [path for path in PATHS if path not in found]
    if missing:
        raise SystemExit(f"not among the published endpoints: {missing}")
    target.write_text("\n".join(sorted(PATHS)) + "\n")


if __name__ == "__main__":
    reduce_schema(Path(sys.argv[1]), HERE / "v1.0-reduced.csdl")
    reduce_paths(Path(sys.argv[2]), HERE / "paths.txt")
