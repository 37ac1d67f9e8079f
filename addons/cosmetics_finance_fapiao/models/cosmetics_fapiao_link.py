from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import ValidationError

from ..tools.kinds import PURCHASES, SALES


class CosmeticsFapiaoLink(models.Model):
    """A tax invoice stands for an amount of an invoice or bill: one for several orders, several for one.

    ``amount`` is with tax and signed: red letters and refunds are negative.
    """

    _name = "cosmetics.fapiao.link"
    _description = "Tax Invoice of an Invoice"
    _inherit = ["cosmetics.counted.document"]
    _order = "fapiao_id, id"

    fapiao_id = fields.Many2one("cosmetics.fapiao", string="Tax Invoice", required=True, index=True, ondelete="cascade")
    move_id = fields.Many2one("account.move", string="Invoice or Bill", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="fapiao_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="fapiao_id.currency_id")
    amount = fields.Monetary(string="Amount with Tax", required=True)
    number = fields.Char(related="fapiao_id.number")
    day = fields.Date(related="fapiao_id.day")
    kind = fields.Selection(related="fapiao_id.kind")
    is_special = fields.Boolean(related="fapiao_id.is_special", store=True)
    state = fields.Selection(related="fapiao_id.state")
    partner_id = fields.Many2one(related="move_id.partner_id")

    _pair_unique = models.UniqueIndex("(fapiao_id, move_id)", "This tax invoice is on that invoice already. Change its amount there.")

    @api.constrains("fapiao_id", "move_id", "amount")
    def _check_amounts(self):
        """Neither side is used twice: what a tax invoice stands for ends at its total, and so does what stands for an invoice."""
        for fapiao in self.fapiao_id:
            self._check_sum(fapiao.link_ids, fapiao.total, fapiao.number)
        for move in self.move_id:
            links = self.sudo().search([("move_id", "=", move.id)])  # sudo: also what stands for it in a company the user does not see
            self._check_sum(links._get_effective(), move._get_fapiao_target(), move.display_name)

    def _check_sum(self, links, target, name):
        """Refuse links that together come to more than the target, or to less than nothing."""
        total = sum(links.mapped("amount"))
        currency = links.currency_id[:1]
        if not links or (
            currency.compare_amounts(total * (target or 1), 0) >= 0 and currency.compare_amounts(abs(total), abs(target)) <= 0
        ):
            return
        raise ValidationError(
            self.env._(
                "%(name)s comes to %(target)s, and %(total)s would be used of it: each amount counts once. Lower the amount.",
                name=name,
                target=currency.format(target),
                total=currency.format(total),
            )
        )

    @api.constrains("fapiao_id", "move_id")
    def _check_sides(self):
        for link in self:
            move, fapiao = link.move_id, link.fapiao_id
            if move.company_id != fapiao.company_id:
                raise ValidationError(self.env._("%s belongs to another company. Choose one of the same company.", move.display_name))
            if move.move_type not in (SALES if fapiao.direction == "issued" else PURCHASES):
                raise ValidationError(
                    self.env._("%s does not fit: an issued one goes to a customer invoice, a received one to a bill.", move.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._hold_sides(vals_list)
        links = super().create(vals_list)
        links._write_numbers()
        return links

    def write(self, vals):
        self._hold_sides([vals])
        return super().write(vals)

    def unlink(self):
        for link in self:
            if link.move_id.fapiao == link.fapiao_id.number:
                link.move_id.fapiao = False
        return super().unlink()

    def _hold_sides(self, vals_list):
        """Two people who use the same tax invoice, or the same invoice: the second waits, then sees what the first has used."""
        for name in ("fapiao_id", "move_id"):
            hold_rows(self[name] | self[name].browse({vals[name] for vals in vals_list if vals.get(name)}))

    def _get_effective(self):
        """Return the links that count: a void tax invoice stands for nothing."""
        return self.filtered(lambda link: link.state != "void")

    def _write_numbers(self):
        """Write the number on the invoice where the two stand for each other alone."""
        for link in self:
            move, fapiao = link.move_id, link.fapiao_id
            if not move.fapiao and len(fapiao.link_ids) == 1 and len(move.fapiao_link_ids) == 1:
                move.fapiao = fapiao.number
