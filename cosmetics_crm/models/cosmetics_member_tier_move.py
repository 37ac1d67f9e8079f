"""How members came by their tiers."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("join", "Joined"),
    ("upgrade", "Upgrade"),
    ("keep", "Kept at Review"),
    ("notice", "Notice of Downgrade"),
    ("downgrade", "Downgrade"),
    ("refund", "Taken Back After Refund"),
    ("manual", "Changed by Hand"),
    ("merge", "Merged"),
]


class CosmeticsMemberTierMove(models.Model):
    """One event in the tier history of a member; rows are never changed or removed, the last one agrees with the member."""

    _name = "cosmetics.member.tier.move"
    _description = "Tier History"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(KINDS, string="What Happened", required=True)
    from_tier_id = fields.Many2one("cosmetics.member.tier", string="From", ondelete="restrict")
    to_tier_id = fields.Many2one(
        "cosmetics.member.tier",
        string="To",
        required=True,
        ondelete="restrict",
        help="Of a notice: the tier that remains if nothing is bought.",
    )
    day = fields.Date(required=True, index=True)
    spend = fields.Float(digits=(16, 2), help="Spend in the months of spend up to the day, in the company's currency, tax included.")
    user_id = fields.Many2one("res.users", string="By", ondelete="restrict", help="Who changed the tier by hand.")

    def write(self, vals):  # pylint: disable=method-required-super; nothing is ever written
        raise UserError(self.env._("The tier history cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The tier history cannot be removed."))
