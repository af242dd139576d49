"""The rules of good 1:1s: the commands' names and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from webhook_app.cli.options import json_option

Build = Callable[[argparse.ArgumentParser], None]
Command = tuple[str, str, str, Build]
LOCALES = ("de", "de-Sie", "en")


def _list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of the names")
    json_option(command)


def _person(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", help="e-mail address")
    json_option(command)


def _suggestion(command: argparse.ArgumentParser) -> None:
    command.add_argument("suggestion", help="id of the suggestion, as `rules show` prints it")
    command.add_argument("--by", required=True, metavar="PERSON", help="e-mail address")
    json_option(command)


def _pair_rule(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", help="id of the rule, such as R-06")
    command.add_argument("person", help="e-mail address of one of the two")
    command.add_argument("other", help="e-mail address of the other one")
    json_option(command)


def _switch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", help="a rule's id, text_rules (all that read words), aggregates (figures)"
    )
    command.add_argument("turn", choices=("on", "off"))
    command.add_argument("--by", required=True, metavar="WHO", help="who turns it: the log says so")
    json_option(command)


def _file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="TOML; - reads standard input")
    json_option(command)


def _try(command: argparse.ArgumentParser) -> None:
    _file(command)
    command.add_argument("--weeks", type=int, default=26, help="how far back to look")
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of the texts")


def _keep(command: argparse.ArgumentParser) -> None:
    _file(command)
    command.add_argument("--by", required=True, metavar="WHO", help="who brings them")


def _talked(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", help="e-mail address of who says so")
    command.add_argument("other", help="e-mail address of the other one")
    command.add_argument("--on", metavar="DATE", help="the day (default: today)")
    command.add_argument("--no", action="store_true", help="the meeting did not take place")
    json_option(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("--head", default="", help="a seal that was written down earlier")
    json_option(command)


def _pack(command: argparse.ArgumentParser) -> None:
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of the rules")
    json_option(command)


def _month(command: argparse.ArgumentParser) -> None:
    command.add_argument("month", help="a whole month of the past, such as 2026-10")
    json_option(command)


def _simulate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pairs", type=int, default=50, help="how many (default: 50)")
    command.add_argument("--weeks", type=int, default=26, help="how long (default: 26)")
    command.add_argument(
        "--bodies",
        type=int,
        default=20,
        metavar="N",
        help="pairs (whole teams) that get calendars: their agendas are written, edited and read"
        " back; the rules look at all (default: 20)",
    )
    command.add_argument("--html", metavar="FILE", help="draw the report as one page")
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of the report")
    json_option(command)


SIMULATE: Command = (
    "simulate",
    "Play a made-up company, and see what the rules would say.",
    "simulate:run",
    _simulate,
)


def _insights(command: argparse.ArgumentParser) -> None:
    command.add_argument("manager", help="e-mail address of the manager whose own 1:1s these are")
    command.add_argument("--html", metavar="FILE", help="draw them into one page")
    command.add_argument("--mail", action="store_true", help="send the pictures to the manager")
    json_option(command)


INSIGHTS: Command = (
    "insights",
    "Show a manager's own 1:1s over half a year.",
    "insights:run",
    _insights,
)

GROUPS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    (
        "rules",
        "What makes 1:1s good: what is offered, why, and what is silent.",
        (
            ("list", "Show every rule and whether it may speak.", "rules:show_all", _list),
            ("show", "Show what is offered to a person now.", "rules:show_person", _person),
            ("why", "Say what a suggestion rests on.", "rules:show_why", _suggestion),
            ("take", "Take a suggestion up.", "rules:take_up", _suggestion),
            ("mute", "Say that a rule is not for a pair.", "rules:mute", _pair_rule),
            ("unmute", "Let a rule speak to a pair again.", "rules:unmute", _pair_rule),
            ("switch", "Turn a rule on or off for everybody.", "rules:switch", _switch),
            (
                "try",
                "See what a company's own rules would have said.",
                "rules_own:rehearse_rules",
                _try,
            ),
            ("keep", "Let a company's own rules speak.", "rules_own:keep", _keep),
            ("talked", "Say that two talked, or that they did not.", "rules:talked", _talked),
        ),
    ),
    (
        "switches",
        "The log of the company's switches.",
        (
            ("list", "Show who turned what, and when.", "switches:show_log", json_option),
            (
                "coverage",
                "Show which share of each department had a 1:1, where that is on.",
                "switches:show_coverage",
                _month,
            ),
            ("pack", "Print what a works council asks for, as JSON.", "switches:show_pack", _pack),
            ("verify", "Check that no line was changed or taken out.", "switches:verify", _verify),
        ),
    ),
)
