"""Each of the two is reminded once before and once after, of what they may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import Unavailable
from core.memory.messages import MemoryMessages
from core.model.actions import ActionKind, ActionState
from core.model.agenda import Visibility
from core.model.calendar import IdempotencyKey
from core.model.mailed import ReceivedMail
from core.model.messages import Message, MessageRef
from core.model.settings import Channel
from core.ports import MessagePort
from core.service.edit import add_point
from core.service.run import run_due
from core.service.settings import change_person
from tests.core.builders import ANNA, BEN, NOW, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company


class Post:
    """Keeps what was sent; refuses once where told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[Channel, Message]] = []
        self.fails = 0

    def reach(self, address: str, channel: Channel) -> MessagePort | None:
        if channel is Channel.SLACK:
            return None
        return Port(self, channel)

    def of(self, address: str) -> list[Message]:
        return [message for _, message in self.sent if message.to == address]


class Port(MemoryMessages):
    """One channel of the post."""

    def __init__(self, post: Post, channel: Channel) -> None:
        super().__init__()
        self.post, self.channel = post, channel

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        if self.post.fails:
            self.post.fails -= 1
            raise Unavailable("the mail server failed")
        self.post.sent.append((self.channel, message))
        return super().send(message, key=key)


@pytest.fixture
def post(company: Company) -> Post:
    """A running series whose next talk is on Tuesday, two weeks ahead of a Monday."""
    made = Post()
    company.services = replace(
        company.services, reach=made.reach, page_of=lambda who: f"https://example.org/{who}"
    )
    company.now = NOW + 3 * WEEK - timedelta(days=4)
    company.say_yes()
    company.pass_meeting() if company.now > company.start() else None
    return made


def until(company: Company, days: float) -> None:
    """Let time pass hour by hour."""
    end = company.now + timedelta(days=days)
    while company.now < end:
        company.now += timedelta(hours=1)
        company.sync()


def chosen(company: Company, who: str, **what: object) -> None:
    with company.store.transaction() as tx:
        change_person(tx, who, now=company.now, **what)
    company.sync()


@pytest.mark.capability("SD-20", "SD-86", "C-07")
def test_sd_81_and_sd_86_one_before_with_the_agenda_and_the_report_first(
    company: Company, post: Post
) -> None:
    company.add_line(ANNA, "- Urlaub")
    company.sync()
    until(company, 5)

    assert [m.to for _, m in post.sent][:2] == [ANNA, BEN]
    (mail,) = post.of(ANNA)
    assert mail.subject.startswith("1:1 mit Ben: Dienstag")
    assert "Urlaub" in mail.body.text
    assert "Urlaub" in mail.body.html
    assert "Dieses Gespräch gehört dir" in mail.body.text
    assert mail.buttons[0].url == f"https://example.org/{ANNA}"
    assert f"https://example.org/{ANNA}/help/rollout_report" in mail.body.text
    assert "/help/rollout_manager" in post.of(BEN)[0].body.text


@pytest.mark.capability("F-19")
def test_one_after_names_what_was_agreed_and_is_silent_without(
    company: Company, post: Post
) -> None:
    until(company, 6)
    assert len(post.sent) == 2
    company.add_line(BEN, "TODO Ben: Budget klären", below="Ben")
    company.sync()
    until(company, 7)

    after = [m for m in post.of(BEN) if m.subject.startswith("Nach dem")]
    assert len(after) == 1
    assert "Das hast du zugesagt" in after[0].body.text
    assert "Budget klären" in after[0].body.text
    item = company.agenda().action_items[0].item_id
    done = f"https://example.org/{BEN}/talk/{company.series().series_id}/done/{item}"
    assert f"Erledigt? „Budget klären“: {done}" in after[0].body.text
    assert f'<a href="{done}">Erledigt? „Budget klären“</a>' in after[0].body.html
    assert not any("/done/" in mail.body.text for mail in post.of(ANNA))


def test_nothing_hidden_is_in_any_message(company: Company, post: Post) -> None:
    series_id = company.series().series_id
    for text, hidden in (("Gehalt", Visibility.SENSITIVE), ("Tagebuch", Visibility.PRIVATE)):
        add_point(company.services, series_id, text, by=ANNA, now=company.now, visibility=hidden)
    until(company, 5)

    assert post.sent
    for _, message in post.sent:
        words = message.subject + message.body.text + message.body.html
        assert "Gehalt" not in words
        assert "Tagebuch" not in words
    assert "(vertraulich, nur im Gespräch)" in post.of(BEN)[0].body.text


@pytest.mark.capability("C-36")
def test_us_6_nobody_on_leave_is_reminded(company: Company, post: Post) -> None:
    until(company, 1)
    chosen(company, ANNA, paused_from=company.now.date(), paused_until=date(2026, 9, 1))
    until(company, 8)

    assert post.sent == []


@pytest.mark.capability("C-24")
def test_switched_off_after_it_was_planned_it_does_not_come(company: Company, post: Post) -> None:
    chosen(company, ANNA, reminders=False)
    until(company, 5)

    assert post.of(ANNA) == []
    assert len(post.of(BEN)) == 1


def test_the_first_channel_that_there_is_carries_it(company: Company, post: Post) -> None:
    chosen(company, ANNA, channels=(Channel.SLACK, Channel.TEAMS, Channel.MAIL))
    until(company, 5)

    assert [channel for channel, m in post.sent if m.to == ANNA] == [Channel.TEAMS]


def test_a_talk_that_moves_is_announced_once(company: Company, post: Post) -> None:
    until(company, 5)
    assert len(post.of(ANNA)) == 1
    company.clients.move(BEN, UID, company.start(), slot(FIRST + 3 * WEEK + timedelta(days=2)))
    company.sync()
    until(company, 2)

    assert len(post.of(ANNA)) == 1


def test_a_failing_channel_is_tried_again_and_sends_once(company: Company, post: Post) -> None:
    post.fails = 2
    end = company.now + timedelta(days=5)
    while company.now < end:
        company.now += timedelta(hours=1)
        run_due(company.services, company.now)

    assert len(post.of(ANNA)) == 1
    with company.store.transaction() as tx:
        waiting = [a for a in tx.due_actions(company.now) if a.kind is ActionKind.MESSAGE]
        assert [a.state for a in waiting if a.state is not ActionState.DUE] == []


def test_html_in_a_point_is_words(company: Company, post: Post) -> None:
    add_point(
        company.services,
        company.series().series_id,
        "<img src=x onerror=alert(1)>",
        by=ANNA,
        now=company.now,
    )
    until(company, 5)

    assert "<img" not in post.of(BEN)[0].body.html


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("stranger", "kam von einer anderen Adresse"),
        ("too_big", "war zu groß"),
        ("empty", "keine eigene Zeile"),
        ("unverified", "nicht sicher von dir"),
        ("no_agenda", "keine Agenda führte"),
    ],
)
def test_a_refused_reply_is_told_in_the_next_mail_once(
    company: Company, post: Post, result: str, words: str
) -> None:
    with company.store.transaction() as tx:
        for number, (age, who) in enumerate([(1, ANNA), (1, ANNA), (40, ANNA), (1, BEN)]):
            at = company.now - timedelta(days=age)
            named = f"<{number}@evil.example>"
            what = result if number != 3 else "automatic"
            tx.put_noun(ReceivedMail(message_id=named, result=what, at=at, person=who))
    until(company, 14)

    first, second = (m for m in post.of(ANNA) if m.subject.startswith("1:1 mit"))
    assert first.body.text.count(words) == 1
    assert "evil" not in first.body.text + first.body.html
    assert words not in second.body.text
    assert all(words not in m.body.text for m in post.of(BEN))


def test_what_was_not_sent_is_not_told(company: Company, post: Post) -> None:
    company.services = replace(company.services, reach=lambda _who, _channel: None)
    with company.store.transaction() as tx:
        tx.put_noun(ReceivedMail(message_id="<1@x>", result="empty", at=company.now, person=ANNA))
    until(company, 5)

    with company.store.transaction() as tx:
        assert [mail.told for mail in tx.nouns(ReceivedMail, ANNA)] == [False]
