"""Rewards bring a product of their own; who keeps loyalty programs need not keep the product master for it."""

from odoo import models
from odoo.exceptions import UserError

CARRIED = {"description", "active"}
"""What core writes on to the product of a reward: its name, and whether it is archived."""


class LoyaltyReward(models.Model):
    _inherit = "loyalty.reward"

    def _create_missing_discount_line_products(self):
        """Make the lines' products, services that nobody buys or sells otherwise, for whoever may make the reward."""
        # sudo: the right to the reward was checked when it was made; the values of the product are core's, not the user's
        return super(LoyaltyReward, self.sudo())._create_missing_discount_line_products()

    def write(self, vals):
        """Let the name and the archive of a reward reach its own product, and no product of the master."""
        carried = {name: value for name, value in vals.items() if name in CARRIED}
        if not carried or self.env.su or self.env["product.product"].has_access("write"):
            return super().write(vals)
        rest = {name: value for name, value in vals.items() if name not in carried}
        if rest:
            super().write(rest)
        self._check_own_products()
        # sudo: core writes these two values on to the product of the reward, which is one of the kind checked above
        return super(LoyaltyReward, self.sudo()).write(carried)

    def _check_own_products(self):
        """Refuse to touch products of the master by way of rewards (records the user may write)."""
        self.check_access("write")
        foreign = self.discount_line_product_id.filtered(lambda product: not product._is_reward_line())
        if foreign:
            raise UserError(
                self.env._(
                    "%s is a product of the product master, so the reward cannot rename or archive it. "
                    "Leave the discount product empty; the reward makes its own.",
                    foreign[0].display_name,
                )
            )


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def write(self, vals):
        """Archive and bring back a program with the products of its rewards, for who keeps programs and no products."""
        if "active" not in vals or self.env.su or self.env["product.product"].has_access("write"):
            return super().write(vals)
        rest = {name: value for name, value in vals.items() if name != "active"}
        if rest:
            super().write(rest)
        self.check_access("write")
        self.with_context(active_test=False).reward_ids._check_own_products()
        # sudo: core writes on to rules, rewards and their products, which are of the kind checked above
        return super(LoyaltyProgram, self.sudo()).write({"active": vals["active"]})


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_reward_line(self):
        """Return whether the product is nothing but the line of a reward: a service that is neither sold nor bought by itself."""
        self.ensure_one()
        return self.type == "service" and not self.sale_ok and not self.purchase_ok
