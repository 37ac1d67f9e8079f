"""Run Odoo's own command line with our configuration, and read its log while it works."""

import configparser
import os
import re
import shutil
import subprocess

from . import layout, logs, odoo_source, postgres
from .progress import SetupError

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


def write_conf():
    """Write .erp/odoo.conf: the shared settings and this machine's paths."""
    conf = configparser.ConfigParser(interpolation=None)
    conf.read(layout.CONFIG / "odoo.conf", encoding="utf-8")
    options = conf["options"]
    env = postgres.environment()
    addons = [*odoo_source.addons_paths(), *layout.module_roots()]
    options["addons_path"] = ",".join(str(path) for path in addons)
    options["data_dir"] = str(layout.DATA)
    options["db_host"] = env["PGHOST"]
    options["db_port"] = env["PGPORT"]
    options["db_user"] = env["PGUSER"]
    options["http_interface"] = layout.HTTP_HOST
    options["http_port"] = str(layout.HTTP_PORT)
    options["gevent_port"] = str(layout.GEVENT_PORT)
    if os.environ.get("PGPASSWORD"):
        options["db_password"] = os.environ["PGPASSWORD"]
    layout.DATA.mkdir(parents=True, exist_ok=True)
    # Two commands may write it at the same time.
    fresh = layout.CONF.with_suffix(f".{os.getpid()}.new")
    with fresh.open("w", encoding="utf-8") as file:
        conf.write(file)
    fresh.chmod(0o600)
    fresh.replace(layout.CONF)


def environment():
    """Return the environment of an Odoo process: the database's address, our configuration."""
    return {**os.environ, **postgres.environment(), "ODOO_RC": str(layout.CONF)}


def command(*arguments):
    """Return the argument list that starts Odoo with ``arguments``, for example ``db duplicate a b``."""
    return [str(layout.PYTHON), "-m", "odoo", *arguments]


def mortal(arguments):
    """Return ``arguments`` so that the process ends when we are killed, where the machine can do that (Linux).

    Else an Odoo that nobody watches would go on building a database that the next run takes up.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *arguments] if setpriv else arguments


def run(arguments, title, step=None, allowed=logs.ALLOWED):
    """Run Odoo to its end; show the module it loads; fail on a WARNING or ERROR in its log that nobody allowed.

    :param arguments: of Odoo's command line, without the program.
    :param title: names the log file in .erp/logs.
    :raises SetupError: with the first offending line.
    """
    layout.LOGS.mkdir(parents=True, exist_ok=True)
    path = layout.LOGS / f"{title}.log"
    process = subprocess.Popen(
        mortal(command(*arguments)), env=environment(), cwd=layout.ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            found = LOADING.search(line)
            if found and step:
                step.at(f"module {found[2]} of {found[3]}: {found[1]}")
    if process.wait():
        raise SetupError(f"Odoo stopped with code {process.returncode} in `{title}`: {logs.last_error(path)} (whole log: {path})")
    offending = logs.offending_lines(path, allowed)
    if offending:
        raise SetupError(f"Odoo warned in `{title}`: {offending[0]} ({len(offending)} in all, whole log: {path})")
