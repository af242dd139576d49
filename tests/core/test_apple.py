"""iCloud is recognised, and who lives there is told what works instead of tasks (US-2, C-23)."""

from __future__ import annotations

from argparse import Namespace

import pytest

from adapters.caldav.discovery import Account
from adapters.caldav.settings import AuthKind, CaldavSettings
from core.apple import choices, is_icloud
from core.errors import InvalidInput
from core.model.tasks import TaskListId, TaskListInfo
from webhook_app.cli.setup import _task_list


@pytest.mark.parametrize(
    ("where", "is_so"),
    [
        ("carl@icloud.com", True),
        ("carl@me.com", True),
        ("https://caldav.icloud.com/", True),
        ("https://p42-caldav.icloud.com:443/1/calendars/", True),
        ("caldav.icloud.com", True),
        ("carl@noticloud.com", False),
        ("https://icloud.com.example.com/", False),
        ("https://cloud.example.com/icloud.com", False),
        ("carl@example.com", False),
        ("", False),
    ],
)
def test_c_23_icloud_is_known_by_address_and_by_server(where: str, is_so: bool) -> None:
    assert is_icloud(where) is is_so


def account(home: str) -> Account:
    settings = CaldavSettings(home=home, login="carl", auth=AuthKind.BASIC)
    lists = (TaskListInfo(list_id=TaskListId(f"{home}tasks/"), name="Tasks"),)
    return Account(settings=settings, addresses=(), calendars=(), task_lists=lists)


def args(**given: str) -> Namespace:
    return Namespace(**{"make_task_list": None, "task_list": None, **given})


def test_us_2_no_task_list_of_icloud_is_offered_and_it_says_what_else_works() -> None:
    there, elsewhere = "https://p42-caldav.icloud.com/1/", "https://dav.example.com/carl/"

    assert _task_list(args(), account(there), "x") is None
    assert _task_list(args(), account(elsewhere), "x") == f"{elsewhere}tasks/"
    for given in ({"task_list": f"{there}tasks/"}, {"make_task_list": "1:1"}):
        with pytest.raises(InvalidInput, match="another CalDAV server"):
            _task_list(args(**given), account(there), "x")


@pytest.mark.parametrize(
    ("locale", "word"), [("de", "Antworte"), ("de-Sie", "Antworten Sie"), ("fr", "Reply")]
)
def test_us_2_the_choices_are_said_in_ones_own_language(locale: str, word: str) -> None:
    said = choices(locale)

    assert len(said) == 4
    assert any(line.startswith(word) for line in said)
