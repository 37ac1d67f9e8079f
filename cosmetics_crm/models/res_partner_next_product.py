"""What a member may want next, each with its reason in one sentence."""

from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import next_product
from .res_partner_member import ADVISER

LOOK_BACK_DAYS = 730
MOST_LINES = 500


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_next_products = fields.Html(string="May Want Next", compute="_compute_member_next_products", groups=ADVISER, sanitize=False)

    @api.depends("member_purchase_ids")
    def _compute_member_next_products(self):
        for partner in self:
            found = partner._get_next_products()
            rows = Markup().join(Markup("<li><b>%s</b><br/>%s</li>") % (row["product"].display_name, row["sentence"]) for row in found)
            partner.member_next_products = Markup('<ul class="ps-3 mb-0">%s</ul>') % rows if rows else False

    def _get_next_products(self, limit=5):
        """Return [{"product": product.product, "kind": "refill"|"series"|"brand", "sentence": why}], the most urgent first.

        Refills come from the member's own rhythm; then products of the series and brands most bought that the member has not had yet.
        A member who does not want proposals (``no_profiling``, PIPL art. 24) gets none.
        """
        self.ensure_one()
        if not self.is_member or self.no_profiling:
            return []
        today = fields.Date.context_today(self)
        purchases = self._get_bought(today)
        found = self._get_refills(purchases, today)[:limit]
        if len(found) < limit:
            found += self._get_relatives(purchases, limit - len(found))
        return found

    def _get_bought(self, today):
        """Return the member's purchases of goods of the last two years as data."""
        since = fields.Datetime.to_datetime(today - timedelta(days=LOOK_BACK_DAYS))
        lines = self.env["cosmetics.member.purchase"].search(
            [("partner_id", "=", self.id), ("date", ">=", since), ("product_id.type", "=", "consu")], limit=MOST_LINES
        )
        return [
            next_product.Bought(
                line.product_id.id,
                fields.Datetime.context_timestamp(line, line.date).date(),
                line.quantity,
                line.product_id.brand_id.id or 0,
                line.product_id.series_id.id or 0,
            )
            for line in lines
        ]

    def _get_refills(self, purchases, today):
        refills = next_product.refills(purchases, today)
        products = {product.id: product for product in self._sellable([refill.product for refill in refills])}
        return [
            {"product": products[refill.product], "kind": "refill", "sentence": self._refill_sentence(refill, today)}
            for refill in refills
            if refill.product in products
        ]

    def _refill_sentence(self, refill, today):
        values = {"times": refill.times, "interval": refill.interval, "last": refill.last.isoformat()}
        days = (today - refill.due).days
        if days > 0:
            return self.env._(
                "Bought on %(times)s days, every %(interval)s days or so, last on %(last)s: due %(days)s days ago.", days=days, **values
            )
        return self.env._(
            "Bought on %(times)s days, every %(interval)s days or so, last on %(last)s: due in %(days)s days.", days=-days, **values
        )

    def _get_relatives(self, purchases, limit):
        """Return products of the favourite series and brand that were never bought."""
        had = {bought.product for bought in purchases}
        found = []
        for attribute, sentence in (
            ("series", self.env._("Most bought series is %s; this one is still missing.")),
            ("brand", self.env._("Most bought brand is %s; this one is still missing.")),
        ):
            for key in next_product.favourites(purchases, attribute)[:1]:
                taken = [*had, *(row["product"].id for row in found)]
                domain = (
                    Domain(f"{attribute}_id", "=", key) & Domain("id", "not in", taken) & Domain("item_class", "in", ("full_size", "set"))
                )
                products = self.env["product.product"].search(domain & Domain("sale_ok", "=", True), limit=limit * 3)
                name = self.env[f"cosmetics.{attribute}"].browse(key).display_name
                rows = [{"product": product, "kind": attribute, "sentence": sentence % name} for product in self._sellable(products.ids)]
                found += rows[: limit - len(found)]
        return found[:limit]

    def _sellable(self, ids):
        products = self.env["product.product"].browse(ids).exists()
        return products.filtered(lambda product: product.active and product._is_allowed_by_lifecycle("can_sell"))
