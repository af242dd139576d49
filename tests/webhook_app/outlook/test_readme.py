"""What the README of Outlook says is what is done: from nothing to a working pair, least rights."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from pathlib import Path

from tests.webhook_app.outlook.conftest import ANNA, BEN
from tests.webhook_app.outlook.test_connect import make_certificate
from tests.webhook_app.outlook.test_open_event import tomorrow

README = Path(__file__).parents[3] / "adapters" / "outlook" / "README.md"
LEAST = ("Calendars.ReadWrite",)
"""Given in Exchange for one group; nothing is consented in Entra ID."""
NEEDED = {"connect", "doctor", "sync", "series list", "series preview", "series enable"}


def commands():
    """The commands of step 6, in their order."""
    text = README.read_text(encoding="utf-8")
    step = text.partition("6. **Connect.**")[2].partition("```")[2].partition("```")[0]
    joined = re.sub(r"\\\n\s+", "", step)
    lines = [line.strip() for line in joined.splitlines() if line.strip()]
    return [shlex.split(line.removeprefix("./vieraugen ")) for line in lines]


def test_its_commands_lead_to_an_agenda_in_both_calendars_with_the_least_rights(
    graph, command, tmp_path
):
    graph.tokens.app_roles = LEAST
    uid = graph.ui.create_series(BEN, [ANNA], subject="1:1", first=tomorrow(), body="Hi")
    certificate, key = make_certificate(tmp_path)
    graph.tokens.register_certificate(certificate.read_bytes())
    said = {"TENANT": graph.tenant_id, "CLIENT": graph.app_id}
    said |= {"app.pem": str(certificate), "app.key": str(key)}
    run = []

    for words in commands():
        if words[0] == "serve":  # what follows here by itself once it runs
            words = ["sync"]
        done = command(*(said.get(word, word) for word in words))
        assert done.code == 0, (words, done.out, done.err)
        run.append(" ".join(words[:2]) if words[0] == "series" else words[0])
        if words[:2] == ["series", "list"]:
            said["ID"] = re.findall(r"\b[0-9a-f]{16}\b", done.out)[0]

    assert set(run) >= NEEDED
    for person in (BEN, ANNA):
        assert "1:1 agenda" in graph.ui.body(person, uid, tomorrow().date())
    assert "1:1 agenda" not in graph.ui.body(BEN, uid, tomorrow().date() + timedelta(days=7))
    assert {call.status for call in graph.calls if call.status >= 500} == set()
