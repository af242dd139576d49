"""Prose of ours on a page."""

from __future__ import annotations

from webhook_app.pages.prose import prose


def test_paragraphs_lists_and_code_are_all_that_is_made() -> None:
    made = prose("Say `a<b`.\n\nScopes:\n- `read`: look\n- <i>write</i>")

    assert str(made) == (
        "<p>Say <code>a&lt;b</code>.</p><p>Scopes:</p>"
        "<ul><li><code>read</code>: look</li><li>&lt;i&gt;write&lt;/i&gt;</li></ul>"
    )
