"""The checks on a live tenant that need eyes: what to do, step by step, and what must be seen."""

from __future__ import annotations

from dataclasses import dataclass

LINES = "first line\nsecond line\n - third line"
LINES_BY_HAND = (
    "1. open one agenda in Calendar on the web, on Android and on iOS; 2. each point must stand on"
    " a line of its own; 3. edit one word on each and save; 4. `vieraugen sync --dry-run` must show"
    " that word and no other change."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """One check for a person."""

    letter: str
    what: str
    text: str


OWN_EDIT = ByHand(
    letter="a",
    what="a guest's own edit",
    text=(
        "What only hands can do: 1. as the guest open a 1:1 with an agenda in Calendar's web page"
        " and add a line below your name; 2. as the organizer look at the same event: the line must"
        " not be there yet; 3. `vieraugen sync`: it must now stand in the organizer's copy; 4."
        " look at the guest's copy: it must show the same text, the line once."
    ),
)

BY_HAND = (
    ByHand(
        letter="h",
        what="the audience of systemIdToken",
        text=(
            "1. compare the address in the deployment with {addon}: they must be the same to the"
            " letter; 2. open a 1:1 in Calendar and the add-on beside it: a card must come; 3."
            " where none comes and our log has google_addon_refused, the token is for another"
            " address, set google_addon_url to what is registered."
        ),
    ),
    ByHand(
        letter="k",
        what="updateCard and stateChanged in Calendar",
        text=(
            "1. tick a point on the add-on's card: the card must change in place; 2. close the"
            " event and open it again: the tick must still be there; 3. the event's text must show"
            " [x] after the next `vieraugen sync`."
        ),
    ),
)
