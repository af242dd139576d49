"""Debian's Postfix on loopback, with one transport: the recipe's own lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.errors import Unavailable
from tests.servers import skip_or_fail
from webhook_app.embedded.process import answers, free_port

PROGRAM = Path("/usr/sbin/postfix")
HINT = "apt-get install --no-install-recommends postfix curl"
ADDRESS = "vieraugen@one.example.com"
# Ends it when the pipe to us breaks: no test run, however it ends, leaves one behind.
WATCHER = """\
import subprocess, sys
quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
subprocess.run([*sys.argv[1:], "start"], **quiet)
sys.stdin.buffer.read()
subprocess.run([*sys.argv[1:], "stop"], **quiet)
"""
MAIN = """\
compatibility_level = 3.6
config_directory = {folder}/etc
queue_directory = {folder}/spool
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
smtpd_peername_lookup = no
relay_domains = one.example.com
transport_maps = inline:{{ {{ {address} = vieraugen: }} }}
default_transport = discard:
message_size_limit = 20000000
maillog_file = {folder}/data/mail.log
maillog_file_prefixes = {folder}
"""
MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """One instance with its own queue; what is for nobody here is thrown away."""

    def __init__(self, transport: str) -> None:
        """`transport`: the lines of master.cf that name the transport `vieraugen`."""
        if not PROGRAM.exists() or shutil.which("curl") is None:
            skip_or_fail("Postfix", HINT)
        if os.geteuid() != 0:
            skip_or_fail("Postfix", "run the tests as root: its master process needs it")
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.folder.chmod(0o755)
        for name in ("etc", "spool", "data"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        main = MAIN.format(folder=self.folder, address=ADDRESS)
        (self.folder / "etc" / "main.cf").write_text(main)
        master = MASTER.format(port=self.port)
        (self.folder / "etc" / "master.cf").write_text(f"{master}{transport.strip()}\n")
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        words = [str(PROGRAM), "-c", str(self.folder / "etc")]
        process = subprocess.Popen(
            [sys.executable, "-c", WATCHER, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            if answers(self.port):
                return process
            time.sleep(0.05)
        raise Unavailable(f"Postfix does not start: {self.log()}")

    def log(self) -> str:
        """Return what it has logged."""
        path = self.folder / "data" / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def ended(self, count: int) -> list[str]:
        """Return how so many mails to us ended: sent, deferred or bounced."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            lines = [line for line in self.log().splitlines() if f"to=<{ADDRESS}>" in line]
            found = [line.partition("status=")[2].split()[0] for line in lines]
            if len(found) >= count:
                return found
            time.sleep(0.05)
        raise Unavailable(f"Postfix did not deliver: {self.log()}")

    def stop(self) -> None:
        """End it and remove its folder."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
