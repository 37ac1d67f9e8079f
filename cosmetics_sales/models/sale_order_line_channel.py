"""What a line of a platform order says."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.memo import Memo

from ..tools.order_amounts import line_totals
from ..tools.order_payload import receivable_of


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    channel_line_ref = fields.Char(string="Platform Line No.", copy=False, help="Number of the sub-order on the platform.")
    channel_sku = fields.Char(string="Platform SKU", copy=False, help="What the platform calls the product: its SKU or the merchant code.")
    is_gift = fields.Boolean(string="Gift", help="Given without payment. It keeps its batch and counts for the shelf-life promise.")

    _channel_line_ref_uniq = models.UniqueIndex(
        "(order_id, channel_line_ref) WHERE channel_line_ref IS NOT NULL",
        "The order has a line with this platform line number already.",
    )

    @api.model
    def _prepare_channel_lines(self, item, company):
        """Return the commands of the lines of a platform order, whose totals with tax add up to its receivable to the cent.

        A line names everything Odoo would compute: text, unit, taxes, discount and price. A ``channel_memo`` in the context
        (``tools.memo``) keeps what is asked of a product for all orders of a lot.
        """
        payload = item.payload
        freight, totals = line_totals(receivable_of(payload), payload["freight"], payload["lines"])
        commands = [
            Command.create(
                {
                    **self._prepare_channel_line(product, line["qty"] * pieces, total, company),
                    "channel_line_ref": line["sub_no"] or False,
                    "channel_sku": line["merchant_sku"] or line["platform_sku"] or line["barcode"] or False,
                    "is_gift": line["is_gift"],
                }
            )
            for line, (product, pieces), total in zip(payload["lines"], item.products, totals, strict=True)
        ]
        if freight:
            # Freight is part of one sale of goods: it bears the tax of the first of them, not a rate of its own.
            vals = self._prepare_channel_line(self.env.ref("cosmetics_sales.product_freight"), 1, freight, company)
            vals["tax_ids"] = commands[0][2]["tax_ids"]
            commands.append(Command.create(vals))
        return commands

    @api.model
    def _prepare_channel_line(self, product, quantity, total, company):
        memo = Memo.of(self.env, "channel_memo")
        if memo is None:
            memo = Memo()
        vals = memo.once((product.id, company.id), lambda: self._prepare_channel_product(product, company, memo))
        return {
            **vals,
            "product_uom_qty": quantity,
            "price_unit": float(total) / quantity,
            # Unlike the price, so that it counts as agreed: the price list does not change it when the quantity does.
            "technical_price_unit": -1.0,
            "discount": 0.0,
        }

    @api.model
    def _prepare_channel_product(self, product, company, memo):
        """Return the values of a line that depend on its product alone; lines of a lot share them."""
        taxes = product.taxes_id._filter_taxes_by_company(company)
        return {
            "product_id": product.id,
            "name": product.get_product_multiline_description_sale(),
            "product_uom_id": product.uom_id.id,
            "tax_ids": [Command.set(memo.once(taxes, taxes._get_price_included).ids)],
        }
