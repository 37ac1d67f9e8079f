"""Where an order came from; and a quotation becomes an order only with products that may be sold."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    channel_id = fields.Many2one(
        "cosmetics.channel",
        string="Sales Channel",
        compute="_compute_channel_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Where the order came from. Taken from the sales team, else the first wholesale channel of the company.",
    )

    may_write = fields.Boolean(compute="_compute_may_write", help="Whether the reader may change the order: buttons that write ask it.")

    @api.depends_context("uid")
    def _compute_may_write(self):
        """Core lets every keeper write orders, for their deliveries; the buttons are for those who sell or invoice."""
        user = self.env.user
        sells = self.env.su or user.has_group("sales_team.group_sale_salesman") or user.has_group("account.group_account_invoice")
        writable = self._filtered_access("write") if sells else self.browse()
        for order in self:
            order.may_write = not order.id or order in writable

    @api.depends("team_id", "company_id")
    def _compute_channel_id(self):
        """Follow the team; without a channel of the team, one that was chosen stays, and a confirmed order always keeps its own."""
        wholesale = {company: self._default_channel(company) for company in self.company_id}
        for order in self:
            chosen = order.channel_id
            if order.state == "sale" and chosen:
                continue
            team_channel = order.team_id.channel_id
            if team_channel.company_id and team_channel.company_id != order.company_id:
                team_channel = team_channel.browse()
            if team_channel or not chosen or (chosen.company_id and chosen.company_id != order.company_id):
                order.channel_id = team_channel or wholesale.get(order.company_id)

    @api.depends("channel_id")
    def _compute_pricelist_id(self):
        """A customer's own price list first, then that of the channel, then the usual one."""
        res = super()._compute_pricelist_id()
        for order in self.filtered(lambda order: order.state == "draft" and order.partner_id):
            pricelist = order.channel_id.pricelist_id
            if pricelist and not order.partner_id.with_company(order.company_id).specific_property_product_pricelist:
                order.pricelist_id = pricelist
        return res

    @api.depends("channel_id")
    def _compute_warehouse_id(self):
        """Orders of a channel leave from its warehouse unless somebody or an allocation rule says otherwise."""
        res = super()._compute_warehouse_id()
        for order in self.filtered(lambda order: order.state in ("draft", "sent") or not order.ids):
            if warehouse := order.channel_id.warehouse_id:
                order.warehouse_id = warehouse
        return res

    @api.constrains("state")
    def _check_product_lifecycle(self):
        """Look again when a quotation is confirmed: its products may have moved on since."""
        self.filtered(lambda order: order.state == "sale").order_line._check_product_lifecycle()

    @api.model
    def _default_channel(self, company):
        """Return the channel of the company's orders whose team has none."""
        domain = [("kind", "=", "wholesale"), ("company_id", "in", (False, company.id))]
        return self.env["cosmetics.channel"].search(domain, limit=1)
