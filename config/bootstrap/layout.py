"""Where everything lives: one place for the paths and the few settings a machine may override."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
TESTS = ROOT / "tests"
STATE = Path(os.environ.get("ERP_STATE") or ROOT / ".erp").resolve()

VENV = STATE / "venv"
PYTHON = VENV / "bin" / "python"
ODOO_ROOT = STATE / "odoo"
LOGS = STATE / "logs"
DATA = STATE / "data"
RUN = STATE / "run"
RUNTIME = RUN / "xdg"
CONF = STATE / "odoo.conf"

HTTP_HOST = os.environ.get("ERP_HTTP_HOST", "127.0.0.1")
HTTP_PORT = int(os.environ.get("ERP_HTTP_PORT", "8069"))
GEVENT_PORT = int(os.environ.get("ERP_GEVENT_PORT", str(HTTP_PORT + 3)))

DATABASE = os.environ.get("ERP_DATABASE", "cosmetics")
LANGUAGE = "zh_CN"
TIMEZONE = "Asia/Shanghai"


def module_roots():
    """Return the two folders that hold our modules; the deeper one first, else Odoo's export takes `addons` for a module."""
    return [ROOT / "addons", ROOT]


def own_modules():
    """Return {module name: folder} of every module we wrote, sorted by name."""
    found = {}
    for root in module_roots():
        for manifest in root.glob("*/__manifest__.py"):
            found[manifest.parent.name] = manifest.parent
    return dict(sorted(found.items()))
