"""What the report of a simulation says, in German and English."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "en": {
        "title": "What the rules would say",
        "lead": "{pairs} made-up pairs in {teams} teams over {weeks} weeks. {bodies} pairs were "
        "played through the engine itself: calendars in memory, edits read back, points carried "
        "over. The rules looked at every pair on each working day. Nobody real is in here.",
        "said": "suggestions in all",
        "month": "a pair and month",
        "silent": "pairs that heard nothing",
        "false": "without a reason",
        "busiest": "most to one manager in a week",
        "written": "writes to calendars",
        "company": "The company, week by week",
        "company_hint": "A row is a pair, a column a week. A suggestion is a dot; "
        "a ring means that the pair's behaviour gave it no reason. Point at one to read it.",
        "some": "{shown} of the {pairs} pairs are drawn, some of each behaviour.",
        "by_rule": "What each rule said",
        "by_rule_hint": "Some of them are off until the company turns them on.",
        "quiet_rules": "Silent in this play",
        "off": "off",
        "by_behaviour": "Who heard what",
        "behaviour": "Behaviour",
        "pairs": "Pairs",
        "held": "Talks held",
        "heard": "Suggestions",
        "unreasoned": "Without a reason",
        "quiet": "Silent pairs",
        "reads": "How it reads",
        "reads_hint": "The first time that each rule spoke, as the person saw it, and what it "
        'answers to "why?".',
        "to_both": "to both",
        "to_report": "to the report",
        "to_manager": "to the manager",
        "legend_held": "held",
        "legend_cancelled": "cancelled",
        "legend_unknown": "no trace",
        "legend_none": "no talk",
        "legend_dot": "a suggestion",
        "legend_ring": "without a reason",
        "week": "week",
        "again": "The same numbers of pairs and weeks give the same report.",
        "people": "pairs",
    },
    "de": {
        "title": "Was die Regeln sagen würden",
        "lead": "{pairs} erfundene Paare in {teams} Teams über {weeks} Wochen. {bodies} Paare hat "
        "die Engine selbst gespielt: Kalender im Speicher, zurückgelesene Änderungen, mitgenommene "
        "Punkte. Die Regeln haben an jedem Arbeitstag auf jedes Paar geschaut. "
        "Niemand davon ist echt.",
        "said": "Vorschläge insgesamt",
        "month": "je Paar und Monat",
        "silent": "Paare, die nichts hörten",
        "false": "ohne Anlass",
        "busiest": "höchstens an eine Führungskraft je Woche",
        "written": "Schreibzugriffe auf Kalender",
        "company": "Die Firma, Woche für Woche",
        "company_hint": "Eine Zeile ist ein Paar, eine Spalte eine Woche. Ein Vorschlag ist ein "
        "Punkt; ein Ring heißt, dass das Verhalten des Paars keinen Anlass gab. "
        "Wer darauf zeigt, liest ihn.",
        "some": "Gezeichnet sind {shown} der {pairs} Paare, einige von jedem Verhalten.",
        "by_rule": "Was jede Regel sagte",
        "by_rule_hint": "Manche davon sind aus, bis die Firma sie einschaltet.",
        "quiet_rules": "In diesem Spiel still",
        "off": "aus",
        "by_behaviour": "Wer was hörte",
        "behaviour": "Verhalten",
        "pairs": "Paare",
        "held": "Gespräche",
        "heard": "Vorschläge",
        "unreasoned": "Ohne Anlass",
        "quiet": "Stille Paare",
        "reads": "Wie es klingt",
        "reads_hint": "Das erste Mal, dass jede Regel sprach, so wie die Person es sah, und was "
        "sie auf „Warum?“ antwortet.",
        "to_both": "an beide",
        "to_report": "an die Mitarbeiterseite",
        "to_manager": "an die Führungskraft",
        "legend_held": "stattgefunden",
        "legend_cancelled": "abgesagt",
        "legend_unknown": "keine Spur",
        "legend_none": "kein Gespräch",
        "legend_dot": "ein Vorschlag",
        "legend_ring": "ohne Anlass",
        "week": "Woche",
        "again": "Dieselbe Zahl von Paaren und Wochen gibt denselben Bericht.",
        "people": "Paare",
    },
}


def words_of(locale: str) -> dict[str, str]:
    """Return the words in a language."""
    return WORDS["de" if locale.startswith("de") else "en"]
