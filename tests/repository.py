"""Read a repository of add-ons without importing Odoo, and write small broken ones that prove the rules."""

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Module:
    """One module of ours as its manifest describes it."""

    name: str
    folder: Path
    manifest: dict
    is_top: bool

    @property
    def depends(self):
        """Names of the modules it stands on, as its manifest lists them."""
        return self.manifest.get("depends", [])

    def files(self, pattern):
        """Return its files that match a glob, without what Python leaves behind."""
        return sorted(path for path in self.folder.glob(pattern) if path.is_file() and "__pycache__" not in path.parts)


def modules(root=ROOT):
    """Return {name: Module} of every module at the top level and in addons/."""
    found = {}
    for pattern, is_top in (("*/__manifest__.py", True), ("addons/*/__manifest__.py", False)):
        for path in sorted(Path(root).glob(pattern)):
            manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
            found[path.parent.name] = Module(path.parent.name, path.parent, manifest, is_top)
    return found


def write_module(root, name, files=None, **manifest):
    """Write a module that is right in every respect but those given; return its folder.

    :param files: {path: text} of further files.
    """
    is_app = manifest.get("application", False)
    folder = Path(root) / ("" if is_app else "addons") / name
    values = {
        "name": "Sample",
        "summary": "A sample",
        "version": "19.0.1.0.0",
        "author": "Cosmetics ERP contributors",
        "license": "AGPL-3",
        "category": "Cosmetics",
        "depends": [],
        **manifest,
    }
    wanted = {"__init__.py": "", "__manifest__.py": repr(values), "README.rst": "Sample\n======\n", **(files or {})}
    if is_app:
        wanted.setdefault("static/description/icon.png", "")
    for path, text in wanted.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder
