"""Databases people work in: copies of a template that follow the sources."""

from . import layout, manifests, odoo, postgres, templates
from .progress import SetupError, Step, say


def create(name, kind="suite"):
    """Create the database ``name`` as a copy of the template of ``kind``: core, suite or demo.

    :raises SetupError: when it exists.
    """
    if templates.exists(name):
        raise SetupError(f"Database {name} exists: choose another name, or drop it with `./erp odoo db drop {name}`.")
    source = templates.ensure(kind)
    with Step(f"Database {name}"):
        templates.copy(source, name)


def follow_sources(name):
    """Update in ``name`` the modules whose files changed since it was made, and install new ones of ours."""
    noted = templates.remembered(name)
    wanted = list(layout.own_modules()) if manifests.DEMO in noted else manifests.suite_modules()
    current = manifests.hashes(wanted)
    new = [module for module in current if module not in noted]
    changed = [module for module, value in current.items() if module in noted and noted[module] != value]
    if not (new or changed):
        return
    say(f"  changed since the last start: {', '.join(new + changed)}")
    with Step("Updating the database") as step:
        arguments = ["-d", name, "--stop-after-init", "--no-http"]
        arguments += ["-i", ",".join(new)] if new else []
        arguments += ["-u", ",".join(changed)] if changed else []
        odoo.run(arguments, f"update-{name}", step)
        templates.remember(name, current)


def drop(name):
    """Drop the database ``name`` with its files."""
    odoo.run(["db", "drop", name], f"db-drop-{name}")


def names():
    """Return the databases that are neither templates nor half-built."""
    rows = postgres.query("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1")
    return [name for (name,) in rows if not name.startswith(("template_", "building_", "copying_"))]
