"""Template databases, built once and copied in seconds.

core   Odoo and OCA modules that ours stand on, in Chinese, company in China: also the bare Odoo of the benchmarks
suite  core + our modules, no sample records: what tests run on
demo   suite + the demo company: what `./erp up` serves

Each carries in its name a hash of what it was made from; a changed source makes a new one and drops the old.
A build that was cut off goes on in the half-built database.
"""

import contextlib
import fcntl
import hashlib
import json

from . import layout, manifests, odoo, odoo_source, overlay, postgres
from .progress import Step

USUAL = {"core": "3 min", "suite": "1 min", "demo": "1 min"}


def name_of(kind):
    """Return the name of the template of ``kind`` for the sources as they are now."""
    return f"template_{kind}_{_digest(kind)}"


def _digest(kind):
    parts = [
        odoo_source.version(odoo_source.odoo_home()),
        manifests.core_modules(),
        (layout.CONFIG / "requirements.txt").read_text(),
        overlay.digest(),
    ]
    if kind != "core":
        parts.append(manifests.hashes(manifests.suite_modules()))
    if kind == "demo":
        parts.append(manifests.hashes([manifests.DEMO]))
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:10]


def exists(name):
    """True when the database ``name`` exists."""
    return bool(postgres.query("SELECT 1 FROM pg_database WHERE datname = %s", params=(name,)))


@contextlib.contextmanager
def _alone():
    """Two commands at once must not build the same template: the second waits for the first."""
    layout.RUN.mkdir(parents=True, exist_ok=True)
    with (layout.RUN / "templates.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure(kind):
    """Build the template of ``kind`` and those it stands on, unless they are there; return its name."""
    with _alone():
        return _ensure(kind)


def _ensure(kind):
    name = name_of(kind)
    if exists(name):
        return name
    base = {"suite": "core", "demo": "suite"}.get(kind)
    source = _ensure(base) if base else None
    odoo.write_conf()
    overlay.link()
    building = f"building_{kind}_{_digest(kind)}"
    with Step(f"Template database: {kind}", USUAL[kind]) as step:
        if not exists(building):
            drop_stale(kind)
            step.at("creating the database")
            if source:
                copy(source, building)
            else:
                half = f"copying_{building}"
                odoo.run(["db", "init", "--force", "--language", layout.LANGUAGE, "--country", "CN", half], "template-core-init")
                odoo.run(["db", "rename", half, building], "template-core-init-name")
        modules = {"core": manifests.core_modules(), "suite": manifests.suite_modules(), "demo": [manifests.DEMO]}[kind]
        odoo.run(["-d", building, "-i", ",".join(modules), "--stop-after-init", "--no-http"], f"template-{kind}", step)
        held = {"core": [], "suite": modules, "demo": [*manifests.suite_modules(), *modules]}[kind]
        remember(building, manifests.hashes(held))
        odoo.run(["db", "rename", building, name], f"template-{kind}-name")
    return name


def copy(source, name):
    """Copy the database ``source`` with its files; a copy that was cut off never bears the name ``name``."""
    half = f"copying_{name}"
    odoo.run(["db", "duplicate", "--force", source, half], f"copy-{name}")
    postgres.checkpoint()
    remember(half, remembered(source))
    odoo.run(["db", "rename", half, name], f"copy-{name}-name")


def drop_stale(kind):
    """Drop templates of ``kind`` that earlier sources made."""
    for (name,) in postgres.query(
        "SELECT datname FROM pg_database WHERE datname ~ %s", params=(f"^(template|building)_{kind}_[0-9a-f]+$",)
    ):
        odoo.run(["db", "drop", name], f"template-{kind}-drop")


def remember(database, hashes):
    """Note on the database which sources of ours it follows."""
    postgres.query(f'COMMENT ON DATABASE "{database}" IS %s', params=(json.dumps(hashes, sort_keys=True),))


def remembered(database):
    """Return the {module: hash} noted on the database, or {}."""
    rows = postgres.query("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", params=(database,))
    return json.loads(rows[0][0]) if rows and rows[0][0] else {}
