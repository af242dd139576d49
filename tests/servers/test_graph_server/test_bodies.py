"""Bodies: the shell, broken lines, what is stripped, the text form, the Teams block."""

from __future__ import annotations

import re

import pytest

from tests.servers.graph import body_store, teams_block
from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY, NEXT


def test_fragment_comes_back_inside_a_shell_with_crlf():
    stored = body_store.store_html("<p>Hello</p>\n<p>you</p>")

    assert stored.startswith("<html>\r\n<head>\r\n<meta http-equiv=")
    assert stored.endswith("\r\n</body>\r\n</html>\r\n")
    assert "\n" not in stored.replace("\r\n", "")


def test_storing_what_was_read_changes_nothing():
    once = body_store.store_html(
        '<div style="margin:0"><a target="_blank" href="x">y</a></div>' * 9
    )

    assert body_store.store_html(once) == once


def test_long_lines_are_broken_inside_text_but_not_inside_tags():
    words = "word " * 40
    stored = body_store.store_html(f'<p title="{words}">{words}</p>')

    assert "word\r\n word" in stored
    assert f'title="{words}"' in stored


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<p data-id="7">x</p>', "<p>x</p>"),
        ("<p>x<!-- hidden --></p>", "<p>x</p>"),
        ("<p>x<script>alert(1)</script></p>", "<p>x</p>"),
        ('<p onclick="go()">x</p>', "<p>x</p>"),
        ('<input type="checkbox"> x', "x"),
        ('<a href="javascript:go()">x</a>', "<a>x</a>"),
        ('<a class="c" href="https://a.eu">x</a>', '<a href="https://a.eu" class="c">x</a>'),
        ('<a target="_blank" rel="noopener" href="h">x</a>', '<a href="h">x</a>'),
        ('<p id="a" class="b" title="c">x</p>', '<p id="a" class="b" title="c">x</p>'),
        (
            '<p style="margin:0;font-weight:700">x</p>',
            '<p style="margin:0px; font-weight:bold">x</p>',
        ),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)  # fmt: skip
def test_markup_is_written_anew(written, read):
    stored = body_store.store_html(written)

    assert re.search(r"<body>\r\n(.*)\r\n</body>", stored, re.S)[1] == read


def test_text_becomes_html(graph, api, series):
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, MONDAY)}"
    body = {"body": {"contentType": "text", "content": "- one\n  two <x>"}}

    shown = api("PATCH", path, json=body).json()["body"]

    assert shown["contentType"] == "html"
    assert "<!-- converted from text -->" in shown["content"]
    assert "- one<br>\r\n&nbsp;&nbsp;two &lt;x&gt;" in shown["content"]


def test_text_form_draws_bullets_and_writes_links_out(graph, api, series):
    graph.ui.edit_body(
        BEN, series, NEXT, '<ul><li>a</li><li><a href="https://x.example/">b</a></li></ul>'
    )
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, NEXT)}"

    shown = api.get(path, Prefer='outlook.body-content-type="text"')["body"]

    assert shown == {"contentType": "text", "content": "  *   a\r\n  *   b<https://x.example/>"}


def test_preview_is_255_signs_of_text(graph, api, series):
    graph.ui.edit_body(BEN, series, MONDAY, "<p>" + "abc " * 100 + "</p>")
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, MONDAY)}"

    assert len(api.get(path)["bodyPreview"]) == 255


def test_online_meeting_has_its_link_in_the_body(graph, api, series):
    shown = api.get(f"/users/{BEN}/events/{graph.event_id(BEN, series)}")
    content = shown["body"]["content"]

    assert teams_block.has_block(content, shown["onlineMeeting"]["joinUrl"])
    assert content.count("_" * 80) == 2
    assert content.index("Hi") < content.index("meet_invite_block.action.join_link")


@pytest.fixture
def online(graph, api, series):
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, MONDAY)}"

    def patch(content):
        body = {"body": {"contentType": "html", "content": content}}
        return api("PATCH", path, json=body).json()

    return patch, api.get(path)["body"]["content"]


def test_body_that_keeps_the_block_keeps_the_meeting_online(graph, online):
    patch, old = online

    shown = patch(old.replace("Hi", "Hello"))

    assert shown["isOnlineMeeting"] is True
    assert "Hello" in shown["body"]["content"]


def test_body_without_the_block_takes_the_meeting_offline_and_on_again(graph, online, series):
    patch, _ = online

    first, second = patch("<p>Agenda</p>"), patch("<p>Agenda 2</p>")

    assert (first["isOnlineMeeting"], first["onlineMeeting"]) == (False, None)
    assert second["isOnlineMeeting"] is True
    assert graph.ui.view(ANNA, series, NEXT).props["isOnlineMeeting"] is True


def test_body_without_the_block_may_get_another_link(graph, online, series):
    patch, _ = online
    graph.state.tenant.blob_loss = "mint"
    old = graph.ui.view(BEN, series, MONDAY).props["joinUrl"]

    shown = patch("<p>Agenda</p>")

    assert shown["onlineMeeting"]["joinUrl"] != old
    assert teams_block.has_block(shown["body"]["content"], shown["onlineMeeting"]["joinUrl"])


def test_word_leaves_text_links_and_join_link(graph, api, series):
    graph.ui.edit_body(
        BEN, series, MONDAY, lambda old: old.replace("<p>Hi</p>", '<ul><li id="a">x</li></ul>')
    )

    graph.ui.edit_in_word(BEN, series, MONDAY)

    after = graph.ui.body(BEN, series, MONDAY)
    assert 'id="a"' not in after
    assert "WordSection1" in after
    assert graph.ui.view(BEN, series, MONDAY).props["isOnlineMeeting"] is True
