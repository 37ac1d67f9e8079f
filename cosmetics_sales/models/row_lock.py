"""One at a time; the lock lives in the shared module, because finance needs it too."""

from odoo.addons.cosmetics_base.tools.row_lock import hold_rows

__all__ = ["hold_rows"]
