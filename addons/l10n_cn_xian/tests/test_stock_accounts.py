from odoo import Command
from odoo.tests import tagged

from .common import XianAccountingCommon


@tagged("post_install", "-at_install")
class TestStockAccounts(XianAccountingCommon):
    """Goods are valued in 1405 and closed against 5401."""

    def test_the_company_values_goods_in_inventory(self):
        self.assertEqual(self.company.account_stock_valuation_id.code, "140500")
        self.assertEqual(self.company.account_stock_valuation_id.account_stock_variation_id.code, "540100")

    def test_a_new_category_takes_the_account_of_the_company(self):
        category = self.env["product.category"].with_company(self.company).create({"name": "面膜"})
        self.assertEqual(category.property_stock_valuation_account_id.code, "140500")

    def test_the_closing_entry_moves_cost_into_inventory(self):
        product = self.env["product.product"].create({"name": "玻尿酸面膜", "type": "consu", "is_storable": True, "standard_price": 30.0})
        location = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1).lot_stock_id
        stock_user = self.env["res.users"].create(
            {
                "name": "库管",
                "login": "xian_keeper",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set([self.env.ref("stock.group_stock_manager").id])],
            }
        )
        quant = self.env["stock.quant"].with_user(stock_user).with_context(inventory_mode=True)
        quant = quant.create({"product_id": product.id, "location_id": location.id, "inventory_quantity": 10})
        quant.sudo().action_apply_inventory()  # who may change stock alone is a matter of inventory
        action = self.company.action_close_stock_valuation()
        entry = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(
            {line.account_id.code: (line.debit, line.credit) for line in entry.line_ids},
            {"140500": (300.0, 0.0), "540100": (0.0, 300.0)},
        )
