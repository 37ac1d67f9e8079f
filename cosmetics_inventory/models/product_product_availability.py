"""Availability: what may not be sold is not offered."""

from collections import defaultdict
from datetime import datetime, time

from odoo import fields, models
from odoo.fields import Domain

from ..tools.shelf_life import china_day
from ..tools.shelf_life_rule import SALE, Need


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _compute_quantities_dict(self, lot_id, owner_id, package_id, from_date=False, to_date=False):
        """Leave out held batches too, and what stopped being sold at midnight in China.

        Core leaves out what is past its removal date at midnight UTC, which is eight in the morning here.
        """
        quantities = super()._compute_quantities_dict(lot_id, owner_id, package_id, from_date, to_date)
        tracked = self.filtered(lambda product: product.tracking != "none" and product.is_storable)
        for product_id, quantity in tracked._get_unsellable_beyond_core(lot_id, owner_id, package_id).items():
            values = quantities.get(product_id)
            product = self.browse(product_id)
            for name in ("free_qty", "virtual_available"):
                values[name] = product.uom_id.round(values[name] - quantity)
        return quantities

    def _get_unsellable_beyond_core(self, lot_id, owner_id, package_id):
        """Return {product id: unreserved quantity} that may not be sold, without what core leaves out already."""
        if not self.ids:
            return {}
        now = fields.Datetime.now()
        core_until = self.env.context.get("to_date") or datetime.combine(fields.Date.today(), time.min)
        domain = Domain("product_id", "in", self.ids) & Domain(self._get_domain_locations()[0])
        domain &= Domain("is_held", "=", True) | Domain([("removal_date", ">", core_until), ("removal_date", "<", now)])
        domain &= Domain("removal_date", ">", core_until) | Domain("removal_date", "=", False)
        for name, value in (("lot_id", lot_id), ("owner_id", owner_id), ("package_id", package_id)):
            if value is not None:
                domain &= Domain(name, "=", value)
        if "owners" in self.env.context:
            owners = self.env.context["owners"]
            domain &= Domain("owner_id", "in", owners) if owners else Domain("owner_id", "=", False)
        groups = self.env["stock.quant"]._read_group(domain, ["product_id"], ["quantity:sum", "reserved_quantity:sum"])
        return {product.id: quantity - reserved for product, quantity, reserved in groups}

    def _get_sellable_quantity(self, warehouse, facts=None):
        """Return {product: unreserved quantity in a warehouse that may be sold today and keeps the promise}.

        :param warehouse: stock.warehouse
        :param dict facts: whom it is for, as from `stock.move._get_promise_facts()`; `day` (China day) and `band_id` may be given
        """
        facts = {"company_id": warehouse.company_id.id, **(facts or {})}
        day = facts.get("day") or china_day(fields.Datetime.now())
        promises = self.env["cosmetics.shelf.life.promise"]
        by_floor = defaultdict(self.browse)
        for product in self:
            is_managed = product.is_shelf_life_managed
            by_floor[promises._get_floor(product, facts, day) if is_managed else None, is_managed] |= product
        quantities = dict.fromkeys(self, 0.0)
        quants = self.env["stock.quant"].sudo()  # sudo: who sells may know how much there is, not where
        for (floor, is_managed), products in by_floor.items():
            need = Need(kind=SALE, min_expiration_on=floor, band_id=facts.get("band_id"), day=day)
            domain = Domain([("product_id", "in", products.ids), ("location_id", "child_of", warehouse.view_location_id.id)])
            domain &= Domain("location_id.usage", "=", "internal") & quants._get_need_domain(need, is_managed)
            for product, quantity, reserved in quants._read_group(domain, ["product_id"], ["quantity:sum", "reserved_quantity:sum"]):
                quantities[self.browse(product.id)] = max(quantity - reserved, 0.0)
        return quantities
