"""`vieraugen connect outlook`: each road, and a clear sentence where one is closed."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from adapters.outlook import AppCertificate, AppSecret, Consent
from adapters.outlook.kept import read_secret
from tests.webhook_app.outlook.conftest import ANNA, BEN
from webhook_app.cli import sign_in


def connection_of(app, person):
    with app.store.transaction() as tx:
        return tx.connection(f"outlook:{person}"), tx.secret(f"outlook:{person}")


def make_certificate(folder: Path) -> tuple[Path, Path]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vieraugen")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    certificate, private = folder / "app.pem", folder / "app.key"
    certificate.write_bytes(made.public_bytes(pem))
    private.touch(mode=0o600)
    private.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
    return certificate, private


def test_without_anything_it_says_what_to_do(command):
    done = command("connect", "outlook")

    assert done.code == 2
    assert "New-ManagementRoleAssignment" in done.out


def test_secret_connects_several_mailboxes_and_is_known_from_then_on(
    graph, command, app, secret_file
):
    done = command("connect", "outlook", "--secret-file", secret_file, "--person", BEN, "--json")
    assert done.code == 0
    assert all(step["ok"] for step in done.json["steps"])

    again = command("connect", "outlook", "--person", ANNA)
    connection, secret = connection_of(app, ANNA)

    assert again.code == 0
    assert "ok   anna@example.com connection: kept" in again.out
    assert connection.calendars == ("outlook:anna@example.com",)
    assert connection.task_list
    assert connection.setting("graph_root") == graph.root
    assert read_secret(secret)[0] == AppSecret(secret=graph.secret)
    assert graph.secret not in again.out + again.err


def test_certificate_connects(graph, command, app, tmp_path):
    certificate, key = make_certificate(tmp_path)
    graph.tokens.register_certificate(certificate.read_bytes())

    done = command("connect", "outlook", "--certificate", str(certificate), "--key", str(key),
                   "--person", BEN)  # fmt: skip

    assert done.code == 0
    assert isinstance(read_secret(connection_of(app, BEN)[1])[0], AppCertificate)


def test_key_that_others_can_read_is_refused(command, app, tmp_path):
    certificate, key = make_certificate(tmp_path)
    key.chmod(0o644)

    done = command("connect", "outlook", "--certificate", str(certificate), "--key", str(key),
                   "--person", BEN)  # fmt: skip

    assert (done.code, connection_of(app, BEN)[0]) == (1, None)
    assert f"chmod 600 {key}" in done.err


def test_wrong_secret_is_named_and_keeps_nothing(command, app, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not the secret", encoding="utf-8")

    done = command("connect", "outlook", "--secret-file", str(wrong), "--person", BEN)

    assert done.code == 3
    assert "FAIL ben@example.com connection: Entra ID refused the app (AADSTS7000215)" in done.out
    assert connection_of(app, BEN) == (None, None)


def test_wrong_directory_and_mistyped_address_are_named(graph, command, app, secret_file):
    known = ("--secret-file", secret_file, "--person")

    lost = command("connect", "outlook", *known, "nobody@example.com")
    elsewhere = command("connect", "outlook", *known, BEN, "--tenant", "x", "--client", "y")

    assert "Microsoft 365 knows no such person: check the address" in lost.out
    assert "no such directory: check --tenant" in elsewhere.out, elsewhere.out
    assert connection_of(app, BEN) == (None, None)


def test_key_that_is_none_is_named(command, app, tmp_path):
    certificate, private = make_certificate(tmp_path)
    private.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")

    done = command("connect", "outlook", "--certificate", str(certificate), "--key", str(private),
                   "--person", BEN)  # fmt: skip

    assert "check the files of --certificate and --key" in done.out
    assert connection_of(app, BEN) == (None, None)


def test_mailbox_outside_the_scope_does_not_stop_the_others(graph, command, app, secret_file):
    graph.add_mailbox("cleo@example.com", "Cleo Clarke", reachable=False)

    done = command("connect", "outlook", "--secret-file", secret_file, "--person",
                   "cleo@example.com", "--person", BEN)  # fmt: skip

    assert done.code == 3
    assert "management scope" in done.out
    assert connection_of(app, "cleo@example.com")[0] is None
    assert connection_of(app, BEN)[0] is not None


def test_without_the_right_to_tasks_the_calendar_still_connects(graph, command, app, secret_file):
    graph.tokens.app_roles = ("Calendars.ReadWrite",)

    done = command("connect", "outlook", "--secret-file", secret_file, "--person", BEN)

    assert done.code == 0
    assert "Action items stay on the agenda." in done.out
    assert connection_of(app, BEN)[0].task_list is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--certificate", "app.pem"), "both --certificate FILE and --key FILE"),
        ((), "say how the app proves itself"),
        (("--secret-file", "/no/such/file"), "cannot be read"),
    ],
)
def test_what_is_missing_is_named(command, words, sentence):
    done = command("connect", "outlook", "--person", BEN, *words)

    assert done.code == 1
    assert sentence in done.err


def test_unknown_task_list_is_named(command, secret_file):
    done = command("connect", "outlook", "--secret-file", secret_file, "--person", BEN,
                   "--task-list", "Nowhere")  # fmt: skip

    assert done.code == 3
    assert "--task-list Nowhere: this person has Tasks" in done.out


def test_reconnecting_keeps_what_signs_the_subscriptions(command, app, secret_file):
    words = ("connect", "outlook", "--secret-file", secret_file, "--person", BEN)
    command(*words)
    before = read_secret(connection_of(app, BEN)[1])[1]

    command(*words)

    assert read_secret(connection_of(app, BEN)[1])[1] == before != b""


def browser(graph, monkeypatch, *, person=BEN, change=None):
    """Do what a person's browser does, in a thread, as soon as the address is known."""
    plain = sign_in._Server.handle_until
    threads = []

    def handled(server, patience):
        thread = threading.Thread(target=signs_in, args=(server,))
        thread.start()
        threads.append(thread)
        plain(server, patience)

    def signs_in(server):
        uri = flows[0]["auth_uri"].replace(quote(BEN), quote(person))
        page = requests.get(uri, verify=graph.ca_file, timeout=10).text
        answer = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page)) | (change or {})
        port = server.server_port
        requests.get(f"http://127.0.0.1:{port}/favicon.ico", timeout=10)
        requests.post(f"http://127.0.0.1:{port}{sign_in.PATH}", data=answer, timeout=10)

    from adapters.outlook import auth

    flows = []
    begin = auth.begin_consent
    monkeypatch.setattr(sign_in._Server, "handle_until", handled)
    monkeypatch.setattr(auth, "begin_consent", lambda *a: flows.append(begin(*a)) or flows[-1])
    return threads


def test_one_person_s_own_consent(graph, command, app, monkeypatch):
    threads = browser(graph, monkeypatch)

    done = command("connect", "outlook", "--sign-in", "--person", BEN)
    threads[0].join(10)

    assert done.code == 0
    assert isinstance(read_secret(connection_of(app, BEN)[1])[0], Consent)


def test_consent_of_somebody_else_is_refused(graph, command, app, monkeypatch):
    threads = browser(graph, monkeypatch, person=ANNA)

    done = command("connect", "outlook", "--sign-in", "--person", BEN)
    threads[0].join(10)

    assert (done.code, connection_of(app, BEN)[0]) == (3, None)
    assert "anna@example.com has signed in and not ben@example.com" in done.out


def test_answer_that_was_not_asked_for_is_refused(graph, command, app, monkeypatch):
    threads = browser(graph, monkeypatch, change={"state": "forged"})

    done = command("connect", "outlook", "--sign-in", "--person", BEN)
    threads[0].join(10)

    assert (done.code, connection_of(app, BEN)[0]) == (3, None)
    assert "not begun here" in done.out
