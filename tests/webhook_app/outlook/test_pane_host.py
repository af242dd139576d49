"""The pane itself in Chromium, in doubles of Outlook and Teams: signs in, shows the open 1:1."""

from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from core.service.run import sync_once
from tests.webhook_app.outlook.conftest import ANNA, BEN
from tests.webhook_app.outlook.test_open_event import House
from webhook_app.jobs.clock import utc_now

HOST = (Path(__file__).parent / "office_host.js").read_text(encoding="utf-8")
PICTURES = os.environ.get("VIERAUGEN_PANE_PICTURES", "")
"""A folder for pictures of every state that is tried."""
TEAMS = "https://teams.microsoft.com/_"
PATIENCE = 40_000
"""Milliseconds to wait at most, on a machine with much else to do."""
NARROW = {"width": 320, "height": 640}

pytestmark = pytest.mark.browser


@pytest.fixture
def house(graph, app, command, secret_file, browser):
    command("connect", "outlook", "--secret-file", secret_file, "--person", BEN)
    command("connect", "outlook", "--person", ANNA, "--locale", "de")
    made = House(graph, app)
    server = make_server("127.0.0.1", 0, made.client.application, threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    made.root, made.browser = f"http://127.0.0.1:{server.server_port}", browser
    yield made
    server.shutdown()
    server.server_close()
    thread.join(5)


def ews(house, person, day=None):
    """An id as Office.js says it."""
    return house.event(person, day).replace("-", "/").replace("_", "+")


def bearer(house, person):
    user = house.graph.state.tenant.mailbox(person).user_id
    claims = {"oid": user, "scp": "access_as_user", "preferred_username": person}
    return house.graph.tokens.mint(house.graph.app_id, **claims)


class Pane:
    """A pane in its host."""

    def __init__(self, house, person, *, path="/pane/outlook", locale="en-GB", dark=False, **said):
        self._context = house.browser.new_context(
            viewport=NARROW,
            locale=locale,
            color_scheme="dark" if dark else "light",
            ignore_https_errors=True,  # Entra ID's stand-in has a CA of its own
        )
        self.page = self._context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        wanted = {"bearer": bearer(house, person), "open_": None} | said
        lines = "".join(f"window.{name} = {json.dumps(value)};" for name, value in wanted.items())
        self.page.add_init_script(lines)
        for address in ("https://appsforoffice.microsoft.com/**", "https://res.cdn.office.net/**"):
            self._context.route(address, self._library)
        if path.startswith("/pane/teams"):  # a tab is always in a frame
            inner = f'<iframe src="{house.root}{path}" width=300 height=600>'
            outer = f"<!doctype html><title>Teams</title>{inner}"
            self.page.route(TEAMS, lambda r: r.fulfill(body=outer, content_type="text/html"))
            self.page.goto(TEAMS)
            self.frame = self.page.frames[1]
        else:
            self.page.goto(house.root + path)
            self.frame = self.page.main_frame

    def _library(self, route):
        route.fulfill(body=HOST, content_type="text/javascript")

    def told(self, text):
        self.frame.get_by_role("heading", name=text).wait_for(timeout=PATIENCE)
        return self

    def page_shown(self, part):
        """Wait until the inner page is one whose address ends so."""
        inner = self.frame.locator("#frame:not([hidden])")
        inner.wait_for(timeout=PATIENCE)
        frame = inner.element_handle().content_frame()
        frame.wait_for_url(lambda url: part in url, timeout=PATIENCE)
        frame.wait_for_load_state()
        return frame

    def closed(self, name=""):
        """Take the picture, look for what would be cut off, and close it."""
        assert self.errors == []
        for frame in self.page.frames:
            frame.wait_for_load_state()
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            frame.wait_for_function(f"{wide} <= 0", timeout=PATIENCE)
        if PICTURES and name:
            self.page.screenshot(path=f"{PICTURES}/{name}.png")
        self._context.close()


def test_reader_and_writer_see_the_found_one_say_yes_and_are_in_its_agenda(house):
    """Anna reads the event; Ben has it open to write, and the pane follows what he selects."""
    reader = Pane(house, ANNA, open_={"itemId": ews(house, ANNA)}, locale="de-DE")
    page = reader.page_shown("/preview/")
    assert page.get_by_role("button", name="Ja").is_visible()
    reader.closed("found-light")

    first, second = house.first.date(), house.first.date() + timedelta(days=7)
    opened = {"itemId": ews(house, BEN, first), "seriesId": ews(house, BEN), "compose": True}
    writer = Pane(house, BEN, open_=opened, dark=True)
    page = writer.page_shown("/preview/")
    page.get_by_role("button", name="Yes").click(timeout=PATIENCE)
    page = writer.page_shown("/talk/")
    assert "itemChanged" in writer.page.evaluate("window.calls")
    sync_once(house.app.services, utc_now())
    writer.page.evaluate("o => window.select(o)", {"itemId": ews(house, BEN, second)})
    writer.frame.get_by_text("The agenda stands in").wait_for(timeout=PATIENCE)
    writer.closed("talk-dark")


def what_has_no_agenda_is_said_and_the_overview_is_one_press_away(house):
    pane = Pane(house, BEN, open_={"compose": True}, locale="en-GB")
    pane.told("This event is not saved yet")
    assert pane.frame.get_by_role("button", name="Try again").is_visible()
    pane.frame.get_by_role("button", name="My 1:1s").click()
    pane.page_shown("/me/")
    pane.page.evaluate("window.select(null)")
    pane.page_shown("/me/")
    pane.closed()


BROKEN = [
    ("de-DE", False, {"withoutBridge": True, "withoutDialog": True},
     "Dieses Outlook kann Sie hier nicht anmelden", "Im Browser öffnen"),
    ("en-GB", True, {"refusals": {"GetToken": "DISABLED"}, "withoutDialog": True},
     "This Outlook cannot sign you in", "Open in the browser"),
    ("en-GB", False, {"noHost": True}, "Open this from Outlook or Teams", "Open in the browser"),
    ("de-DE", True, {"refusals": {"GetToken": "PERSISTENT_ERROR"}}, "Sie sind nicht angemeldet",
     "Anmelden"),
    ("en-GB", False, {"bearer": "a.b.c"}, "Your sign-in does not hold here", "Sign in"),
]  # fmt: skip


def test_sign_in_that_fails_says_so_and_what_to_do(house):
    for locale, dark, said, title, offers in BROKEN:
        pane = Pane(house, ANNA, locale=locale, dark=dark, **said).told(title)

        offered = pane.frame.locator("button:visible, a.button:visible").all_inner_texts()
        assert offers in offered
        assert not {"My 1:1s", "Meine 1:1"} & set(offered)
        pane.closed(f"{title[:12].strip().replace(' ', '-')}-{'dark' if dark else 'light'}")
    refused_quietly_the_person_is_asked_by_a_press(house)
    what_has_no_agenda_is_said_and_the_overview_is_one_press_away(house)


def refused_quietly_the_person_is_asked_by_a_press(house):
    refusals = {"GetToken": "USER_INTERACTION_REQUIRED"}
    pane = Pane(house, ANNA, refusals=refusals).told("You are not signed in")

    pane.frame.get_by_role("button", name="Sign in").click()

    pane.page_shown("/me/")
    assert pane.page.evaluate("window.calls").count("GetTokenPopup") == 1
    pane.closed()


@pytest.mark.parametrize(
    "said", [{"withoutBridge": True}, {"refusals": {"GetInitContext": "DISABLED"}}]
)
def test_outlook_without_nested_app_auth_signs_in_by_a_window_of_its_own(house, said):
    pane = Pane(house, ANNA, address=ANNA, **said).told("You are not signed in")

    pane.frame.get_by_role("button", name="Sign in").click()

    pane.page_shown("/me/")
    assert pane.page.evaluate("window.calls").count("close") == 1
    pane.page.evaluate("window.select(null)")  # the token is kept: nobody signs in twice
    pane.page_shown("/me/")
    assert pane.page.evaluate("window.calls").count("/pane/dialog") == 1
    pane.closed()


FORGE = """m => {
  heard.dialogMessageReceived({ message: m, origin: location.origin });
  heard.dialogMessageReceived({ message: m, origin: 'https://evil.example.org' });
  heard.dialogMessageReceived({ message: 'no JSON' });
}"""


def test_window_that_lies_or_is_closed_signs_nobody_in_and_can_be_opened_again(house):
    pane = Pane(house, ANNA, withoutBridge=True).told("You are not signed in")

    with pane.page.expect_popup() as popup:
        pane.frame.get_by_role("button", name="Sign in").click()
    forged = {"nonce": "guessed", "token": bearer(house, BEN)}
    pane.page.evaluate(FORGE, json.dumps(forged))
    popup.value.close()  # nobody to sign in: without an address the stand-in says so
    pane.page.evaluate("heard.dialogEventReceived({ error: 12006 })")

    pane.told("You are not signed in")
    assert pane.frame.get_by_text("12006").is_visible()
    assert pane.frame.get_by_role("button", name="Sign in").is_visible()
    pane.closed()


def test_teams_shows_the_meeting_s_1_1_and_refuses_in_words(house):
    house.state(ANNA, event=house.event(ANNA))
    url = house.graph.ui.view(ANNA, house.uid).props["joinUrl"]
    thread = url.partition("meetup-join/")[2].partition("/")[0]
    chat = thread.replace("%3A", ":").replace("%40", "@")
    panel = Pane(house, ANNA, path="/pane/teams", teamsContext={"chat": {"id": chat}})
    panel.page_shown("/preview/")
    panel.closed("teams-panel")

    refused = Pane(house, ANNA, path="/pane/teams", refusals={"teams": "resourceRequiresConsent"})
    refused.told("You are not signed in")
    assert refused.frame.get_by_text("resourceRequiresConsent").is_visible()
    refused.closed("teams-refused")
