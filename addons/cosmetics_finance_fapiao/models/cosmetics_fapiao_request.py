from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.issue import NAME_MAX, REMARK_MAX, STOPS, check, serial_of


class CosmeticsFapiaoRequest(models.Model):
    """One tax invoice to be issued. Its serial is the key under which the platform knows it: the same invoice never gets two."""

    _name = "cosmetics.fapiao.request"
    _description = "Tax Invoice to Issue"
    _inherit = ["cosmetics.counted.document"]
    _order = "batch_id desc, id"
    _kept = frozenset({"fapiao_id", "problems", "is_blocked"})
    _rec_name = "serial"

    batch_id = fields.Many2one("cosmetics.fapiao.batch", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="batch_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one("account.move", string="Customer Invoice", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", string="Buyer")
    buyer_vat = fields.Char(related="move_id.commercial_partner_id.vat", string="Tax Number")
    invoice_date = fields.Date(related="move_id.invoice_date")
    total = fields.Monetary(string="Total with Tax", compute="_compute_total")
    serial = fields.Char(readonly=True, required=True, copy=False)
    is_special = fields.Boolean(string="Special Invoice", compute="_compute_is_special", store=True, readonly=False)
    remark = fields.Char()
    problems = fields.Text(readonly=True)
    is_blocked = fields.Boolean(string="Cannot Be Issued", readonly=True)
    fapiao_id = fields.Many2one("cosmetics.fapiao", string="Tax Invoice", readonly=True, index="btree_not_null", ondelete="restrict")
    state = fields.Selection(
        [("draft", "New"), ("exported", "In the File"), ("issued", "Issued"), ("void", "Withdrawn")],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )

    _serial_unique = models.UniqueIndex("(company_id, serial)", "This serial is in use. Open the issue list that has it.")
    _one_open = models.UniqueIndex(
        "(move_id) WHERE state IN ('draft', 'exported')", "This invoice is on an issue list already. Issue it there, or withdraw it first."
    )

    @api.depends("move_id.amount_total_signed")
    def _compute_total(self):
        for request in self:
            request.total = request.move_id.amount_total_signed

    @api.depends("move_id.commercial_partner_id")
    def _compute_is_special(self):
        """Companies that have a tax number deduct; a person never does."""
        for request in self:
            partner = request.move_id.commercial_partner_id
            request.is_special = bool(partner.is_company and partner.vat)

    @api.constrains("move_id", "batch_id")
    def _check_move(self):
        for request in self:
            move = request.move_id
            if move.company_id != request.company_id:
                raise ValidationError(self.env._("%s belongs to another company. Choose one of the same company.", move.display_name))
            if move.move_type != "out_invoice" or move.state != "posted":
                raise ValidationError(
                    self.env._(
                        "%s is no posted customer invoice. Post it first; a refund is a red letter on the platform.",
                        move.display_name,
                    )
                )
            if move.fapiao_state in ("done", "partial"):
                raise ValidationError(self.env._("%s has a tax invoice already. Leave it out.", move.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Give each invoice its serial; an invoice that was withdrawn or reversed gets the next one."""
        self._check_not_listed(self.env["account.move"].browse(vals.get("move_id") for vals in vals_list))
        for vals in vals_list:
            used = self.search_count([("move_id", "=", vals.get("move_id"))])
            vals["serial"] = serial_of(vals.get("move_id") or 0, used + 1)
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"move_id", "batch_id", "serial"}:
            raise UserError(self.env._("A serial belongs to its invoice and list. Withdraw it, and put the invoice on another list."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exported(self):
        """Withdrawn ones count the serials: deleted, the next would get one that the platform may know."""
        if any(request.state != "draft" for request in self):
            raise UserError(self.env._("What stands in a file may be on the platform. Withdraw it instead of deleting it."))

    @api.model
    def _check_not_listed(self, moves):
        """Name the list that an invoice is on; the unique index guards against two people at once."""
        listed = self.search([("move_id", "in", moves.ids), ("state", "in", ("draft", "exported"))], limit=1)
        if listed:
            raise ValidationError(
                self.env._(
                    "%(move)s is on issue list %(batch)s already. Issue it there, or withdraw it first.",
                    move=listed.move_id.display_name,
                    batch=listed.batch_id.name,
                )
            )

    def action_withdraw(self):
        """Take invoices off the list that were not issued; whether the platform has them, the person has looked."""
        self.check_access("write")
        # sudo: the buttons alone move the state
        self.filtered(lambda request: request.state in ("draft", "exported")).sudo().state = "void"

    def action_check(self):
        """Write what is wrong with each invoice, before the platform says so."""
        self.check_access("write")
        for request in self:
            codes = check(request._prepare_issue())
            sentences = request._get_sentences()
            problems = "\n".join(sentences[code] for code in codes) or False
            # sudo: what a check has found is nobody's to type
            request.sudo().write({"problems": problems, "is_blocked": bool(STOPS.intersection(codes))})

    def _set_issued(self, fapiao):
        """Note which tax invoice came of it."""
        self.sudo().write({"state": "issued", "fapiao_id": fapiao.id})  # sudo: matching alone says so

    def _get_sentences(self):
        """Return the sentence for each code of the check."""
        return {
            "no_lines": self.env._("The invoice has no line with an amount."),
            "no_vat": self.env._("A special invoice needs the buyer's tax number. Enter it at the contact, or issue a normal invoice."),
            "no_name": self.env._("The buyer has no name."),
            "name_long": self.env._("The name of the buyer or of a line is longer than %s characters. Shorten it.", NAME_MAX),
            "remark_long": self.env._("The remark is longer than %s characters. Shorten it.", REMARK_MAX),
            "formula": self.env._("A text begins with =, +, - or @, which a spreadsheet would run. Change the name or the remark."),
            "class_code": self.env._("A product has no tax classification code of 19 digits. Enter it at the product or its category."),
            "default_code": self.env._("The default tax classification code is used. Confirm on the platform that it fits the goods."),
            "discount": self.env._("A discount is larger than the goods of its tax rate. Correct the invoice."),
            "rate": self.env._("A line has no single VAT rate. Correct its taxes."),
            "totals": self.env._("The lines do not add up to the total of the invoice."),
            "tax_totals": self.env._("The tax of the lines differs from the invoice by more than a cent a line."),
            "tax_cents": self.env._("The platform rounds the tax of each line: its tax may differ from the invoice by a cent."),
        }
