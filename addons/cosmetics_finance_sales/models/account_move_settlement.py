from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    settlement_id = fields.Many2one("cosmetics.settlement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        """Only posting a settlement makes an entry its own."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "settlement_id"} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to call another entry that of a settlement, or to take it away."""
        if not self.env.su and "settlement_id" in vals:
            self._refuse_fields({"settlement_id"})
        return super().write(vals)
