"""What each till gets of the batches in its shop."""

from datetime import date

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools import band_price, shelf_life
from odoo.fields import Domain

EPOCH = date(1970, 1, 1)

# A price no product has: marked down to nothing, it ends at the floor.
NO_LIMIT = 10**9


class PosConfig(models.Model):
    _inherit = "pos.config"

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        configs._forbid_new_batches()
        return configs

    def write(self, vals):
        res = super().write(vals)
        if vals.get("picking_type_id"):
            self._forbid_new_batches()
        return res

    def _forbid_new_batches(self):
        """Take from the operation type of a till the right to invent a batch: a mistyped one would become fresh stock."""
        # sudo: whoever sets up a till need not be allowed to change operation types; only this switch is turned off.
        self.sudo().picking_type_id.filtered("use_create_lots").use_create_lots = False

    def _get_till_location(self):
        """Return the location the till sells from."""
        return self.picking_type_id.default_location_src_id or self.warehouse_id.lot_stock_id

    def _get_till_batch_domain(self, product_ids=None):
        """Return the domain of the quants the till may sell today: in its shop, not held, not expired, not stopped."""
        today = shelf_life.china_day(fields.Datetime.now())
        domain = (
            Domain("location_id", "child_of", self._get_till_location().ids)
            & Domain("location_id.usage", "=", "internal")
            & Domain("quantity", ">", 0)
            & Domain("lot_id.is_held", "=", False)
            & (Domain("lot_id.sale_stop_on", "=", False) | Domain("lot_id.sale_stop_on", ">", today))
        )
        if product_ids is None:
            return domain & Domain("product_id.is_shelf_life_managed", "=", True) & Domain("product_id.available_in_pos", "=", True)
        return domain & Domain("product_id", "in", product_ids)

    def _get_till_batches(self, product_ids=None):
        """Return the sellable batches of the till's shop, small enough for a shop of 5,000 products (about 50 bytes a batch).

        :param product_ids: only these products, or None for all
        :return: dict: `bands` {id: [name, must tell the buyer, markdown %]}, `products` {product id: list of batches, first-expiring
            first}; a batch is [lot id, name, expiry day, stop day, free pieces, band id, floor price]. Days are numbers of days since
            1970-01-01, or 0 for never; the floor price is 0 where the band marks nothing down.
        """
        groups = self.env["stock.quant"]._read_group(
            self._get_till_batch_domain(product_ids), ["lot_id"], ["quantity:sum", "reserved_quantity:sum"]
        )
        lots = self.env["stock.lot"].union(*(lot for lot, _quantity, _reserved in groups))
        lots.fetch(["name", "product_id", "expiration_on", "sale_stop_on", "band_id"])
        floors = self._get_till_floors(lots)
        products = {product_id: [] for product_id in product_ids or []}
        groups.sort(key=lambda group: (_day_number(group[0].expiration_on) or float("inf"), group[0].id))
        for lot, quantity, reserved in groups:
            if quantity > reserved:
                batch = [
                    lot.id,
                    lot.name,
                    _day_number(lot.expiration_on),
                    _day_number(lot.sale_stop_on),
                    round(quantity - reserved, 6),
                    lot.band_id.id or 0,
                    floors.get(lot.product_id.id, 0) if lot.band_id.markdown_percent else 0,
                ]
                products.setdefault(lot.product_id.id, []).append(batch)
        bands = {band.id: [band.name, band.must_tell_buyer, band.markdown_percent] for band in lots.band_id}
        return {"bands": bands, "products": products}

    def _get_till_floors(self, lots):
        """Return the price below which no band marks a product down: {product id: price}, only for products with a marked-down batch.

        The till knows the customer's price list, the server knows the cost: the till marks its price down and stops at this floor.
        """
        company = self.company_id
        digits = self.env["decimal.precision"].precision_get("Product Price")
        floors = {}
        for lot in lots.filtered(lambda lot: lot.band_id.markdown_percent):
            product = lot.product_id
            if product.id not in floors:
                cost = lot.band_id._get_floor_cost(product, company)
                floors[product.id] = band_price.marked_down(NO_LIMIT, 100, cost, company.shelf_life_floor_margin, digits)[0]
        return floors


def _day_number(day):
    """Return a date as days since 1970-01-01, 0 for none: the till counts in days, without time zones."""
    return (day - EPOCH).days if day else 0
