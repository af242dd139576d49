"""What happens to talks and pairs: the commands' names and options."""

from __future__ import annotations

import argparse

from webhook_app.cli.life import LOCALES, Command, Group, pair_options
from webhook_app.cli.options import by_option, json_option

WAYS = ("move", "shorten", "walk", "keep", "skip")


def _relink(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the new series, as `series matches` shows it")
    command.add_argument("old", help="id of the series that stopped")
    command.add_argument("--no", action="store_true", help="they are two different things")
    by_option(command)


def _bundle(command: argparse.ArgumentParser) -> None:
    command.add_argument("manager", help="e-mail address of the manager")
    command.add_argument("--days", type=int, default=2, help="on how many weekdays (default: 2)")
    json_option(command)


def _slots(command: argparse.ArgumentParser) -> None:
    pair_options(command)
    command.add_argument("--minutes", type=int, default=30, help="how long (default: 30)")


def _when(command: argparse.ArgumentParser) -> None:
    command.add_argument("way", choices=WAYS, help="what to do instead")
    command.add_argument("--at", metavar="TIME", help="for move: 2026-03-31T09:00+02:00")
    command.add_argument("--minutes", type=int, default=30, help="for move (default: 30)")
    by_option(command)


def _answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("talk", help="its id, as `talk offers` shows it")
    _when(command)


def _change_talk(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    _when(command)


def _begin(command: argparse.ArgumentParser) -> None:
    command.add_argument("report", help="e-mail address of who gets another manager")
    command.add_argument("old", help="e-mail address of the manager until then")
    command.add_argument("new", help="e-mail address of the new one")
    command.add_argument("--on", required=True, metavar="DATE", help="first day with the new one")
    json_option(command)


def _group_set(command: argparse.ArgumentParser) -> None:
    command.add_argument("group", help="address of the mailing group")
    command.add_argument("member", nargs="*", help="who is in it; nobody: it is forgotten")
    json_option(command)


def _cover(command: argparse.ArgumentParser) -> None:
    command.add_argument("item", help="id of the action item, as `cover list` shows it")
    command.add_argument("to", help="e-mail address of who might do it")
    command.add_argument("--text", help="the item in other words; nothing else is passed on")
    by_option(command)


def _cover_answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("offer", help="its id, as `cover list` shows it")
    command.add_argument("answer", choices=("take", "no"))
    by_option(command)


def _release(command: argparse.ArgumentParser) -> None:
    command.add_argument("change", help="its id, as `change list` shows it")
    for name, text in (
        ("actions", "their own open action items (usually yes)"),
        ("points", "their own open points (usually yes)"),
        ("goals", "goals (usually yes)"),
        ("history", "notes and past meetings (usually no)"),
    ):
        command.add_argument(f"--{name}", choices=("yes", "no"), help=text)
    by_option(command)


def _promise(command: argparse.ArgumentParser) -> None:
    command.add_argument("change", help="its id, as `change list` shows it")
    command.add_argument("item", help="id of the action item")
    command.add_argument("fate", choices=("keep", "offer", "close", "take"))
    by_option(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", required=True, help="e-mail address of whose data it is")
    command.add_argument("--other", help="only the pair with this person")
    command.add_argument("--to", metavar="DIR", help="write data.json and data.html there")
    command.add_argument("--locale", choices=LOCALES, default="en", help="language of the page")


def _erase(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", required=True, help="e-mail address of whose data it is")
    command.add_argument("--dry-run", action="store_true", help="say what would go, change nothing")
    command.add_argument("--by", help="who asks; a second person's address carries it out")
    json_option(command)


def _pair_of(command: argparse.ArgumentParser) -> None:
    command.add_argument("--other", required=True, help="e-mail address of the other one")
    by_option(command)


def _goal_link(command: argparse.ArgumentParser) -> None:
    command.add_argument("title", help="the goal in a few words")
    command.add_argument("--url", help="where it is kept")
    command.add_argument("--due", metavar="DATE", help="the day it is due")
    _pair_of(command)


def _goal_touch(command: argparse.ArgumentParser) -> None:
    command.add_argument("goal", help="its id, as `goal list` shows it")
    states = ("open", "at_risk", "done", "dropped", "unlink")
    command.add_argument("state", nargs="?", choices=states, help="how it stands now")
    _pair_of(command)


def _pulse(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    command.add_argument("answer", nargs="?", choices=("yes", "partly", "no"))
    command.add_argument("--change", help="what to do differently: comes onto the next agenda")
    command.add_argument("--show", choices=("yes", "no"), help="let both see the answers")
    by_option(command)


def _reflect(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    command.add_argument("listened", choices=("mostly", "evenly", "hardly"), nargs="?")
    command.add_argument("--text", help="a thought; nobody else reads it")
    by_option(command)


def _digest(command: argparse.ArgumentParser) -> None:
    command.add_argument("begins", metavar="FROM", help="first day, such as 2026-01-01")
    command.add_argument("ends", metavar="TO", help="last day")
    add = command.add_argument
    add("--strike", action="append", metavar="LINE", help="leave a line out (repeatable)")
    add("--unstrike", action="append", metavar="LINE", help="take it back in")
    add("--reword", action="append", nargs=2, metavar=("LINE", "TEXT"), help="say it otherwise")
    add("--add", action="append", metavar="TEXT", help="add a line of your own")
    add("--locale", choices=LOCALES, default="en", help="language of the headings")
    _pair_of(command)


SERIES: tuple[Command, ...] = (
    ("matches", "Show new series that may go on with old points.", "series:matches", by_option),
    ("relink", "Let a series go on with an old one's points.", "series:relink", _relink),
)
COMMANDS: tuple[Command, ...] = (
    ("export", "Write what is kept about a person.", "privacy:export", _export),
    ("pulse", "Say whether the last talk was useful.", "review:pulse", _pulse),
    ("reflect", "Think a talk over, for oneself alone.", "review:think", _reflect),
    ("digest", "Sum a period up for a review; nothing sends it.", "review:digest", _digest),
    ("erase", "Erase a person, with two people's yes.", "privacy:erase", _erase),
)
GROUPS: tuple[Group, ...] = (
    (
        "talk",
        "Times that fit, and what to do instead of cancelling.",
        (
            ("slots", "Propose times at which both can.", "talks:slots", _slots),
            ("bundle", "Propose fixed days for a manager's talks.", "talks:bundle", _bundle),
            ("offers", "Show cancelled talks that wait for an answer.", "talks:offers", by_option),
            ("answer", "Move, shorten, walk, keep or skip one.", "talks:answer", _answer),
            ("change", "Do it before anybody cancels.", "talks:change", _change_talk),
        ),
    ),
    (
        "goal",
        "Goals that live elsewhere, kept in sight.",
        (
            ("list", "Show a pair's goals.", "review:list_goals", _pair_of),
            ("link", "Link one.", "review:link", _goal_link),
            ("touch", "Say that it was spoken of, or how it stands.", "review:touch", _goal_touch),
        ),
    ),
    (
        "group",
        "Mailing groups that events invite in place of people.",
        (("set", "Say who is in one.", "people:group", _group_set),),
    ),
    (
        "cover",
        "Somebody is away: who does their open action items.",
        (
            (
                "list",
                "Show what could be offered, and what is offered to you.",
                "cover:show_all",
                by_option,
            ),
            ("offer", "As the manager: ask somebody of yours.", "cover:offer", _cover),
            ("answer", "Take it over, or say no.", "cover:answer", _cover_answer),
        ),
    ),
    (
        "change",
        "Somebody gets another manager.",
        (
            ("begin", "Say who, from whom, to whom, when.", "handover:begin", _begin),
            ("list", "Show what somebody may see of it.", "handover:show_all", by_option),
            ("release", "As the report: what passes on.", "handover:release", _release),
            ("promise", "What becomes of an open promise.", "handover:promise", _promise),
        ),
    ),
)
