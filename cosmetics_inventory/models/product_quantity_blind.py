"""While goods are counted blind, the totals of their products are not told to those who count; the system goes on selling by them.

Only what leaves the server to a person is hidden: what is read, searched, exported or sent back to a form. A till, an order, a transfer
or a replenishment that works with the figure gets the figure.
"""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.plain_figures import PLAIN
from .stock_quant_blind import COUNTER, COUNTING, LEADER


class CosmeticsQuantityBlind(models.AbstractModel):
    """Products, their templates and replenishment rules: what they tell of the stock."""

    _name = "cosmetics.quantity.blind"
    _description = "Quantities Hidden by Blind Counts"
    # Each of them tells the books, alone or with what is on its way.
    _counted_quantities = frozenset({"qty_available", "virtual_available", "free_qty"})

    def _get_counted_blind(self):
        """Return {product id: {warehouse id}} of what is being counted blind where the user counts.

        Nothing for who leads counts, or for the system.
        """
        user = self.env.user
        if self.env.su or PLAIN.is_on(self.env):
            return {}
        if not user.has_group(COUNTER) or user.has_group(LEADER):
            return {}
        counts = self.env["cosmetics.stock.count"].search([("state", "in", COUNTING), ("is_blind", "=", True)])
        # sudo: which goods are on the sheet that the user may count is no secret
        lines = self.env["cosmetics.stock.count.line"].sudo()
        counted = defaultdict(set)
        for product, count in lines._read_group([("count_id", "in", counts.ids)], ["product_id", "count_id"]):
            counted[product.id].add(count.warehouse_id.id)
        return counted

    def _filtered_counted_blind(self):
        """Return those of these records whose totals are hidden from the user."""
        raise NotImplementedError

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if hidden := self._counted_quantities.intersection(fnames):
            counted = set(self._filtered_counted_blind().ids)
            for row in rows:
                if row["id"] in counted:
                    row.update(dict.fromkeys(hidden, False))
        return rows

    def onchange(self, values, field_names, fields_spec):
        result = super().onchange(values, field_names, fields_spec)
        if self._counted_quantities & result.get("value", {}).keys() and self._filtered_counted_blind():
            result["value"] = {name: value for name, value in result["value"].items() if name not in self._counted_quantities}
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        if self._counted_quantities & {path[0] for path in fields if path} and (counted := self._filtered_counted_blind()):
            raise UserError(
                self.env._(
                    "“%s” is being counted blind: quantities are exported when the count is over. Leave them out for now.",
                    counted[0].display_name,
                )
            )
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "cosmetics.quantity.blind"]

    def _filtered_counted_blind(self):
        counted = self._get_counted_blind()
        return self.filtered(lambda product: product._origin.id in counted)

    def _search_qty_available(self, operator, value):
        return self._leave_out_counted(super()._search_qty_available(operator, value))

    def _search_virtual_available(self, operator, value):
        return self._leave_out_counted(super()._search_virtual_available(operator, value))

    def _search_free_qty(self, operator, value):
        return self._leave_out_counted(super()._search_free_qty(operator, value))

    @api.model
    def _leave_out_counted(self, domain):
        """A search by quantity finds no product that is counted blind: twenty such searches would tell the figure."""
        counted = self._get_counted_blind()
        return domain if domain is NotImplemented or not counted else [*domain, ("id", "not in", list(counted))]


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "cosmetics.quantity.blind"]

    def _filtered_counted_blind(self):
        # sudo: a variant lies on the shelf all the same when it is archived or hidden
        counted = set(self.env["product.product"].sudo().browse(self._get_counted_blind()).product_tmpl_id.ids)
        return self.filtered(lambda template: template._origin.id in counted)

    def _compute_quantities_dict(self):
        return super(ProductTemplate, PLAIN.put_on(self))._compute_quantities_dict()


class StockWarehouseOrderpoint(models.Model):
    _name = "stock.warehouse.orderpoint"
    _inherit = ["stock.warehouse.orderpoint", "cosmetics.quantity.blind"]
    # What to order is the maximum less what is there.
    _counted_quantities = frozenset({"qty_on_hand", "qty_forecast", "qty_to_order", "qty_to_order_computed"})

    def _filtered_counted_blind(self):
        counted = self._get_counted_blind()
        return self.filtered(lambda rule: rule.product_id.id in counted)

    def _compute_qty(self):
        """What is ordered follows the books, whoever counts meanwhile."""
        # sudo: core reads the totals as a client does; they are those of the place of the rule, as without it
        return super(StockWarehouseOrderpoint, self.sudo())._compute_qty()

    def _get_qty_to_order(self, qty_in_progress_by_orderpoint=None):
        # sudo: see `_compute_qty`
        return super(StockWarehouseOrderpoint, self.sudo())._get_qty_to_order(qty_in_progress_by_orderpoint)


class StockForecastedProduct(models.AbstractModel):
    _inherit = "stock.forecasted_product_product"

    def _get_report_data(self, product_template_ids=False, product_ids=False):
        """The forecast of a product that is counted blind waits until the count is over."""
        asked = self.env["product.template"].browse(product_template_ids or []), self.env["product.product"].browse(product_ids or [])
        if counted := next(filter(None, (records._filtered_counted_blind() for records in asked)), None):
            raise UserError(
                self.env._("“%s” is being counted blind. Look at its forecast when the count is over.", counted[0].display_name)
            )
        return super()._get_report_data(product_template_ids, product_ids)
