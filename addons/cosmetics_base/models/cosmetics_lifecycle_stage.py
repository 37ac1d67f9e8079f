from odoo import api, fields, models


class CosmeticsLifecycleStage(models.Model):
    """A stage of a product's life; its flags say what may still be done with the product."""

    _name = "cosmetics.lifecycle.stage"
    _description = "Life Cycle Stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="Products begin in the first stage.")
    description = fields.Char(translate=True)
    can_purchase = fields.Boolean(string="Can Be Purchased", help="Purchase orders may contain products of this stage.")
    can_sell = fields.Boolean(string="Can Be Sold", help="Orders and tills may sell products of this stage.")
    can_replenish = fields.Boolean(string="Can Be Replenished", help="Replenishment proposes products of this stage.")
    requires_registration = fields.Boolean(
        string="Needs a Registration Number",
        help="Cosmetics and toothpaste enter this stage only with a valid filing or registration number that has not expired.",
    )
    next_stage_ids = fields.Many2many(
        "cosmetics.lifecycle.stage",
        "cosmetics_lifecycle_stage_next_rel",
        "stage_id",
        "next_stage_id",
        string="Allowed Next Stages",
    )
    fold = fields.Boolean(string="Folded", help="The column is folded in the board of products.")

    @api.model
    def _get_initial_stage(self):
        """Return the stage in which products begin: the first by sequence."""
        return self.search([], limit=1)
