"""The Python environment in .erp/venv: the locked requirements, and Odoo on its path."""

import hashlib
import shutil
import subprocess
import sys

from . import layout, odoo_source
from .progress import SetupError, Step

LOCKS = ("requirements.txt", "requirements-dev.txt")
NEWER_CLIENT = "requirements-newer-client.txt"
OLDEST, NEWEST = (3, 10), (3, 13)


def key():
    """Return the hash of what the environment is made from: the locks, the Python and the place of Odoo."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {odoo_source.odoo_home()}".encode())
    for name in locks():
        digest.update((layout.CONFIG / name).read_bytes())
    return digest.hexdigest()


def locks():
    """Return the lock files this Odoo needs; what a later one says replaces what an earlier one installed."""
    return (*LOCKS, NEWER_CLIENT) if odoo_source.has_newer_client(odoo_source.odoo_home()) else LOCKS


def ready():
    """True when the environment is whole and current."""
    mark = layout.VENV / ".complete"
    return mark.exists() and mark.read_text() == key()


def ensure():
    """Create or refresh the environment; a run that was cut off begins this step again."""
    if ready():
        return
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SetupError(f"Python {sys.version.split()[0]} does not run Odoo 19: use Python 3.10 to 3.13, for example `python3.11 erp up`.")
    with Step("Python environment", "1 min") as step:
        (layout.VENV / ".complete").unlink(missing_ok=True)
        if not layout.PYTHON.exists():
            shutil.rmtree(layout.VENV, ignore_errors=True)
            step.at("creating")
            _run([sys.executable, "-m", "venv", str(layout.VENV)], "install the Python venv module (Debian: python3-venv)")
        step.at("installing the locked packages")
        for names in (LOCKS, [NEWER_CLIENT] if NEWER_CLIENT in locks() else []):
            files = [part for name in names for part in ("-r", str(layout.CONFIG / name))]
            # --no-deps: the lock is complete, and Odoo, which some packages ask for, is on no index.
            install = ["-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-compile", "--no-deps", "--require-hashes", *files]
            if files:
                _run([str(layout.PYTHON), *install], "check the network and run again")
        site = next((layout.VENV / "lib").glob("python3*")) / "site-packages"
        (site / "odoo-source.pth").write_text(f"{odoo_source.odoo_home()}\n")
        (layout.VENV / ".complete").write_text(key())


def lock():
    """Write both lock files anew from their .in files, with hashes and without any index address."""
    with Step("Locking the requirements"):
        _run([str(layout.PYTHON), "-m", "pip", "install", "-q", "uv"], "check the network")
        for name in LOCKS:
            _run(
                [
                    str(layout.PYTHON), "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.10", "--generate-hashes",
                    "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
                    "--override", "config/requirements-overrides.txt", f"config/{name.replace('.txt', '.in')}", "-o", f"config/{name}",
                ],
                "read the message above",
            )  # fmt: skip


def _run(command, advice):
    done = subprocess.run(command, cwd=layout.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
        raise SetupError(f"{tail[0]} — {advice}.")
