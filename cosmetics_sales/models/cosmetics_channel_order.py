"""What orders of a channel have in common."""

from odoo import models


class CosmeticsChannel(models.Model):
    _inherit = "cosmetics.channel"

    def _get_order_vals(self, company):
        """Return the values all new orders of this channel share; an override adds its own."""
        self.ensure_one()
        team = self.env["crm.team"].search([("channel_id", "=", self.id), ("company_id", "in", [False, company.id])], limit=1)
        vals = {
            "channel_id": self.id,
            "team_id": team.id,
            "user_id": self.user_id.id,
            "payment_term_id": False,
            "fiscal_position_id": False,
            "note": False,
            "require_signature": False,
            "require_payment": False,
            # Prices are those of the platform; without a price list of the channel the currency is the company's.
            "pricelist_id": self.pricelist_id.id,
        }
        # What core would look up for each order by itself.
        orders = self.env["sale.order"].with_company(company)
        vals["warehouse_id"] = (self.warehouse_id or orders.new({**vals, "company_id": company.id}).warehouse_id).id
        return {**orders._get_searched_defaults(), **vals}

    def _get_anonymous_buyer(self):
        """Return the customer of orders whose buyer the platform hides; made at the first need."""
        self.ensure_one()
        if not self.partner_id:
            # sudo: a clerk does not keep channels, but this customer belongs to it from the first order on
            self.sudo().partner_id = self.env["res.partner"].create(
                {
                    "name": self.env._("%s buyers", self.name),
                    "company_id": self.company_id.id,
                    "country_id": self.env.ref("base.cn").id,
                }
            )
        return self.partner_id
