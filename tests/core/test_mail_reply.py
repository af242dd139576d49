"""Replies by mail: own lines in, quotes and signatures out, and whom we believe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mail_reply import own_points, read_reply

SERVER = "mx.example.com"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("- Weiterbildung\n", ["Weiterbildung"]),
        ("Hallo Ben,\n\n- eins\n* zwei\n3. drei\n\nViele Grüße\nCarl", ["eins", "zwei", "drei"]),
        ("Weiterbildung\n\nCarl\n-- \nCarl Muster\nTel. 1", ["Weiterbildung", "Carl"]),
        ("Budget?\n\nOn 1 Dec 2026 at 09:00, us <v@x.example> wrote:\n> alt", ["Budget?"]),
        ("Budget?\n\nAm 01.12.2026 um 09:00 schrieb vieraugen:\n> alt\n> neu", ["Budget?"]),
        ("Budget?\nOn 1 Dec 2026 somebody\n<v@x.example> wrote:\n\nalt", ["Budget?"]),
        ("Budget?\n\n__________\nVon: us <v@x.example>\nalt", ["Budget?"]),
        ("Budget?\n-----Ursprüngliche Nachricht-----\nVon: x", ["Budget?"]),
        ("Budget?\n\nVon meinem iPhone gesendet\n", ["Budget?"]),
        ("Budget?\n\nSent from my phone", ["Budget?"]),
        ("> - alt\n- neu\n> alt 2", ["neu"]),
        ("[ ] offen\n- offen", ["offen"]),
        ("Am Montag reden wir über Urlaub", ["Am Montag reden wir über Urlaub"]),
        ("> nur Zitat", []),
        ("", []),
    ],
)  # fmt: skip
@pytest.mark.capability("F-36")
def test_only_the_writers_own_lines_are_points(text: str, points: list[str]) -> None:
    assert list(own_points(text)) == points


def mail(*headers: str, body: str = "- Weiterbildung", kind: str = "text/plain") -> bytes:
    lines = [
        "From: Carl <Carl@example.com>",
        "Message-ID: <r1@example.com>",
        "In-Reply-To: <m1@v.example>",
        f"Content-Type: {kind}; charset=utf-8",
        *headers,
        "",
        body,
    ]
    return "\r\n".join(lines).encode()


def test_a_reply_says_who_and_to_what() -> None:
    reply = read_reply(mail("References: <m0@v.example> <m1@v.example>"), SERVER)

    assert (reply.sender, reply.message_id) == ("carl@example.com", "<r1@example.com>")
    assert reply.answers == ("<m1@v.example>", "<m0@v.example>")
    assert reply.points == ("Weiterbildung",)
    assert not reply.is_automatic
    assert not reply.is_vouched_for


def test_html_is_read_without_what_is_quoted() -> None:
    body = "<style>x</style><ul><li>eins</li><li>zwei</li></ul><blockquote>alt</blockquote>"

    assert read_reply(mail(body=body, kind="text/html"), SERVER).points == ("eins", "zwei")


@pytest.mark.parametrize(
    ("header", "believed"),
    [
        ("mx.example.com; dkim=pass header.d=example.com", True),
        ("mx.example.com; spf=pass smtp.mailfrom=carl@example.com", True),
        ("mx.example.com; dmarc=pass (p=none) header.from=example.com", True),
        ("mx.example.com 1; spf=fail; dkim=pass header.d=example.com", True),
        ("mx.example.com; dkim=pass header.d=evil.example", False),
        ("mx.example.com; dkim=fail header.d=example.com", False),
        ("mx.example.com; dkim=pass header.d=ample.com", False),
        ("mx.example.com; spf=pass smtp.mailfrom=x@evil.example", False),
        ("mx.example.com; dmarc=pass header.from=evil.example", False),
        ("evil.example; dkim=pass header.d=example.com", False),
        ("mx.example.com.evil.example; dkim=pass header.d=example.com", False),
        ("mx.example.com", False),
        ("mx.example.com; none", False),
        ("mx.example.com; x=(dkim=pass header.d=example.com)", False),
    ],
)
@pytest.mark.capability("US-2")
def test_only_our_own_servers_word_counts(header: str, believed: bool) -> None:
    raw = mail(f"Authentication-Results: {header}")

    assert read_reply(raw, SERVER).is_vouched_for is believed
    assert read_reply(raw, "").is_vouched_for is False


def test_a_forged_result_below_the_servers_own_is_not_read() -> None:
    raw = mail(
        "Authentication-Results: mx.example.com; dkim=fail header.d=example.com",
        "Authentication-Results: mx.example.com; dkim=pass header.d=example.com",
    )

    assert not read_reply(raw, SERVER).is_vouched_for


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "List-Id: <x.example>",
        "Return-Path: <>",
        "X-Autoreply: yes",
    ],
)
def test_what_a_machine_wrote_is_no_point(header: str) -> None:
    assert read_reply(mail(header), SERVER).is_automatic
    assert not read_reply(mail("Auto-Submitted: no"), SERVER).is_automatic


def test_two_senders_are_none() -> None:
    assert read_reply(mail("From: eve@evil.example"), SERVER).sender == ""
    two = mail().replace(b"Carl@example.com>", b"a@example.com>, <b@example.com>")
    assert read_reply(two, SERVER).sender == ""


@given(st.binary(max_size=400))
def test_garbage_raises_nothing(raw: bytes) -> None:
    for text in (raw, mail() + raw, b"Content-Type: text/html\r\n" + raw, b"From: " + raw):
        read_reply(text, SERVER)
