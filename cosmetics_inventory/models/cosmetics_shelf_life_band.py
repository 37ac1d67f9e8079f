"""Bands of the shelf life: fresh, watch, near expiry, clearance, sale stopped, expired."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import band_price, shelf_life

# Which bands exist is the business of everybody who deals with batches; these two cannot be switched off.
FIXED_CODES = ("normal", "expired")
DATE_FIELDS = {"code", "sequence", "limit_value", "limit_unit", "max_share", "blocks_sale", "is_expired", "company_id"}


class CosmeticsShelfLifeBand(models.Model):
    """A stretch of the life of a batch and what it means: may it be sold, at what price, who is told.

    Bands without a company hold for all. A company may have its own band with the same code; it then holds for the
    batches that belong to that company (goods shared by all companies follow the bands of all).
    """

    _name = "cosmetics.shelf.life.band"
    _description = "Shelf Life Band"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        [
            ("normal", "Fresh"),
            ("watch", "Watch"),
            ("near", "Near Expiry"),
            ("clearance", "Clearance"),
            ("stop", "Sale Stopped"),
            ("expired", "Expired"),
        ],
        required=True,
    )
    sequence = fields.Integer(default=10, help="From fresh to expired: when several bands have begun, the last one in this order holds.")
    limit_value = fields.Integer(
        string="Begins before Use-by Date", help="How long before the use-by date the band begins. 0 switches the band off."
    )
    limit_unit = fields.Selection([("days", "Days"), ("months", "Months")], required=True, default="days", string="Unit of the Limit")
    max_share = fields.Float(
        string="At Most This Share of Life",
        digits=(5, 4),
        help="Goods with a short life: the band covers no more than this share of the whole shelf life. 0 means no such limit.",
    )
    blocks_sale = fields.Boolean(help="From the first day of this band the batch may not be sold any more.")
    is_expired = fields.Boolean(readonly=True, help="The use-by date has passed. This cannot be overridden by anybody.")
    must_tell_buyer = fields.Boolean(help="The buyer must be told that the goods are near their use-by date.")
    markdown_percent = fields.Float(string="Markdown (%)", help="The price in this band is lower by this percentage.")
    alert = fields.Boolean(help="Tell the responsible person of the shop when a batch enters this band.")
    color = fields.Integer(help="Colour of the band in lists and cards.")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: holds for all companies.")

    _code_uniq = models.UniqueIndex(
        "(code, coalesce(company_id, 0))", "There is a band of this kind already. Change the limits of that one instead."
    )
    _limit_positive = models.Constraint("CHECK (limit_value >= 0)", "The limit of a band cannot be negative. Enter 0 to switch it off.")
    _share_range = models.Constraint("CHECK (max_share >= 0 AND max_share <= 1)", "The share of life lies between 0 and 1, e.g. 0.10.")
    _markdown_range = models.Constraint(
        "CHECK (markdown_percent >= 0 AND markdown_percent < 100)", "A markdown lies between 0 and 99 percent, e.g. 30."
    )

    @api.constrains("code", "is_expired", "blocks_sale")
    def _check_fixed_codes(self):
        for band in self:
            if band.is_expired != (band.code == "expired") or (band.code == "expired" and not band.blocks_sale):
                raise ValidationError(self.env._("Expired goods may never be sold: the band “%s” must block the sale.", band.name))
            if band.code == "normal" and band.blocks_sale:
                raise ValidationError(self.env._("Fresh goods may be sold: untick Blocks Sale of the band “%s”.", band.name))

    @api.model_create_multi
    def create(self, vals_list):
        bands = super().create([{**vals, "is_expired": vals.get("code") == "expired"} for vals in vals_list])
        self._after_change()
        return bands

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() & DATE_FIELDS:
            self._after_change()
        return res

    def unlink(self):
        res = super().unlink()
        self._after_change()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_for_all(self):
        if shared := self.filtered(lambda band: not band.company_id):
            raise UserError(
                self.env._("The band “%s” holds for all companies and stays. Enter 0 as its limit to switch it off.", shared[0].name)
            )

    @api.model
    @tools.ormcache("company_id")
    def _get_plan_bands(self, company_id):
        """Return the bands of a company as a tuple of `tools.shelf_life.Band`, from fresh to expired.

        :param company_id: id of the company, or False for goods shared by all companies
        """
        # sudo: limits are no secret, and they must be the same for whoever touches a batch
        bands = self.sudo().search([("company_id", "in", [company_id, False])])
        own_codes = set(bands.filtered("company_id").mapped("code"))
        return tuple(
            shelf_life.Band(
                key=band.id,
                code=band.code,
                limit_value=band.limit_value,
                limit_unit=band.limit_unit,
                max_share=band.max_share,
                blocks_sale=band.blocks_sale,
                is_expired=band.is_expired,
            )
            for band in bands
            if band.company_id or band.code not in own_codes
        )

    def _get_price(self, product, price, company):
        """Return what a unit costs in this band.

        :param product: product.product
        :param float price: price of one unit in the currency of the company, before the markdown
        :param company: res.company whose cost and floor margin count
        :return: the marked-down price; never below cost + floor margin, never above `price`
        """
        self.ensure_one()
        marked, _is_floored = band_price.marked_down(
            price,
            self.markdown_percent,
            self._get_floor_cost(product, company),
            company.shelf_life_floor_margin,
            self.env["decimal.precision"].precision_get("Product Price"),
        )
        return marked

    def _get_floor_cost(self, product, company):
        """Return the cost of one unit on the terms of the sales price. An app that knows taxes adds what the price includes."""
        # sudo: a clerk who may not see costs still needs a price that does not fall below them
        return product.sudo().with_company(company).standard_price

    def _after_change(self):
        """Forget the cached limits and bring all batches to the new ones."""
        self.env.registry.clear_cache()
        # sudo: limits concern the batches of every company, also of those the user does not see
        self.env["stock.lot"].sudo()._update_all_bands()
