"""Every state of the pages, as a person reaches it: what is checked by axe and photographed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from playwright.sync_api import Browser, Page, Route

from tests.browser.house import House

SIZES = (320, 390, 768, 1280)
LANGUAGES = ("de", "en")
WORDS = {"de": "Schulung", "en": "training"}
REPORTS = {"de": "anna", "en": "cleo"}

Prepare = Callable[[Page], None]


def nothing(page: Page) -> None:
    """Leave the page as it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One thing that a person may see."""

    name: str
    part: str = ""
    """Behind the address of the 1:1; with a leading "~" behind the person's own address."""
    who: str = "report"
    series: str = "weekly"
    prepare: Prepare = nothing
    sizes: tuple[int, ...] = (390,)
    """Of its pictures; axe looks at 320 as well."""
    top: int = 0
    """So much of the page is photographed; 0: all of it."""
    dark: bool = False
    contrast: bool = False
    """High contrast: the system's few colours replace ours (`forced-colors`)."""
    paper: bool = False
    signed_in: bool = False
    strict: bool = False
    """Behind https: this browser is not known yet."""
    broken: bool = False


def _choose_who_sees(page: Page) -> None:
    page.locator("#a").fill("…")
    page.locator("#a").focus()


def _ask_whether_done(page: Page) -> None:
    entry = page.locator("li.row:not(.done):has(.sign.owner)").last.get_attribute("id") or ""
    page.goto(f"{page.url}/done/{entry.removeprefix('e-')}")


def _open_drawer(page: Page) -> None:
    page.locator(".part.report .more summary").first.click()


def _open_promise(page: Page) -> None:
    page.locator("#new-item > summary").click()


def _go_offline(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#a").fill("Homeoffice" if _is_german(page) else "Working from home")
    page.locator("#a").press("Enter")
    page.locator("ve-outbox li").wait_for()


def _be_slow(page: Page) -> None:
    page.evaluate("void (window.fetch = () => new Promise(() => {}))")
    page.locator("#a").fill("Homeoffice" if _is_german(page) else "Working from home")
    page.locator("#a").press("Enter")
    page.locator("ve-outbox li").wait_for()


def _be_refused(page: Page) -> None:
    why = "200 Einträge" if _is_german(page) else "this agenda has 200 entries"

    def refuse(route: Route) -> None:
        body = f'<main><p role="alert">{why}</p></main>'
        route.fulfill(status=422, content_type="text/html; charset=utf-8", body=body)

    page.route("**/do/**", refuse)
    page.locator("#a").fill("Homeoffice" if _is_german(page) else "Working from home")
    page.locator("#a").press("Enter")
    page.locator("ve-outbox [role=alert]").wait_for()


def _start_timer(page: Page) -> None:
    page.locator("ve-timer button").click()


def _write_decision(page: Page) -> None:
    page.locator(".jot summary").first.click()


def _ask_for_a_code(page: Page) -> None:
    """Open somebody's link in their second browser, which wants a code."""
    browser = page.context.browser
    assert browser is not None
    first = browser.new_page()
    first.goto(page.url)
    if first.locator("form[action$=open] button").count() > 0:
        first.locator("form[action$=open] button").click()
        first.wait_for_load_state()
    first.close()
    page.reload()


def _open_why(page: Page) -> None:
    for summary in page.locator(".aside .listen summary").all():
        summary.click()


def _open_others(page: Page) -> None:
    page.locator("#others summary").click()


def _is_german(page: Page) -> bool:
    return page.locator("html").get_attribute("lang") == "de"


LONG = "Dr. Maximiliane-Theodora von Hohenzollern-Sigmaringen-Wolkenkuckucksheim"
RIGHT_TO_LEFT = "نتحدث عن الإجازة في أغسطس مع Ben (v2)"


def _crowd(page: Page) -> None:
    """Put long names, and words of another direction, where names and words stand; and many."""
    page.evaluate(
        """([name, words]) => {
            const names = document.querySelectorAll("h1, .part > h2, .sign.owner, .me .wide");
            names.forEach((one, n) => {
                one.textContent = `${name} ${n}`;
            });
            const list = document.querySelector(".part.report .rows");
            const row = list.querySelector(".row");
            row.querySelector(".text").textContent = words;
            for (let n = 0; n < 12; n++) {
                const more = row.cloneNode(true);
                more.id = `more-${n}`;
                more.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
                more.querySelectorAll(".more, .lines").forEach((one) => one.remove());
                list.append(more);
            }
        }""",
        [LONG, RIGHT_TO_LEFT],
    )


TOP = 1400
PLAIN = (
    State(name="agenda", sizes=SIZES),
    State(name="agenda-manager", who="manager", sizes=(320, 1280), prepare=_open_why),
    State(name="agenda-print", paper=True, sizes=(768,)),
    State(name="agenda-empty", series="review"),
    State(name="agenda-signed-in", signed_in=True, top=TOP),
    State(name="agenda-crowded", prepare=_crowd, sizes=(320, 768), top=2000),
    State(name="adding", prepare=_choose_who_sees, top=TOP),
    State(name="drawer", prepare=_open_drawer, sizes=(320, 768), top=TOP),
    State(name="promise", prepare=_open_promise, sizes=(320,)),
    State(name="sending", prepare=_be_slow, top=TOP),
    State(name="offline", prepare=_go_offline, sizes=(320, 768), top=TOP),
    State(name="refused", prepare=_be_refused, top=TOP),
    State(name="meeting", part="/meet", prepare=_start_timer, sizes=(390, 768)),
    State(name="meeting-empty", part="/meet", series="review"),
    State(name="meeting-decision", part="/meet", prepare=_write_decision, who="manager"),
    State(name="walk", part="/walk", sizes=(320, 390)),
    State(name="done", prepare=_ask_whether_done),
    State(name="walk-empty", part="/walk", series="review"),
    State(name="inbox", part="/inbox"),
    State(name="history", part="/history", sizes=(390, 768)),
    State(name="history-found", part="/history?q={word}"),
    State(name="history-nothing", part="/history?q=xyz"),
    State(name="where", part="/where", sizes=(320, 768)),
    State(name="talk-settings", part="/settings"),
    State(name="review", part="/review"),
    State(name="review-signed-in", part="/review", signed_in=True),
    State(name="overview", part="~", who="manager", prepare=_open_others, sizes=SIZES),
    State(name="overview-report", part="~", sizes=(390, 1280)),
    State(name="overview-nobody", part="~", who="dora"),
    State(name="preview", part="~preview/{found}", sizes=(390, 1280)),
    State(name="settings", part="~settings", sizes=(320, 768)),
    State(name="insights", part="~insights", who="manager"),
    State(name="messages", part="~messages"),
    State(name="help", part="~help"),
    State(name="guide", part="~help/pay_report"),
    State(name="changes", part="~changes"),
    State(name="sign-in", part="/auth/sign-in"),
    State(name="first-visit", part="~", strict=True),
    State(name="other-device", part="~", who="manager", strict=True, prepare=_ask_for_a_code),
    State(name="not-found", part="~talk/nothing"),
    State(name="broken-link", broken=True),
)
AGAIN = (
    *("agenda", "drawer", "meeting", "walk", "history", "where"),
    *("overview", "settings", "offline"),
)
"""Shown in a dark system and in high contrast as well: each kind of part is on one of them."""


def _again(state: State, **how: bool) -> State:
    return replace(state, name=f"{state.name}-{'-'.join(how)}", sizes=(390,), top=TOP, **how)


ALL = (
    *PLAIN,
    *(_again(state, dark=True) for state in PLAIN if state.name in AGAIN),
    *(_again(state, contrast=True) for state in PLAIN if state.name in AGAIN),
    _again(PLAIN[0], contrast=True, dark=True),
)


def address_of(house: House, state: State, language: str) -> str:
    """Return where a state is found."""
    pair = REPORTS[language]
    login = {"report": pair, "manager": "ben"}.get(state.who, state.who)
    root = f"{house.url}/my/" if state.signed_in else house.link(login)
    if state.strict:
        root = root.replace(house.url, house.strict_url)
    if state.broken:
        return f"{house.url}/me/broken/"
    if state.part.startswith("/auth"):
        return house.url + state.part
    if state.part.startswith("~"):
        return root + state.part[1:].format(found=house.other_series("found", pair).series_id)
    series = house.series(pair) if state.series == "weekly" else house.other_series("review", pair)
    return f"{root}talk/{series.series_id}{state.part}".format(word=WORDS[language])


@contextmanager
def shown(
    browser: Browser, house: House, state: State, language: str, width: int
) -> Iterator[Page]:
    """Open a state in one language and size."""
    house.speaks("ben", language)
    house.speaks("dora", language)
    context = browser.new_context(
        viewport={"width": width, "height": 760},
        locale={"de": "de-DE", "en": "en-GB"}[language],
        color_scheme="dark" if state.dark else "light",
        reduced_motion="reduce",
        forced_colors="active" if state.contrast else "none",
    )
    if state.signed_in:
        login = house.cookie(REPORTS[language])
        context.add_cookies([{"name": "vieraugen", "value": login, "url": house.url}])
    page = context.new_page()
    if state.paper:
        page.emulate_media(media="print")
    page.goto(address_of(house, state, language))
    state.prepare(page)
    yield page
    page.unroute_all(behavior="ignoreErrors")
    context.close()


def every(sizes: Callable[[State], tuple[int, ...]]) -> list[tuple[State, str, int]]:
    """Return every state in both languages and in these sizes."""
    both = itertools.product(ALL, LANGUAGES)
    return [(state, language, size) for state, language in both for size in sizes(state)]
