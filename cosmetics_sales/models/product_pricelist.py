"""Rules of a price list are asked once per batch of order lines."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _get_applicable_rules(self, products, date, **kwargs):
        """Core searches line by line. Within a batch the same products find the same rules; the moment counts only for dated rules."""
        memo = Memo.of(self.env, "pricelist_memo")
        if memo is None or kwargs:
            return super()._get_applicable_rules(products, date, **kwargs)
        count, first, last = memo.once(self.id, self._get_rule_span)
        if not count:
            return self.env["product.pricelist.item"]
        ask = super()._get_applicable_rules
        return memo.once((self.id, products._name, products._ids, date if first or last else None), lambda: ask(products, date))

    def _get_rule_span(self):
        """Return (number of rules, any start, any end); of no price list, nothing."""
        if not self:
            return 0, None, None
        items = self.env["product.pricelist.item"]
        return items._read_group([("pricelist_id", "=", self.id)], [], ["__count", "date_start:max", "date_end:max"])[0]
