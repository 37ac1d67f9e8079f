"""The two sides of every benchmark, and one measurement in a process of its own."""

import json
import os
import subprocess

from .. import databases, layout, odoo, templates
from ..progress import SetupError

SIDES = {"bare": "core", "ours": "suite"}


def fresh(name, kind):
    """Make the database ``name`` anew from the template of ``kind``."""
    if templates.exists(name):
        databases.drop(name)
    databases.create(name, kind)


def once(database, script, settings):
    """Run ``main(env, settings)`` of bootstrap.bench.<script> inside Odoo's shell; return the figures it printed as one JSON line."""
    done = subprocess.run(
        odoo.mortal(odoo.command("shell", "-d", database, "--no-http", "--log-level=error")),
        env={**odoo.environment(), "PYTHONPATH": str(layout.CONFIG)},
        cwd=layout.ROOT, input=f"from bootstrap.bench import {script}\n{script}.main(env, {settings!r})\n",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("BENCH ")]
    if not lines:
        raise SetupError(f"{script} failed in {database}:{os.linesep}{done.stdout[-500:]}{done.stderr[-2500:]}")
    return json.loads(lines[-1][6:])
