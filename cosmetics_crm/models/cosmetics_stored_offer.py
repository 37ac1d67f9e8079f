"""What is given on top of a top-up."""

from odoo import fields, models


class CosmeticsStoredOffer(models.Model):
    """Who tops up at least so much gets so much: 充 1000 送 200. The largest offer that is reached counts, once."""

    _name = "cosmetics.stored.offer"
    _description = "Bonus of a Top-Up"
    _order = "program_id, amount"
    _rec_name = "amount"

    program_id = fields.Many2one("loyalty.program", required=True, ondelete="cascade", index=True)
    amount = fields.Float(string="Top-Up From", digits=(16, 2), required=True)
    bonus = fields.Float(digits=(16, 2), required=True)

    _amounts_check = models.Constraint("CHECK (amount > 0 AND bonus > 0)", "An offer gives more than nothing for more than nothing.")
    _amount_unique = models.Constraint("UNIQUE (program_id, amount)", "There is an offer for this amount already.")
