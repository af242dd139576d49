"""One sentence, German or English, why an event is a 1:1 or not, or has no agenda now."""

from __future__ import annotations

from core.model.series import Why

SENTENCES: dict[Why, tuple[str, str]] = {
    Why.TWO_PEOPLE: (
        "Zwei Menschen, also ein 1:1.",
        "Two people, so this is a 1:1.",
    ),
    Why.ALONE: (
        "Kein 1:1: In diesem Termin steht niemand sonst.",
        "Not a 1:1: nobody else is in this event.",
    ),
    Why.MORE_THAN_TWO: (
        "Kein 1:1: Es sind mehr als zwei Menschen dabei.",
        "Not a 1:1: more than two people are in it.",
    ),
    Why.A_GROUP: (
        "Kein 1:1: Eine Gruppe ist eingeladen, und wer dazugehört, ist nicht bekannt.",
        "Not a 1:1: a group is invited, and nobody can tell who is in it.",
    ),
    Why.ALL_DAY: (
        "Kein 1:1: Der Termin dauert den ganzen Tag.",
        "Not a 1:1: the event lasts all day.",
    ),
    Why.OVER: (
        "Das letzte Treffen dieser Reihe ist vorbei.",
        "The last meeting of this series is over.",
    ),
    Why.CANCELLED: (
        "Der Termin ist abgesagt.",
        "The event is cancelled.",
    ),
    Why.NOT_ASKED: (
        "Noch keine Agenda: Bisher hat niemand Ja gesagt.",
        "No agenda yet: nobody has said yes so far.",
    ),
    Why.STOPPED: (
        "Keine Agenda: Sie wurde für diese Reihe abgestellt.",
        "No agenda: it was switched off for this series.",
    ),
    Why.WRITTEN: (
        "Die Agenda steht im nächsten Termin.",
        "The agenda stands in the next occurrence.",
    ),
    Why.NOT_YET: (
        "Die Agenda wird beim nächsten Abgleich geschrieben.",
        "The agenda will be written at the next sync.",
    ),
    Why.WAITING: (
        "Die Agenda steht im nächsten Termin; Neues steht auf der Seite und kommt bald dazu.",
        "The agenda stands in the next occurrence; what is new is on the page and follows soon.",
    ),
    Why.HELD_BACK: (
        "Neues steht auf der Seite und der Karte, nicht mehr im Termin: Das gäbe jedes Mal Mails.",
        "What is new is on the page and the card, no longer in the event: each change is a mail.",
    ),
    Why.NO_NEXT: (
        "Keine Agenda: Es steht kein nächstes Treffen im Kalender. Die Punkte warten.",
        "No agenda: no next meeting is in the calendar. The points are waiting.",
    ),
    Why.PAUSED: (
        "Keine Agenda: Diese Gespräche ruhen gerade. Die Punkte warten.",
        "No agenda: these talks are resting now. The points are waiting.",
    ),
    Why.DECLINED: (
        "Keine Agenda: Die nächsten Treffen sind abgelehnt oder abgesagt. Die Punkte warten.",
        "No agenda: the next meetings are declined or cancelled. The points are waiting.",
    ),
    Why.READ_ONLY: (
        "Keine Agenda: Dieser Kalender lässt sich nur lesen. Bitte Schreibrecht geben.",
        "No agenda: this calendar can only be read. Please grant the right to write.",
    ),
    Why.DISCONNECTED: (
        "Keine Agenda: Die Verbindung zum Kalender ist unterbrochen. Bitte neu verbinden.",
        "No agenda: the connection to the calendar is down. Please connect it again.",
    ),
    Why.NOT_ORGANIZER: (
        "Keine Agenda im Kalender: Wer einlädt, ist hier noch nicht verbunden.",
        "No agenda in the calendar: the one who invites isn't connected here yet.",
    ),
    Why.JOIN_BLOCK: (
        "Nichts geschrieben: Der Einwahlblock des Treffens fehlt im Text.",
        "Nothing written: the meeting's join block is missing from the text.",
    ),
    Why.TOO_LONG: (
        "Nichts geschrieben: Der Text wäre zu lang für diesen Kalender. Bitte einiges abhaken.",
        "Nothing written: the text would be too long for this calendar. Please tick some of it.",
    ),
    Why.TROUBLE: (
        "Der letzte Versuch ist gescheitert; es wird wieder versucht.",
        "The last attempt failed; it will be tried again.",
    ),
}


def sentence(why: Why, locale: str) -> str:
    """Return the reason in words."""
    german, english = SENTENCES[why]
    return german if locale.startswith("de") else english
