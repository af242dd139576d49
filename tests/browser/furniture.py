"""Two weeks of two 1:1s, German and English: held talks, carried points, promises, a clash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.model.agenda import Visibility
from core.model.inbox import Waits
from core.model.mailed import MailedTalk, received
from core.model.suggestions import Channel, RuleId, Suggestion
from core.service.edit import add_point, set_done, set_parked
from core.service.inbox import add_to_inbox
from core.service.promises import add_item
from core.service.read_marks import mark_read
from core.service.suggest import plan_team
from core.service.wording import add_line, reword
from tests.browser.house import House, address
from webhook_app.demo.people import ACTORS, BEN, weekly
from webhook_app.jobs.clock import utc_now

DORA = "ATTENDEE;CN=Dora Dorn:mailto:dora@example.com\r\n"

GERMAN = {
    "holiday": "Urlaub im August absprechen",
    "concept": "Das Konzept ist fertig, magst du lesen?",
    "handover": "Wie lief die Übergabe aus deiner Sicht?",
    "long": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "training": "Angebot Schulung entscheiden",
    "secret": "Gehaltsgespräch vorbereiten",
    "party": "Sommerfest",
    "decision": "Beschluss: zwei Wochen, erste Augusthälfte",
    "note": "Vertretung macht Cleo",
    "promise": "Budget für die Schulung klären",
    "promise2": "Entwurf bis Ende der Woche schicken",
    "later": "Homeoffice-Regel",
    "comment": "Kann ich im Dezember von zu Hause arbeiten?",
    "draft": "Will ich das Thema Teamwechsel ansprechen?",
    "challenge": "Herausforderung: Zwei Teams, ein Plan",
    "update": "Info: Das Budget für das Audit ist freigegeben",
}
ENGLISH = {
    "holiday": "Cover during my August leave",
    "concept": "The concept is done, would you read it?",
    "handover": "How did the handover go from your side?",
    "long": "Pneumonoultramicroscopicsilicovolcanoconiosisresearchcommitteemembership",
    "training": "Decide on the training offer",
    "secret": "Prepare the salary talk",
    "party": "Summer party",
    "decision": "Decision: two weeks, first half of August",
    "note": "Anna covers",
    "promise": "Clear the training budget",
    "promise2": "Send the draft by the end of the week",
    "later": "Working from home",
    "comment": "May I work from home in December?",
    "draft": "Shall I bring up changing teams?",
    "challenge": "Challenge: two teams, one plan",
    "update": "Info: the budget for the audit is approved",
}


def furnish(house: House) -> None:
    """Let two weeks pass on the real server, then fill the agendas that are open now."""
    begun = utc_now() - timedelta(days=15)
    for pair, name in (("anna", "Rückblick Anna & Ben"), ("cleo", "Review Ben & Cleo")):
        _put(house, pair, f"review-{pair}-ben", name)
    house.sync(begun)
    house.say_yes(begun)
    house.sync(begun)
    for pair, words in (("anna", GERMAN), ("cleo", ENGLISH)):
        _first_talk(house, pair, words, begun)
    for days in (8, 1):
        house.sync(utc_now() - timedelta(days=days))
    for pair, name, team in (
        ("anna", "Mittagessen Anna & Ben", "Teamrunde"),
        ("cleo", "Lunch Ben & Cleo", "Team meeting"),
    ):
        _put(house, pair, f"found-{pair}-ben", name)
        _put(house, pair, f"team-{pair}", team, more=DORA)
    house.sync()
    for pair, words in (("anna", GERMAN), ("cleo", ENGLISH)):
        _now(house, pair, words)
    for pair, words in (("anna", GERMAN), ("cleo", ENGLISH)):
        url = f"{house.stage.calendars[pair]}review-{pair}-ben.ics"
        house.phone(pair).comment(url, address(pair), words["comment"])
    house.sync()
    _mailed(house)
    plan_team(house.app.services, address("ben"), utc_now())
    _suggested(house)


def _mailed(house: House) -> None:
    """Note a reminder that went out and a reply that came in, as mail does."""
    for pair in ("anna", "cleo"):
        sent = MailedTalk(
            message_id=f"sent-{pair}",
            person=address(pair),
            series_id=house.series(pair).series_id,
            at=utc_now() - timedelta(hours=20),
        )
        at = utc_now() - timedelta(hours=19)
        with house.app.store.transaction() as tx:
            tx.put_noun(sent)
            tx.put_noun(received(f"reply-{pair}", "added", at, sent, 2))


def _suggested(house: House) -> None:
    """Let a rule ask Ben something, as rules do after some weeks."""
    for pair in ("anna", "cleo"):
        pair_id = house.series(pair).pair_id
        assert pair_id is not None
        asked = Suggestion(
            rule_id=RuleId("R-28"),
            pair_id=pair_id,
            at=utc_now(),
            to=(address("ben"),),
            channel=Channel.DRAFT,
        )
        with house.app.store.transaction() as tx:
            tx.put_noun(asked)


def _put(house: House, pair: str, uid: str, title: str, *, more: str = "") -> None:
    """Put an event that only its people know into the calendar of a pair."""
    url = f"{house.stage.calendars[pair]}{uid}.ics"
    first = utc_now().replace(hour=15, minute=0, second=0, microsecond=0) - timedelta(days=5)
    report = next(a.person for a in ACTORS if a.login == pair)
    ics = weekly(uid, title, first, notes="", organizer=BEN, attendee=report).decode()
    ics = ics.replace("BEGIN:VALARM", f"{more}BEGIN:VALARM")
    house.phone("ben").put(url, ics.encode())


def _hands(house: House, pair: str, login: str, now: datetime) -> Callable[..., str]:
    """Return what does a thing as one person of a pair and says which entry it is."""
    where = (house.app.services, house.series(pair).series_id)

    def do(verb: Callable[..., object], *words: object, **more: object) -> str:
        entry = verb(*where, *words, by=address(login), now=now, **more)
        return str(getattr(entry, "point_id", getattr(entry, "item_id", "")))

    return do


def _first_talk(house: House, pair: str, words: dict[str, str], now: datetime) -> None:
    report, manager = _hands(house, pair, pair, now), _hands(house, pair, "ben", now)
    report(add_point, words["training"])
    done = report(add_point, words["handover"])
    manager(add_line, done, words["note"])
    report(set_done, done, True)
    manager(add_item, words["promise"], owner=address("ben"), due=utc_now().date())
    house.sync(now)


def _now(house: House, pair: str, words: dict[str, str]) -> None:
    now = utc_now()
    report, manager = _hands(house, pair, pair, now), _hands(house, pair, "ben", now)
    holiday = report(add_point, words["holiday"])
    report(add_line, holiday, words["note"])
    manager(add_line, holiday, words["decision"])
    concept = report(add_point, words["concept"])
    report(reword, concept, f"{words['concept']} (v2)", base=words["concept"])
    manager(reword, concept, f"{words['concept']} (v3)", base=words["concept"])
    report(add_point, words["secret"], visibility=Visibility.SENSITIVE)
    report(add_point, words["draft"], visibility=Visibility.PRIVATE)
    challenge = report(add_point, words["challenge"])
    report(set_done, challenge, True)
    manager(add_point, words["long"])
    manager(add_point, words["update"])
    party = manager(add_point, words["party"])
    manager(set_parked, party, True)
    due = now.date() + timedelta(days=3)
    report(add_item, words["promise2"], owner=address(pair), due=due)
    report(add_to_inbox, words["later"])
    manager(add_to_inbox, words["party"], waits=Waits.ASIDE)
    sheet = house.sheet(pair)
    with house.app.store.transaction() as tx:
        mark_read(tx, sheet, by=address("ben"), now=now)
