"""The recipe for Postfix, line by line: a reply becomes a point, and nothing is lost on the way."""

from __future__ import annotations

import re
import shutil
import smtplib
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.servers.postfix import ADDRESS, Postfix
from tests.webhook_app.test_mail_hook import REPLY, SECRET, mailed, points
from tests.webhook_app.world import World, Worlds
from webhook_app.hooks.mail import BIGGEST

DOCS = Path(__file__).parents[2] / "docs" / "recipes"
pytestmark = pytest.mark.server


@pytest.fixture
def world(worlds: Worlds) -> World:
    made = worlds(mail_hook_secret=SECRET, imap_authserv="mx.example.com")
    mailed(made)
    return made


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """The app behind a door that can be told to fail."""
    door = Flask("door")
    door.wsgi_app = world.flask.wsgi_app  # type: ignore[method-assign]
    server = make_server("127.0.0.1", 0, door, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/mail"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def postfix(url: str) -> Iterator[Postfix]:
    """Postfix with the lines of docs/recipes/postfix.md; only places are other ones."""
    text = (DOCS / "postfix.md").read_text()
    found = re.search(r"^vieraugen unix .*\n  argv=.*$", text, re.M)
    secret = re.search(r"echo '(Authorization: .*)' >", text)
    assert found is not None
    assert secret is not None
    assert f"\n{ADDRESS} vieraugen:\n" in text
    lines = found[0].replace("https://one.example.com/hooks/mail", url)
    lines = lines.replace("/usr/local/bin/", "@folder@/").replace("/etc/vieraugen-", "@folder@/")
    places = Path(tempfile.mkdtemp(prefix="recipe-"))
    places.chmod(0o755)
    shutil.copy(DOCS / "vieraugen-mail.sh", places)
    held = places / "mail"
    held.write_text(secret[1].replace("THE-SECRET", SECRET) + "\n")
    held.chmod(0o400)
    shutil.chown(held, "nobody")
    server = Postfix(lines.replace("@folder@", str(places)))
    yield server
    server.stop()
    shutil.rmtree(places)


def send(postfix: Postfix, mail: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", postfix.port, timeout=20) as smtp:
        smtp.sendmail("anna@example.com", [ADDRESS], mail)


def test_a_reply_sent_to_postfix_is_a_point_and_each_refusal_ends_rightly(
    world: World, postfix: Postfix
) -> None:
    send(postfix, REPLY)
    assert postfix.ended(1) == ["sent"]
    assert points(world) == ["Weiterbildung"]

    giant = (b"> " + b"x" * 900 + b"\r\n") * (BIGGEST // 900)
    send(postfix, REPLY.replace(b"<r1@", b"<r2@") + giant)
    assert postfix.ended(2)[1] == "bounced"
    assert "please answer without attachments" in postfix.log()

    closed = replace(world.app.settings, mail_hook_secret="")
    world.flask.extensions["vieraugen"] = replace(world.app, settings=closed)
    send(postfix, REPLY.replace(b"<r1@", b"<r3@"))
    assert postfix.ended(3)[2] == "deferred"
    assert points(world) == ["Weiterbildung"]
