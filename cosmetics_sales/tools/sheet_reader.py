"""Files as sheets of rows; the reader lives in the shared module, because other apps read files too."""

from odoo.addons.cosmetics_base.tools.sheet_reader import Limits, Sheet, read_files

__all__ = ["Limits", "Sheet", "read_files"]
