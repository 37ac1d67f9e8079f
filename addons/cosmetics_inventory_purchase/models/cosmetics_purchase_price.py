"""What was paid for a product, when and to whom."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

AVERAGE_MONTHS = 12


class CosmeticsPurchasePrice(models.Model):
    """One row for each line of a confirmed order: its price for one unit of the product, without tax, in the currency of the company."""

    _name = "cosmetics.purchase.price"
    _description = "Purchase Price"
    _auto = False
    _order = "ordered_at desc, id desc"
    _rec_name = "product_id"
    _depends = {
        "purchase.order": ["company_id", "currency_rate", "date_approve", "date_order", "partner_id", "state"],
        "purchase.order.line": ["display_type", "price_subtotal", "product_id", "product_uom_qty"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["brand_id", "categ_id"],
    }

    order_id = fields.Many2one("purchase.order", readonly=True)
    ordered_at = fields.Datetime(string="Ordered On", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Vendor", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price = fields.Float(string="Unit Price", digits="Product Price", readonly=True, aggregator="avg")
    amount = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        """Return the query of the rows."""
        return SQL(
            """
            SELECT line.id, line.order_id, COALESCE(head.date_approve, head.date_order) AS ordered_at, head.partner_id, line.product_id,
                   template.brand_id, template.categ_id, head.company_id, line.product_uom_qty AS quantity,
                   line.price_subtotal / COALESCE(NULLIF(head.currency_rate, 0), 1) AS amount,
                   line.price_subtotal / COALESCE(NULLIF(head.currency_rate, 0), 1) / line.product_uom_qty AS price
              FROM purchase_order_line line
              JOIN purchase_order head ON head.id = line.order_id AND head.state = 'purchase'
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE line.display_type IS NULL AND line.product_uom_qty > 0
            """
        )

    @api.model
    def _get_references(self, products, company, besides):
        """Return {product: (last price, average price of twelve months)} of what the company bought.

        :param purchase.order besides: whose own lines say nothing
        """
        rows = self.search_fetch(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", company.id),
                ("order_id", "not in", besides.ids),
                ("ordered_at", ">=", fields.Datetime.now() - relativedelta(months=AVERAGE_MONTHS)),
            ],
            ["product_id", "quantity", "amount", "price"],
        )
        return {
            product: (bought[0].price, sum(bought.mapped("amount")) / sum(bought.mapped("quantity")))
            for product, bought in rows.grouped("product_id").items()
        }

    def action_open_order(self):
        """Open the order of this price."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "purchase.order", "res_id": self.order_id.id, "views": [(False, "form")]}
