"""Promises by sales channel."""

from odoo import fields, models


class CosmeticsShelfLifePromise(models.Model):
    _inherit = "cosmetics.shelf.life.promise"

    channel_id = fields.Many2one(
        "cosmetics.channel",
        string="Sales Channel",
        ondelete="cascade",
        check_company=True,
        index="btree_not_null",
        help="Orders that came in by this channel, e.g. a marketplace that asks for half of the shelf life.",
    )

    def _is_matching(self, product, facts):
        return (not self.channel_id or self.channel_id.id == facts.get("channel_id")) and super()._is_matching(product, facts)

    def _get_specificity(self):
        """A channel ranks with the store; both together rank above one of them."""
        partner, group, store, category = super()._get_specificity()
        return (partner, group, store + bool(self.channel_id), category)
