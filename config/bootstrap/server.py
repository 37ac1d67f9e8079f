"""Serve a database: find the port free, start Odoo, wait until it answers, say where it is."""

import os
import runpy
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import databases, layout, manifests, odoo, overlay, postgres, system, templates
from .progress import SetupError, Step, say


def check_port(host=layout.HTTP_HOST, port=layout.HTTP_PORT):
    """Fail with one clear line when somebody else listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} on {host} is taken: end the program that listens there, or choose another: "
                f"ERP_HTTP_PORT={port + 100} ./erp up"
            ) from error


class Server:
    """An Odoo server for one database; a context manager that ends it."""

    def __init__(self, database, port=layout.HTTP_PORT, log="server", extra=()):
        self.database = database
        self.port = port
        self.url = f"http://{layout.HTTP_HOST}:{port}"
        self.log = layout.LOGS / f"{log}.log"
        self.extra = extra

    def __enter__(self):
        check_port(port=self.port)
        layout.LOGS.mkdir(parents=True, exist_ok=True)
        arguments = ["-d", self.database, f"--http-port={self.port}", f"--gevent-port={self.port + 3}", *self.extra]
        with self.log.open("w", encoding="utf-8") as file:
            self.process = subprocess.Popen(
                odoo.mortal(odoo.command(*arguments)), env=odoo.environment(), cwd=layout.ROOT,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal reaches us; we end Odoo in order.
                start_new_session=True,
            )  # fmt: skip
        with Step("Starting Odoo", "10 s"):
            self._await()
        return self

    def _await(self, seconds=120):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise SetupError(f"Odoo stopped at its start; the last lines of {self.log} say why.")
            try:
                with urllib.request.urlopen(f"{self.url}/web/health", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        raise SetupError(f"Odoo did not answer on {self.url} in {seconds} s; see {self.log}.")

    def __exit__(self, kind, error, trace):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        return False


def up():
    """Bring up everything that is missing, serve the demo company until Ctrl-C; safe to repeat."""
    began = time.monotonic()
    check_port()
    try:
        system.ensure()
    except SetupError as problem:
        # All but printing works without them.
        say(f"! PDFs cannot be printed yet: {problem}")
    postgres.start()
    odoo.write_conf()
    overlay.link()
    if templates.exists(layout.DATABASE):
        databases.follow_sources(layout.DATABASE)
    else:
        databases.create(layout.DATABASE, "demo")
    with Server(layout.DATABASE) as server:
        say(f"\nReady in {time.monotonic() - began:.0f} s: {server.url}\n")
        for login, password, who in logins():
            say(f"  {login:<12} {password:<12} {who}")
        say("\nCtrl-C ends it; `./erp stop` also ends PostgreSQL.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.process.wait()
        except KeyboardInterrupt:
            say("ending")
            return 0
    raise SetupError(f"Odoo stopped; the last lines of {server.log} say why.")


def logins():
    """Return (login, password, who) of the demo users, read from the demo module without importing Odoo."""
    folder = layout.own_modules()[manifests.DEMO]
    names = runpy.run_path(str(folder / "logins.py"))
    return [(login, names["PASSWORD"], f"{who} — {what}") for login, who, what in names["LOGINS"]]
