"""Write the agenda into copies that the organizer's server does not reach."""

from __future__ import annotations

from collections.abc import Sequence

from core.body import MergeResult
from core.errors import AccountDisconnected, InvalidInput, NotFound, NotSupported, PermissionDenied
from core.model.calendar import EventRef
from core.model.series import Sheet
from core.service.copies import Read, arrived, port_of, seen
from core.service.services import Services


def write_distant(
    services: Services,
    sheet: Sheet,
    reads: Sequence[Read],
    result: MergeResult,
    far: frozenset[EventRef],
) -> int:
    """Write where a person would see a difference; return into how many copies.

    A host may refuse an attendee's text: then that person has page, card and own tasks, and
    what they type into their copy is read like before. Raise RevisionConflict, Unavailable.
    """
    done = 0
    for read in reads:
        if read.copy.event not in far or not result.writes[read.name]:
            continue
        port = port_of(services, read.copy)
        try:
            port.write_body(read.event.ref, result.bodies[read.name], expect=read.event.revision)
        except (PermissionDenied, NotSupported, InvalidInput, NotFound, AccountDisconnected):
            with services.store.transaction() as tx:
                tx.put_written(seen(sheet, read, result.agenda))
            continue
        with services.store.transaction() as tx:
            for mine in tx.written(sheet.sheet_id):
                if mine.event == read.event.ref and mine.pending is not None:
                    tx.put_written(arrived(mine))
        done += 1
    return done
