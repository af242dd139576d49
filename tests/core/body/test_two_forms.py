"""A body that a host keeps as text and as HTML: which of the two is read."""

from __future__ import annotations

import pytest

from core.body.rich import forms_of
from core.model.calendar import Body, BodyForm

TEXT, RICH = "Hallo\nBudget", "<p>Hallo</p><p>Budget</p>"
EDITED, RICH_EDITED = "Hallo\nBudget 2", "<p>Hallo</p><p>Budget 3</p>"


@pytest.mark.parametrize(
    ("text", "rich", "base", "read"),
    [
        (TEXT, None, None, [TEXT]),
        (TEXT, RICH, None, [TEXT]),
        (TEXT, RICH, EDITED, [TEXT]),
        (EDITED, RICH, TEXT, [EDITED]),
        (TEXT, RICH_EDITED, TEXT, [TEXT, RICH_EDITED]),
        (EDITED, RICH_EDITED, TEXT, [EDITED, RICH_EDITED]),
        (EDITED, RICH_EDITED, None, [EDITED, RICH_EDITED]),
        (" \n", RICH, "", ["Hallo\nBudget"]),
        (" \n", RICH, None, [" \n", RICH]),
    ],
)
def test_what_somebody_edited_is_read_in_either_form(
    text: str, rich: str | None, base: str | None, read: list[str]
) -> None:
    known = None if base is None else Body(content=base)
    forms = forms_of(Body(content=text, rich=rich), known)

    assert [form.content for form in forms] == read
    assert [form.form for form in forms] == [BodyForm.TEXT, BodyForm.HTML][: len(forms)]
    assert all(form.rich is None for form in forms)
