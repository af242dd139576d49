"""What people choose and what happens to pairs: the commands' names and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from webhook_app.cli.options import json_option
from webhook_app.cli.options_outlook import pair_plan

Build = Callable[[argparse.ArgumentParser], None]
Command = tuple[str, str, str, Build]

LOCALES = ("de", "de-Sie", "en")
CHANNELS = ("mail", "teams", "chat", "slack", "none")
EXPOSURES = ("full", "titles", "link")
BONDS = ("report", "skip_level", "mentoring", "peer")


def _person(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", help="e-mail address")
    json_option(command)


def _person_set(command: argparse.ArgumentParser) -> None:
    _person(command)
    add = command.add_argument
    add("--name", help="how they are called")
    add("--locale", choices=LOCALES, help="language and form of address of their own texts")
    add("--zone", help="time zone, such as Europe/Berlin")
    add("--channel", action="append", choices=CHANNELS, help="in order of wish (repeatable)")
    add("--reminders", choices=("on", "off"), help="one before and one after a talk")
    add("--tips", choices=("on", "off"), help="one line of craft before a talk")
    add("--wide-span", choices=("on", "off"), help="leads many people on purpose")
    add("--buffer", type=int, metavar="MINUTES", help="pause around other events; 0: none")
    add("--work", metavar="09:00-17:00", help="working hours")
    add("--work-days", metavar="mo,tu,we,th,fr", help="working days")
    add("--quiet", metavar="19:00-07:00", help="no message in these hours; none: any hour")
    add("--region", help="public holidays, such as DE-BY, AT; empty: none")
    add("--day-off", action="append", metavar="DATE", help="a day without messages (repeatable)")
    add("--paused-from", metavar="DATE", help="first day of a leave (default: today)")
    add("--paused-until", metavar="DATE", help="first day back, or open")
    add("--back", action="store_true", help="end the leave now")
    add("--assistant", action="append", metavar="ADDRESS", help="who invites for them; none")
    add("--contact-days", type=int, metavar="N", help="a word every N days of a leave; 0: none")


def pair_options(command: argparse.ArgumentParser) -> None:
    """Name the two of a pair."""
    command.add_argument("manager", help="e-mail address of the manager (mentor, organizer)")
    command.add_argument("report", help="e-mail address of the report (mentee, peer)")
    json_option(command)


def _pair_set(command: argparse.ArgumentParser) -> None:
    pair_options(command)
    add = command.add_argument
    add("--bond", choices=BONDS, help="what the two are to each other")
    add("--address", choices=("du", "sie", "own"), help="form of address; own: as each prefers")
    add("--template", help="id of their template; empty: the usual one")
    add("--remote", choices=("on", "off"), help="they work at a distance")
    add("--free-talk", choices=("on", "off"), help="they talk without an agenda on purpose")
    add("--project-until", metavar="DATE", help="until then updates are the point")
    add("--pulse", choices=("on", "off"), help="ask both now and then if the talk is useful")
    add(
        "--agreed-days", type=int, metavar="N", help="they agreed on every N days; 0: as the series"
    )
    add("--left-alone", choices=("on", "off"), help="no rule asks them for a series")
    add(
        "--third-allowed", choices=("on", "off"), help="a third person, an interpreter say, is fine"
    )
    add("--exposure", choices=EXPOSURES, help="how much of the agenda stands in the event")
    add("--reviews", choices=("on", "off"), help="off: nobody reviews the report")
    several: dict[str, Any] = {"action": "append", "metavar": "ID"}
    add(
        "--unwanted", action="append", metavar="TOPIC", help="not asked about, again for more; none"
    )
    add("--waiting", **several, help="points that wait for others, again for more; none")
    add("--said-done", **several, help="items that are done and not ticked, again for more; none")


def _reopen(command: argparse.ArgumentParser) -> None:
    pair_options(command)
    command.add_argument("--bond", choices=("mentoring", "peer", "skip_level"), required=True)


def _series_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    command.add_argument("locale", choices=(*LOCALES, "own"), help="own: as its people read")
    json_option(command)


def _company_set(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--template", help="id of the template of every pair that chose none")
    add("--cycle", metavar="DATE/DATE", help="first and last day of the goal cycle")
    add("--region", help="public holidays of people who chose none, such as DE-BY")
    add("--domain", action="append", metavar="DOMAIN", help="a mail domain of the company; none")
    json_option(command)


def _inbox(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    command.add_argument("--by", required=True, help="e-mail address of the one who asks")
    json_option(command)


def _inbox_add(command: argparse.ArgumentParser) -> None:
    _inbox(command)
    command.add_argument("text", help="the point")
    command.add_argument("--aside", action="store_true", help="park it: no agenda takes it")


def _inbox_point(command: argparse.ArgumentParser) -> None:
    _inbox(command)
    command.add_argument("point", help="id of the point, as `inbox list` shows it")


def _locale(command: argparse.ArgumentParser) -> None:
    command.add_argument("--locale", choices=LOCALES, default="en", help="language to print in")
    json_option(command)


def _template(command: argparse.ArgumentParser) -> None:
    command.add_argument("template", help="its id, as `template list` shows it")
    _locale(command)


def _template_lint(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", help="TOML, JSON or Markdown; or a built-in id")
    command.add_argument("--minutes", type=int, help="length of the event it is for")
    _locale(command)


def _template_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="TOML, JSON or Markdown")
    command.add_argument("--dry-run", action="store_true", help="check it, keep nothing")
    _locale(command)


def _template_export(command: argparse.ArgumentParser) -> None:
    command.add_argument("template", help="its id, as `template list` shows it")
    command.add_argument("--form", choices=("json", "md", "text"), help="default: by the file")
    command.add_argument("--to", metavar="FILE", help="default: print it")
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of text")


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", default="template", help="template, questions, guide")


def _template_use(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    command.add_argument("template", help="its id; `usual` takes a choice back")
    command.add_argument(
        "--for",
        dest="level",
        choices=("occurrence", "series", "pair"),
        default="occurrence",
        help="only the next talk (the default), or for good",
    )
    command.add_argument("--by", help="e-mail address of the one who chooses")
    json_option(command)


def _template_decline(command: argparse.ArgumentParser) -> None:
    _inbox(command)
    command.add_argument("template", help="its id, as `template offers` shows it")


def _question_list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--topic", help="only this topic, such as wellbeing")
    command.add_argument("--side", choices=("manager", "report"), help="whose words they are")
    _locale(command)


def _question(command: argparse.ArgumentParser) -> None:
    _inbox(command)
    command.add_argument("question", help="its id, as `question suggest` shows it")


def _question_vote(command: argparse.ArgumentParser) -> None:
    _question(command)
    command.add_argument("vote", choices=("helped", "not-for-us", "nothing"))


def _guide_list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--side", choices=("manager", "report"), help="for whom")
    _locale(command)


def _guide(command: argparse.ArgumentParser) -> None:
    command.add_argument("guide", help="its id, as `guide list` shows it")
    _locale(command)


def _hris_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="CSV with a heading (email, manager, ...); - reads stdin")
    command.add_argument("--dry-run", action="store_true", help="list what would happen")
    json_option(command)


def _hris_replay(command: argparse.ArgumentParser) -> None:
    command.add_argument("event", help="its id, as `hris events` lists it")
    json_option(command)


Group = tuple[str, str, tuple[Command, ...]]

GROUPS: tuple[Group, ...] = (
    (
        "person",
        "What somebody has chosen.",
        (
            ("show", "Show somebody's settings.", "people:show_person", _person),
            ("set", "Change language, channels, hours, leave.", "people:set_person", _person_set),
        ),
    ),
    (
        "pair",
        "Say who manages whom, and what a pair has chosen.",
        (
            ("set", "Name the manager and the report, and settings.", "people:set_pair", _pair_set),
            ("show", "Show a pair's settings.", "people:show_pair", pair_options),
            ("plan", "Put their action items into a Planner plan.", "plan:choose", pair_plan),
            ("reopen", "Let a frozen pair go on as another kind.", "handover:reopen", _reopen),
        ),
    ),
    (
        "company",
        "What holds for everybody.",
        (("set", "Set template, goal cycle and holidays.", "people:set_company", _company_set),),
    ),
    (
        "inbox",
        "Points that wait between meetings.",
        (
            ("list", "Show what waits.", "inbox:show_all", _inbox),
            ("add", "Keep a point for the meeting after.", "inbox:add", _inbox_add),
            ("take", "Put a waiting point onto the agenda.", "inbox:take", _inbox_point),
            ("drop", "Let a waiting point go.", "inbox:drop", _inbox_point),
        ),
    ),
    (
        "template",
        "Blueprints of agendas.",
        (
            ("list", "Show all templates.", "templates:show_all", _locale),
            ("show", "Show one as people read it.", "templates:show_one", _template),
            ("lint", "Say what is to change in one.", "templates:check", _template_lint),
            ("import", "Keep one of your own.", "templates:take_in", _template_import),
            ("export", "Write one to a file.", "templates:give_out", _template_export),
            ("schema", "Print the JSON Schema.", "templates:schema", _schema),
            ("remove", "Take one of your own away.", "templates:remove", _template),
            ("use", "Choose one for a talk, series or pair.", "templates:use", _template_use),
            ("offers", "Show which fit the next talk.", "templates:offers", _inbox),
            ("decline", "Turn an offered one down.", "templates:decline", _template_decline),
        ),
    ),
    (
        "question",
        "Questions, offered and never inserted.",
        (
            ("list", "Show the bank.", "questions:show_all", _question_list),
            ("suggest", "Show three for the next talk.", "questions:suggest", _inbox),
            ("add", "Put one onto the agenda.", "questions:add", _question),
            ("vote", "Say whether one helped.", "questions:vote", _question_vote),
        ),
    ),
    (
        "hris",
        "Reporting lines, first days and leaves from a personnel system.",
        (
            ("import", "Take a CSV in, all of it or nothing.", "hris:take_in", _hris_import),
            ("events", "List the events taken in.", "hris:events", json_option),
            ("replay", "Take a kept event in once more.", "hris:replay", _hris_replay),
        ),
    ),
    (
        "guide",
        "What helps before a talk.",
        (
            ("list", "Show all guides.", "questions:list_guides", _guide_list),
            ("show", "Read one.", "questions:show_guide", _guide),
        ),
    ),
)
SERIES: tuple[Command, ...] = (
    ("language", "Say in which language a series is headed.", "people:language", _series_language),
)
