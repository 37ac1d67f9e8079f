"""One number is one parcel: what an earlier version kept twice, under two couriers, becomes one."""

from odoo.tools import SQL
from odoo.tools.sql import table_exists

DOUBLES = SQL(
    """
    CREATE TEMP TABLE double_parcel ON COMMIT DROP AS
    SELECT id AS gone, kept FROM (
        SELECT id, first_value(id) OVER (
            PARTITION BY company_id, tracking_no ORDER BY queried_at DESC NULLS LAST, id
        ) AS kept FROM cosmetics_parcel
    ) ranked WHERE id != kept
    """
)
ORDERS = SQL(
    """
    INSERT INTO cosmetics_parcel_sale_order_rel (parcel_id, order_id)
    SELECT double_parcel.kept, rel.order_id
      FROM double_parcel JOIN cosmetics_parcel_sale_order_rel rel ON rel.parcel_id = double_parcel.gone
        ON CONFLICT DO NOTHING
    """
)
EVENTS = SQL(
    """
    UPDATE cosmetics_parcel_event event SET parcel_id = double_parcel.kept
      FROM double_parcel
     WHERE event.parcel_id = double_parcel.gone
       AND NOT EXISTS (
           SELECT 1 FROM cosmetics_parcel_event same
            WHERE same.parcel_id = double_parcel.kept AND same.at = event.at AND same.text = event.text
       )
    """
)
GONE = SQL("DELETE FROM cosmetics_parcel WHERE id IN (SELECT gone FROM double_parcel)")


def migrate(cr, version):
    if table_exists(cr, "cosmetics_parcel"):
        for query in (DOUBLES, ORDERS, EVENTS, GONE):
            cr.execute(query)
