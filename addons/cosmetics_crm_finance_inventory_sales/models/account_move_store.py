"""Revenue and cost of goods in the books say of which shop they are."""

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        # sudo: whoever invoices need not see every shop
        return {"store_id": self.order_id.sudo().warehouse_id._get_store().id, **values}


class PosSession(models.Model):
    _inherit = "pos.session"

    def _get_sale_vals(self, key, sale_vals):
        return {**super()._get_sale_vals(key, sale_vals), "store_id": self.config_id.store_id.id}

    def _get_stock_expense_vals(self, exp_account, amount, amount_converted):
        return {**super()._get_stock_expense_vals(exp_account, amount, amount_converted), "store_id": self.config_id.store_id.id}


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _prepare_product_aml_dict(self, base_line_vals, update_base_line_vals, rate, sign):
        values = super()._prepare_product_aml_dict(base_line_vals, update_base_line_vals, rate, sign)
        return {**values, "store_id": self.config_id.store_id.id}

    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        return {**super()._get_invoice_lines_values(line_values, pos_line, move_type), "store_id": self.config_id.store_id.id}
