from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

from ..tools.fapiao import normalize_fapiao


class AccountMove(models.Model):
    """Invoice numbers of the tax platform, and taxes that have run out."""

    _inherit = "account.move"

    fapiao = fields.Char(
        size=21,
        help="Number of the tax invoice (fapiao): 20 digits of a fully digital invoice, 8 digits of an older one, "
        "or its code of 10 or 12 digits and the number.",
    )

    # An 8-digit number alone repeats under another code, so that only complete numbers are unique.
    _fapiao_unique = models.UniqueIndex(
        "(company_id, fapiao) WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund') AND length(fapiao) > 8",
        "This fapiao number is already on another posted customer invoice. Check the number, for example 26612000000000012345.",
    )

    @api.constrains("fapiao")
    def _check_fapiao(self):
        """Replaces the check of the Chinese chart, which knows 8 digits alone."""
        for move in self:
            if move.fapiao and normalize_fapiao(move.fapiao) != move.fapiao:
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a fapiao number. Enter the 20 digits of a fully digital invoice (for example"
                        " 26612000000000012345), or the 8 digits of an older one, with or without its code (for example"
                        " 6100231130-01234567).",
                        number=move.fapiao,
                    )
                )

    @api.constrains("fapiao", "state")
    def _check_fapiao_is_unique(self):
        """Name the other invoice; the unique index guards against two at the same moment."""
        moves = self.filtered(lambda m: m.state == "posted" and m.is_sale_document() and len(m.fapiao or "") > 8)
        if not moves:
            return
        # SQL: a search would first write these moves, and the index would answer without naming the other invoice.
        # It also sees the invoices that the user's rules hide: the number is unique in the company.
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id, fapiao, name, id FROM account_move
                    WHERE fapiao IN %s AND state = 'posted' AND move_type IN ('out_invoice', 'out_refund')""",
                tuple(moves.mapped("fapiao")),
            )
        )
        for move in moves:
            for company_id, number, name, move_id in rows:
                if (company_id, number) == (move.company_id.id, move.fapiao) and move_id != move.id:
                    raise ValidationError(
                        self.env._(
                            "Fapiao number %(number)s is already on invoice %(invoice)s. Each fapiao belongs to one invoice:"
                            " check the number on the tax platform.",
                            number=number,
                            invoice=name,
                        )
                    )

    @api.constrains("state", "invoice_date")
    def _check_taxes_are_in_force(self):
        """An invoice dated after the end of a tax is refused; a credit note keeps the rate of its invoice."""
        for move in self:
            if move.state != "posted" or not move.is_invoice(include_receipts=True) or move.move_type in ("out_refund", "in_refund"):
                continue
            day = move.invoice_date or move.date
            for tax in move.invoice_line_ids.tax_ids:
                if tax.valid_to and day > tax.valid_to:
                    raise ValidationError(
                        self.env._(
                            "Tax %(tax)s ended on %(end)s, and the invoice is dated %(day)s. Choose the tax in force on"
                            " that day, for example 3%% or 13%%.",
                            tax=tax.name,
                            end=format_date(self.env, tax.valid_to),
                            day=format_date(self.env, day),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalize_fapiao_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalize_fapiao_vals(vals))

    @api.model
    def _normalize_fapiao_vals(self, vals):
        """Return vals with the number as it is stored; what is no number stays as typed, for the check to name it."""
        if "fapiao" not in vals:
            return vals
        typed = (vals["fapiao"] or "").strip()
        return {**vals, "fapiao": normalize_fapiao(typed) or typed or False}
