"""An allergy is taken down as an adverse reaction, with the batch."""

from odoo import api, fields, models
from odoo.tools import format_list


class CosmeticsAftersale(models.Model):
    _inherit = "cosmetics.aftersale"

    # The case holds health data: its readers open it, the others see that there is one, and its number.
    adverse_reaction_ids = fields.One2many(
        "cosmetics.adverse.reaction",
        "aftersale_id",
        string="Adverse Reaction Cases",
        readonly=True,
        groups="cosmetics_inventory.group_adverse_reaction",
    )
    adverse_reaction_numbers = fields.Char(string="Adverse Reaction Case", compute="_compute_adverse_reaction_numbers")

    @api.depends("line_ids.adverse_reaction_number")
    def _compute_adverse_reaction_numbers(self):
        for aftersale in self:
            numbers = [number for number in aftersale.line_ids.mapped("adverse_reaction_number") if number]
            aftersale.adverse_reaction_numbers = format_list(self.env, list(dict.fromkeys(numbers))) or False

    def action_view_adverse_reactions(self):
        """Open the cases; record rules and groups decide who sees them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_adverse_reaction_action")
        return {**action, "domain": [("aftersale_id", "=", self.id)], "context": {}}

    def _after_reason(self):
        """Take down a case for each batch the buyer's skin reacted to, once; it must be reported in time (监测管理办法)."""
        res = super()._after_reason()
        for aftersale in self:
            vals_list = aftersale._get_allergy_lines()._prepare_adverse_reaction_vals()
            # sudo: clerks who hear of a reaction have no right to health data; they open the case and never see it again
            cases = self.env["cosmetics.adverse.reaction"].sudo().create(vals_list)
            for case in cases:
                aftersale.sudo().message_post(
                    body=self.env._(
                        "An adverse reaction case was opened: %(case)s. %(user)s takes it on; report by %(day)s.",
                        case=case.name,
                        user=case.user_id.name,
                        day=case.due_on,
                    )
                )
        return res
