"""A web server in a process of its own, with the limits as they are."""

from __future__ import annotations

import sys

import waitress

from webhook_app.config import load
from webhook_app.web import create_app
from webhook_app.wiring import open_app


def main() -> None:
    """Serve until somebody kills us."""
    app = open_app(load(sys.argv[1]))
    server = waitress.create_server(create_app(app), host="127.0.0.1", port=0, threads=4)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main()
