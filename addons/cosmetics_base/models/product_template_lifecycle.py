from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from ..tools import registration

# Fields whose change sends a product through the gate of its stage.
GATED_FIELDS = {"lifecycle_stage_id", "cosmetic_kind", "efficacy_ids"}


class ProductTemplate(models.Model):
    """The life of a product: where it stands, which steps are open, and the log of every step.

    The gates sit in create and write, so the form, an import and an interface pass the same ones.
    """

    _inherit = "product.template"

    lifecycle_stage_id = fields.Many2one(
        "cosmetics.lifecycle.stage",
        string="Life Cycle Stage",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        group_expand="_read_group_lifecycle_stages",
        help="Products with a cosmetic kind begin in the first stage. Products without a kind stand outside the life cycle.",
    )
    lifecycle_reason = fields.Char(
        string="Reason of the Move", store=False, help="Written to the life cycle log together with a new stage, also by an import."
    )
    lifecycle_move_ids = fields.One2many("cosmetics.lifecycle.move", "product_tmpl_id", string="Life Cycle Log", readonly=True)

    @api.model
    def _read_group_lifecycle_stages(self, stages, domain):
        return stages.search([])  # pylint: disable=no-search-all; a handful of stages, each a column of the board

    def _check_lifecycle_gate(self):
        """Raise when a product may not stand in its stage.

        A gate, no watchman: it looks when stage, kind, claims or number change, not when a certificate expires later.
        No constraint: those run before a number of the template reaches its variant.
        """
        for product in self.filtered("lifecycle_stage_id"):
            if not product._needs_registration():
                continue
            # An archived product is judged by its archived variants, or it would come back past the gate.
            for variant in product.with_context(active_test=product.active).product_variant_ids:
                error = product._get_lifecycle_gate_error(variant)
                if error:
                    raise ValidationError(error)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._normalize_label_vals(vals) for vals in vals_list]
        reasons = [vals.pop("lifecycle_reason", None) for vals in vals_list]
        initial = self.env["cosmetics.lifecycle.stage"]._get_initial_stage()
        for vals in vals_list:
            if vals.get("cosmetic_kind") and not vals.get("lifecycle_stage_id"):
                vals["lifecycle_stage_id"] = initial.id
        products = super().create(vals_list)
        products._forget_shared_registration()
        products._check_numbers_of_kind()
        products._check_lifecycle_gate()
        products._log_lifecycle_moves(dict.fromkeys(products.ids), dict(zip(products.ids, reasons, strict=True)))
        return products

    def write(self, vals):
        vals = self._normalize_label_vals(vals)
        reason = vals.pop("lifecycle_reason", None)
        if not GATED_FIELDS & vals.keys():
            return super().write(vals)
        before = {product.id: product.lifecycle_stage_id for product in self}
        if "lifecycle_stage_id" in vals:
            self._check_lifecycle_step(self.env["cosmetics.lifecycle.stage"].browse(vals["lifecycle_stage_id"]))
        res = super().write(vals)
        starting = self.filtered(lambda product: product.cosmetic_kind and not product.lifecycle_stage_id)
        if starting:
            super(ProductTemplate, starting).write({"lifecycle_stage_id": self.env["cosmetics.lifecycle.stage"]._get_initial_stage().id})
        self._check_numbers_of_kind()
        self._check_lifecycle_gate()
        self._log_lifecycle_moves(before, dict.fromkeys(self.ids, reason))
        return res

    def action_move_lifecycle(self):
        """Open the wizard that moves these products to another stage."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_base.cosmetics_lifecycle_wizard_action")
        action["context"] = {"default_product_tmpl_ids": self.ids}
        return action

    def _check_lifecycle_step(self, to_stage):
        """Raise when a product may not step from its stage to `to_stage`."""
        for product in self:
            from_stage = product.lifecycle_stage_id
            if not from_stage or from_stage == to_stage:
                continue
            if not to_stage and product.cosmetic_kind:
                raise ValidationError(
                    self.env._(
                        "“%s”: a product of a cosmetic kind always has a life cycle stage. Choose a stage, e.g. Delisted.",
                        product.display_name,
                    )
                )
            if to_stage and to_stage not in from_stage.next_stage_ids:
                raise ValidationError(
                    self.env._(
                        "“%(product)s” cannot go from stage “%(from_stage)s” to “%(to_stage)s”. Open from there: %(allowed)s.",
                        product=product.display_name,
                        from_stage=from_stage.name,
                        to_stage=to_stage.name,
                        allowed=format_list(self.env, from_stage.next_stage_ids.mapped("name")) or self.env._("no other stage"),
                    )
                )

    def _get_lifecycle_gate_error(self, variant):
        """Return why `variant` may not stand in the stage of its template, or None. Other apps add gates of their own here."""
        self.ensure_one()
        stage = self.lifecycle_stage_id
        number = registration.parse(variant.registration_no)
        names = {"product": variant.display_name, "stage": stage.name}
        if stage.can_sell and number and self._is_withdrawn_category(number):
            return self.env._(
                "“%(product)s”: %(number)s was issued before 2021 for a category that may no longer be sold. "
                "Keep the product in a stage without sales, e.g. Delisted, or enter its new number, e.g. %(example)s.",
                **names,
                number=number.number,
                example=registration.EXAMPLES[number.kind],
            )
        if not stage.requires_registration:
            return None
        if not number:
            return self.env._(
                "“%(product)s” cannot be in stage “%(stage)s” without a registration number. "
                "Enter the number of the pack first, e.g. %(example)s.",
                **names,
                example=registration.EXAMPLES[self.cosmetic_kind],
            )
        expiry = variant.registration_expiry_on
        if number.kind == "special" and not expiry:
            return self.env._(
                "“%(product)s” cannot be in stage “%(stage)s”: special cosmetics need the expiry date of their "
                "registration, e.g. 2030-12-31.",
                **names,
            )
        if expiry and expiry < fields.Date.context_today(self):
            return self.env._(
                "“%(product)s” cannot be in stage “%(stage)s”: its registration expired on %(date)s. "
                "Enter the date of the renewed certificate, or move the product to Clearance.",
                **names,
                date=expiry,
            )
        return None

    def _is_withdrawn_category(self, number):
        """Tell whether a number belongs to what may not be sold any more.

        These are imported filings of the old form, and old special registrations for hair growth, hair removal, breast care, fitness
        or deodorants: they are the old special numbers without one of today's special claims.

        :param tools.registration.Registration number: what the number says
        """
        self.ensure_one()
        return number.is_legacy and not (number.kind == "special" and any(self.efficacy_ids.mapped("is_special")))

    def _log_lifecycle_moves(self, before, reasons):
        """Write one log entry for each product whose stage changed.

        :param dict before: stage by product id before the change; None for a new product
        :param dict reasons: reason by product id, None when none was given
        """
        default = self.env._("No reason given (direct change or import)")
        moved = self.filtered(lambda product: product.lifecycle_stage_id and product.lifecycle_stage_id != (before[product.id] or False))
        # Nobody has the right to write the log by hand; sudo lets the product write it for its user.
        self.env["cosmetics.lifecycle.move"].sudo().create(
            [
                {
                    "product_name": product.display_name,
                    "product_tmpl_id": product.id,
                    "company_id": product.company_id.id,
                    "from_stage_id": before[product.id].id if before[product.id] else False,
                    "to_stage_id": product.lifecycle_stage_id.id,
                    "reason": reasons[product.id] or (default if before[product.id] else self.env._("New product")),
                }
                for product in moved
            ]
        )
