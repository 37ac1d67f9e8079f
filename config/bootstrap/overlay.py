"""Chinese for what Odoo and OCA leave in English: link config/translations/<module>/zh_CN.po into that module.

Odoo reads the terms of a module's code only from that module's own i18n/ or i18n_extra/ folder.
"""

import hashlib

from . import layout, odoo_source

TRANSLATIONS = layout.CONFIG / "translations"


def files():
    """Return {module: po file} of the overlay."""
    return {path.parent.name: path for path in sorted(TRANSLATIONS.glob("*/zh_CN.po"))}


def digest():
    """Return a hash of the overlay's terms."""
    digest = hashlib.sha256()
    for module, path in files().items():
        digest.update(module.encode() + path.read_bytes())
    return digest.hexdigest()


def module_folder(module):
    """Return the folder of a module of Odoo or OCA."""
    site = next((layout.VENV / "lib").glob("python3*")) / "site-packages"
    for root in (*odoo_source.addons_paths(), site / "odoo" / "addons"):
        if (root / module / "__manifest__.py").exists():
            return root / module
    return None


def link():
    """Link every overlay file into the module that owns the terms; a changed link is made anew."""
    for module, path in files().items():
        folder = module_folder(module)
        if folder is None:
            continue
        target = folder / "i18n_extra" / "zh_CN.po"
        if target.is_symlink() and target.resolve() == path.resolve():
            continue
        target.parent.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        target.symlink_to(path)
