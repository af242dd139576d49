"""The Azure Function of the Power Automate recipe passes on the genuine and refuses the rest."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.service.deliver import signed
from tests.webhook_app.outgoing.receiver import Receiver
from tests.webhook_app.outgoing.test_recipes import BODY, ENDPOINT, RECIPES, SECRET

PLAY = """
const { handlers } = require('@azure/functions');
require('./function.js');
const { headers, body } = JSON.parse(process.argv[1]);
const request = new Request('http://127.0.0.1/', { method: 'POST', headers, body });
handlers.vieraugen.handler(request).then((answer) => console.log(JSON.stringify(answer)));
"""
STAND_IN = "exports.handlers = {}; exports.app = { http: (n, o) => { exports.handlers[n] = o; } };"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The page's code as it stands there, beside verify.js, with a stand-in for Azure's library."""
    code = re.search(r"```js\n(.*?)```", (RECIPES / "power-automate.md").read_text(), re.DOTALL)
    assert code is not None
    (tmp_path / "function.js").write_text(code[1])
    shutil.copy(RECIPES / "verify.js", tmp_path)
    library = tmp_path / "node_modules" / "@azure" / "functions"
    library.mkdir(parents=True)
    (library / "index.js").write_text(STAND_IN)
    return tmp_path


def status(folder: Path, headers: dict[str, str], body: str, flow: str) -> int:
    shown = subprocess.run(
        ["node", "-e", PLAY, json.dumps({"headers": headers, "body": body})],
        cwd=folder,
        env={**os.environ, "VIERAUGEN_SECRET": SECRET, "FLOW_URL": flow},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return int(json.loads(shown.stdout)["status"])


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_function_passes_on_what_is_genuine_alone(folder: Path, receiver: Receiver) -> None:
    now = datetime.fromtimestamp(int(time.time()), UTC)
    endpoint = replace(ENDPOINT, secrets=ENDPOINT.secrets[1:])
    endpoint = replace(endpoint, secrets=(replace(endpoint.secrets[0], until=None),))
    headers, body = signed(endpoint, "msg_1", BODY, now), BODY.decode()

    assert status(folder, headers, body, receiver.url) == 204
    (passed,) = receiver.bodies
    assert (passed["type"], passed["id"]) == ("point.added", "msg_1")
    assert status(folder, headers, body + " ", receiver.url) == 401
    assert status(folder, {}, body, receiver.url) == 401
    assert len(receiver.got) == 1
    receiver.answer(500)
    assert status(folder, headers, body, receiver.url) == 502
