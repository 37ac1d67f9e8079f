"""Single cells of files; what is read lives in the shared module, because other apps read files too."""

from odoo.addons.cosmetics_base.tools.cell import (
    CellProblem,
    clean,
    header_key,
    is_gift,
    moment,
    money,
    number_text,
    quantity,
    safe_cell,
    status_key,
    text_of,
)

__all__ = [
    "CellProblem",
    "clean",
    "header_key",
    "is_gift",
    "moment",
    "money",
    "number_text",
    "quantity",
    "safe_cell",
    "status_key",
    "text_of",
]
