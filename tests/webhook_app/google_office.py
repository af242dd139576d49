"""An installation and a Workspace beside it: what commands about Google are tried on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from adapters.google.scopes import SCOPES
from tests.servers.google import GoogleServer
from webhook_app.cli.main import main
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app

BEN, ANNA, CLEO = "ben@example.com", "anna@example.com", "cleo@example.com"
DELEGATED = tuple(each.scope for each in SCOPES if each.delegated)


@dataclass(slots=True)
class Office:
    """Commands run against this data folder and this stand-in."""

    server: GoogleServer
    data: Path
    key: dict[str, str]
    key_file: Path

    def run(self, *words: str) -> int:
        """Run a command of ours."""
        return main([*words, "--data", str(self.data)])

    def connect(self, *people: str) -> int:
        """Connect accounts with the service account's key."""
        named = [word for person in people for word in ("--person", person)]
        return self.run("connect", "google", "--key-file", str(self.key_file), *named)

    def open(self) -> App:
        """Open the installation."""
        settings = Settings(
            data=self.data,
            google_api_root=self.server.url,
            google_token_uri=self.server.token_uri,
        )
        return open_app(settings)


def make_office(server: GoogleServer, folder: Path, set_env: Callable[[str, str], None]) -> Office:
    """Set an installation up, and a service account with all that we ask for."""
    for address, name in ((BEN, "Ben"), (ANNA, "Anna"), (CLEO, "Cleo")):
        server.add_user(address, name)
    set_env("VIERAUGEN_GOOGLE_API_ROOT", server.url)
    set_env("VIERAUGEN_GOOGLE_TOKEN_URI", server.token_uri)
    key = server.service_account(*DELEGATED)
    key_file = folder / "key.json"
    key_file.write_text(json.dumps(key))
    key_file.chmod(0o600)
    made = Office(server=server, data=folder / "data", key=key, key_file=key_file)
    assert made.run("init") == 0
    return made
