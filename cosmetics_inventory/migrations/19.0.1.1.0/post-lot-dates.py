"""Existing batches get a use-by date, bands and the dates that follow from them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Run once when a database of before is updated; a new one is filled by the post-init hook."""
    if version:
        api.Environment(cr, SUPERUSER_ID, {})["stock.lot"]._complete_existing_lots()
