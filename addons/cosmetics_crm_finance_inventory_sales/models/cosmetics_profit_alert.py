"""Products that earn too little: told once, until somebody has dealt with it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day

DAYS = 30


class CosmeticsProfit(models.Model):
    _inherit = "cosmetics.profit"

    @api.model
    def _cron_tell_low_margins(self):
        """Each night: ask the person in charge to look at products below the floor, one activity a product as long as it is open."""
        for company in self.env["res.company"].search([("margin_floor_percent", ">", 0), ("margin_user_id", "!=", False)]):
            self.with_company(company)._tell_low_margins(company)

    @api.model
    def _get_low_margins(self, company):
        """Return [(product, margin in percent)] of the products that earned less than the floor in the last 30 days."""
        today = china_day(fields.Datetime.now())
        domain = [("company_id", "=", company.id), ("date", ">", today - timedelta(days=DAYS)), ("date", "<=", today)]
        rows = self._read_group([*domain, ("product_id", "!=", False)], ["product_id"], ["margin_percent:avg", "revenue:sum", "cost:sum"])
        # Without a sale there is no margin, and before the goods have moved nobody knows what they cost.
        return [
            (product, margin)
            for product, margin, revenue, cost in rows
            if revenue > 0 and cost > 0 and margin < company.margin_floor_percent
        ]

    @api.model
    def _tell_low_margins(self, company):
        kind = self.env.ref("cosmetics_crm_finance_inventory_sales.mail_activity_type_margin")
        user = company.margin_user_id
        low = self._get_low_margins(company)
        templates = self.env["product.template"].union(*(product.product_tmpl_id for product, _margin in low))
        # One open activity a product and person: whoever has it on the desk already is not told every night.
        told = self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", kind.id),
                ("res_model", "=", "product.template"),
                ("res_id", "in", templates.ids),
                ("user_id", "=", user.id),
            ]
        )
        known = set(told.mapped("res_id"))
        for product, margin in low:
            template = product.product_tmpl_id
            if template.id in known:
                continue
            known.add(template.id)
            summary = self.with_context(lang=user.lang).env._(
                "Margin %(margin)s %% in 30 days, floor %(floor)s %%", margin=f"{margin:.1f}", floor=f"{company.margin_floor_percent:g}"
            )
            template.activity_schedule(activity_type_id=kind.id, summary=summary, user_id=user.id)
