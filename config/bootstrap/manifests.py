"""Read our manifests: which modules of Odoo and OCA the suite stands on, and what each of ours is made of."""

import ast
import hashlib

from . import layout

DEMO = "cosmetics_demo"
SUITE = "cosmetics_suite"
# What decides that a module must be updated in a database; tests and pictures do not.
DATA_FOLDERS_IGNORED = {"tests", "static", "__pycache__", "readme"}


def read(folder):
    """Return the manifest of the module in ``folder`` as a dict."""
    return ast.literal_eval((folder / "__manifest__.py").read_text(encoding="utf-8"))


def core_modules():
    """Return the modules of Odoo and OCA that ours name in ``depends``, sorted."""
    own = layout.own_modules()
    return sorted({name for folder in own.values() for name in read(folder).get("depends", ()) if name not in own})


def suite_modules():
    """Return our modules without the demo company."""
    return [name for name in layout.own_modules() if name != DEMO]


def module_hash(folder):
    """Return a hash over the files of a module that a database must follow."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not DATA_FOLDERS_IGNORED.intersection(parts) and path.suffix in (".py", ".xml", ".csv", ".po", ".json"):
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def hashes(names):
    """Return {module: hash} for our modules in ``names``."""
    own = layout.own_modules()
    return {name: module_hash(own[name]) for name in names if name in own}
