"""The steps of the membership programme."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import tiers


class CosmeticsMemberTier(models.Model):
    """A tier (会员等级): what to spend to reach and keep it, and what it brings.

    Amounts are in the company's currency, tax included. Tiers without a company are those of every company.
    """

    _name = "cosmetics.member.tier"
    _description = "Member Tier"
    _order = "upgrade_amount, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    upgrade_amount = fields.Float(
        string="Spend to Reach", digits=(16, 2), help="Who has spent this in the months of spend gets the tier at once."
    )
    keep_amount = fields.Float(string="Spend to Keep", digits=(16, 2), help="Who has spent less at the review goes down.")
    points_multiplier = fields.Float(default=1.0, digits=(6, 2), help="Points of a purchase are multiplied by this.")
    birthday_multiplier = fields.Float(
        string="Multiplier in the Birthday Month",
        default=2.0,
        digits=(6, 2),
        help="Takes the place of the other one in the month of birth.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price List",
        ondelete="restrict",
        help="Prices of the members of this tier. A price list agreed with one member goes first.",
    )
    has_free_shipping = fields.Boolean(string="Free Shipping")
    benefits = fields.Text(translate=True, help="What the member is told.")
    member_count = fields.Integer(compute="_compute_member_count")

    _amounts_in_order = models.Constraint(
        "CHECK(keep_amount >= 0 AND keep_amount <= upgrade_amount)",
        "Keeping a tier must not cost more than reaching it, and amounts are not negative.",
    )
    _multipliers_positive = models.Constraint(
        "CHECK(points_multiplier >= 0 AND birthday_multiplier >= 0)", "A multiplier of points must not be negative."
    )
    _amount_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), upgrade_amount) WHERE active",
        "Two tiers cannot ask for the same spend. Change the amount of one of them.",
    )

    def _compute_member_count(self):
        counts = dict(self.env["res.partner"]._read_group([("member_tier_id", "in", self.ids)], ["member_tier_id"], ["__count"]))
        for tier in self:
            tier.member_count = counts.get(tier, 0)

    @api.constrains("active", "upgrade_amount", "company_id")
    def _check_lowest(self):
        """Everybody must have a tier, so one is for those who have spent nothing."""
        if not self.search_count([("company_id", "=", False), ("upgrade_amount", "=", 0)], limit=1):
            raise ValidationError(self.env._("One tier of all companies must ask for no spend: it is the one that new members get."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: a tier may be in the history of members whom the user does not see.
        if (
            self.env["cosmetics.member.tier.move"]
            .sudo()
            .search_count(["|", ("to_tier_id", "in", self.ids), ("from_tier_id", "in", self.ids)], limit=1)
        ):
            raise UserError(self.env._("Members have or had this tier. Archive it instead of deleting it."))
        self._check_not_the_lowest()

    def _check_not_the_lowest(self):
        rest = self.search([("id", "not in", self.ids), ("company_id", "=", False), ("upgrade_amount", "=", 0)], limit=1)
        if not rest:
            raise UserError(self.env._("One tier of all companies must ask for no spend: it is the one that new members get."))

    def action_open_members(self):
        """Show the members of the tier."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.res_partner_action")
        return {**action, "domain": [("is_member", "=", True), ("member_tier_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------------ helpers
    @api.model
    def _get_ladder(self, company):
        """Return (tiers of a company as :class:`tools.tiers.Tier`, {id: record}); its own ones take the place of the common ones."""
        found = self.search([("company_id", "in", (False, company.id))])
        own = found.filtered("company_id")
        if own:
            found = own | found.filtered(lambda tier: tier.upgrade_amount == 0 and not own.filtered(lambda mine: mine.upgrade_amount == 0))
        return [tier._as_step() for tier in found], {tier.id: tier for tier in found}

    def _as_step(self):
        self.ensure_one()
        return tiers.Tier(self.id, self.upgrade_amount, self.keep_amount)
