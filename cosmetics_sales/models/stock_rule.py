"""Rules of supply are looked up once per product of a batch."""

from odoo import api, models
from odoo.addons.cosmetics_base.tools.memo import Memo


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def run(self, procurements, raise_user_error=True):
        """Hand a memo on to the search of rules, which core repeats for every need."""
        rules = self.with_context(rule_memo=Memo()) if len(procurements) > 1 else self
        return super(StockRule, rules).run(procurements, raise_user_error=raise_user_error)

    @api.model
    def _search_rule_for_warehouses(self, route_ids, packaging_uom_id, product_id, warehouse_ids, domain):
        memo, ask = Memo.of(self.env, "rule_memo"), super()._search_rule_for_warehouses
        if memo is None:
            return ask(route_ids, packaging_uom_id, product_id, warehouse_ids, domain)
        key = tuple(records and records._ids for records in (route_ids, packaging_uom_id, product_id, warehouse_ids))
        return memo.once((*key, repr(domain)), lambda: ask(route_ids, packaging_uom_id, product_id, warehouse_ids, domain))
