"""Parcels of an earlier version knew one delivery: it is the first of those that are in them."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            INSERT INTO cosmetics_parcel_stock_picking_rel (parcel_id, picking_id)
            SELECT id, picking_id FROM cosmetics_parcel WHERE picking_id IS NOT NULL
                ON CONFLICT DO NOTHING
            """
        )
    )
